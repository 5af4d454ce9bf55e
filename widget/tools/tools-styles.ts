import { css } from '../element/css.ts'

/** Acts, forms and the sheet. The words of a conversation never move for an act that appears. */
export const toolsStyles = css`
  .tools {
    display: contents;
  }
  .acts {
    display: flex;
    align-items: center;
    order: -1;
    margin-inline-start: -6px;
    font-size: 12.5px;
    opacity: 0;
    pointer-events: none;
    transition: opacity 0.2s;
  }
  .acts[data-shown],
  .message:focus-within .acts {
    opacity: 1;
    pointer-events: auto;
  }
  .acts[data-shown] ~ time {
    opacity: 1;
  }
  .tool {
    display: grid;
    place-items: center;
    flex: none;
    width: 28px;
    height: 28px;
    border-radius: 6px;
    color: var(--_muted);
    transition: color 0.2s;
  }
  .tool .icon {
    width: 16px;
    height: 16px;
    stroke-width: 1.9;
  }
  .tool:hover {
    color: var(--_ink);
    background: var(--_sunken);
  }
  .tool:focus-visible {
    outline-offset: -2px;
  }
  .tool[aria-pressed='true'] {
    color: var(--_accentInk);
  }
  .tool[aria-pressed='true'] path {
    fill: currentColor;
    fill-opacity: 0.24;
  }
  .said {
    padding-inline: 6px;
    animation: settle 0.2s;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .choices .filled {
    min-height: 36px;
    padding: 0 16px;
    font-size: 14px;
  }
  .choices .act {
    min-height: 36px;
    padding: 0 10px;
  }
  .filled[aria-disabled='true'] {
    background: var(--_sunken);
    color: var(--_muted);
    cursor: default;
    text-decoration: none;
  }
  .framed {
    position: relative;
    border: 1px solid var(--_control);
    border-radius: var(--_field-radius);
    background: var(--_raised);
  }
  .framed:focus-within {
    border-color: var(--_focus);
    box-shadow: 0 0 0 1px var(--_focus);
  }

  .why {
    flex-basis: 100%;
    display: grid;
    gap: 12px;
    max-width: 62ch;
    margin-block: 8px 12px;
    animation: settle 0.2s;
  }
  .why fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .why legend {
    padding: 0 0 8px;
    font-size: 14px;
    font-weight: 600;
    color: var(--_ink);
  }
  .chip {
    position: relative;
    font-size: 14px;
    line-height: 20px;
  }
  .chip input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .chip span {
    display: flex;
    align-items: center;
    min-height: 34px;
    padding: 0 14px;
    border: 1px solid var(--_control);
    border-radius: min(17px, var(--_field-radius));
    color: var(--_ink);
    transition:
      background 0.2s,
      border-color 0.2s;
  }
  .chip input:hover + span {
    background: var(--_sunken);
  }
  .chip input:checked + span {
    border-color: var(--_accentInk);
    box-shadow: inset 0 0 0 1px var(--_accentInk);
    background: var(--_tint);
  }
  .chip input:focus-visible + span {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .why .field textarea {
    padding-inline-end: 15px;
  }

  .editor {
    display: grid;
    gap: 8px;
    width: 100%;
    max-width: 62ch;
    padding-bottom: 20px;
  }
  .editor .choices {
    justify-content: end;
  }
  .editor .note {
    flex: 1;
    margin: 0;
    color: var(--_ink);
    text-align: start;
  }

  .reply pre {
    position: relative;
  }
  .code-act {
    position: sticky;
    inset-inline: 0;
    display: flex;
    justify-content: end;
    align-items: center;
    height: 0;
    white-space: normal;
    opacity: 0;
    transition: opacity 0.2s;
  }
  .code-act > * {
    margin: 0 -8px -20px 0;
    margin-inline: 0 -8px;
    border-radius: 6px;
    background: var(--_raised);
    box-shadow: 0 0 0 1px var(--_line);
  }
  .code-act .said {
    margin-inline-end: 12px;
    padding: 6px 10px;
    font: 12.5px/16px sans-serif;
  }
  pre:is(:hover, :focus, :focus-within) > .code-act {
    opacity: 1;
  }

  .sheet {
    position: absolute;
    inset: 0;
    z-index: 2;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    display: flex;
    flex-direction: column;
    padding: 8px var(--_gutter) 12px;
    background: var(--_surface);
    outline: none;
    animation: settle 0.2s;
  }
  .sheet-head {
    position: sticky;
    top: -8px;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 4px;
    margin-inline: -12px 0;
    padding-block: 4px;
    background: var(--_surface);
  }
  .sheet h3 {
    margin: 0;
    font-size: 16px;
    line-height: 22px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .sheet-head .icon:dir(rtl) {
    scale: -1 1;
  }
  .new {
    display: flex;
    flex: none;
    align-items: center;
    gap: 10px;
    width: 100%;
    min-height: 52px;
    font-weight: 600;
    color: var(--_accentInk);
  }
  .new:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .none {
    padding-block: 16px;
    color: var(--_muted);
  }
  .conversations:not(:empty) {
    margin-bottom: 20px;
    list-style: none;
    border-bottom: 1px solid var(--_line);
  }
  .conversations li {
    position: relative;
    display: flex;
    align-items: center;
    border-top: 1px solid var(--_line);
  }
  .pick {
    display: block;
    flex: 1;
    min-width: 0;
    padding: 11px 0;
  }
  .called {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    line-height: 21px;
    overflow-wrap: anywhere;
  }
  [data-current] .called {
    font-weight: 650;
  }
  .pick:hover .called {
    color: var(--_accentInk);
  }
  .when {
    display: flex;
    gap: 8px;
    margin-top: 1px;
    font-size: 12.5px;
    line-height: 18px;
    color: var(--_muted);
  }
  .open-now {
    color: var(--_accentInk);
    font-weight: 600;
  }
  .conversations .tool {
    width: 36px;
    height: 36px;
    opacity: 0;
    transition: opacity 0.2s;
  }
  .conversations .tool:last-child {
    margin-inline-end: -10px;
  }
  .conversations .tool .icon {
    width: 18px;
    height: 18px;
    stroke-width: 1.75;
  }
  .conversations li:is(:hover, :focus-within) .tool {
    opacity: 1;
  }
  .renaming,
  .sure {
    display: grid;
    gap: 10px;
    flex: 1;
    min-width: 0;
    padding: 14px 0 16px;
    animation: settle 0.2s;
  }
  .sure p {
    font-size: 14px;
    line-height: 20px;
    text-wrap: pretty;
  }
  .renaming .choices,
  .sure .choices {
    justify-content: end;
  }
  .renaming input {
    box-sizing: border-box;
    width: 100%;
    min-height: 44px;
    margin: 0;
    padding: 0 14px;
    border: 1px solid var(--_control);
    border-radius: min(12px, var(--_field-radius));
    outline: none;
    background: var(--_raised);
    color: var(--_ink);
    caret-color: var(--_accentInk);
    font: inherit;
    font-size: 16px; /* smaller, and a phone zooms the page */
  }
  .renaming input:focus {
    border-color: var(--_focus);
    box-shadow: 0 0 0 1px var(--_focus);
  }
  .keep {
    position: sticky;
    bottom: -12px;
    margin: auto 0 -12px;
    padding: 10px 0 2px;
    border-top: 1px solid var(--_line);
    background: var(--_surface);
    font-size: 12.5px;
    line-height: 18px;
    color: var(--_muted);
  }
  .keep .choices {
    margin-inline: -10px;
    gap: 0;
  }
  .keep .note {
    margin: 0 0 6px;
    font-size: inherit;
  }
  @media (max-height: 520px) {
    .keep {
      position: static;
    }
  }

  @media (hover: hover) {
    .message:hover .acts {
      opacity: 1;
      pointer-events: auto;
    }
  }
  @media (hover: none) {
    .conversations .tool {
      opacity: 1;
    }
  }
  @media (pointer: coarse) {
    /* Under a finger it floats, as large as a finger, on the row kept free. */
    .acts {
      position: relative;
      z-index: 1;
      margin-block: -2px -16px;
      margin-inline: -1px 0;
      border: 1px solid var(--_line);
      border-radius: 12px;
      background: var(--_raised);
      box-shadow: 0 4px 16px #0002;
    }
    .visitor .acts {
      margin-block: -12px;
    }
    .tool,
    .conversations .tool {
      width: 44px;
      height: 44px;
    }
    .chip span,
    .choices :is(.filled, .act) {
      min-height: 44px;
    }
    .chip span {
      border-radius: min(22px, var(--_field-radius));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .said,
    .why,
    .sheet,
    .renaming,
    .sure {
      animation-duration: 80ms;
    }
  }
  @media (forced-colors: active) {
    .tool,
    .choices .filled {
      border: 1px solid ButtonBorder;
    }
    .tool[aria-pressed='true'],
    .chip input:checked + span {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
    .filled[aria-disabled='true'] {
      color: GrayText;
    }
  }
`
