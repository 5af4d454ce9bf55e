import { css } from '../element/css.ts'

/** Acts and their forms. The words of a conversation never move for an act that appears. */
export const toolsStyles = css`
  .tools {
    display: contents;
  }
  .acts {
    display: flex;
    align-items: center;
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
  /* The time stands at the edge of its message, whether there are acts to see or not. */
  .visitor .acts {
    order: -1;
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
    background: var(--_tint);
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
    outline: 1px solid var(--_focus);
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
  .framed .field::after,
  .framed .field textarea {
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
  .choices .note {
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

  @media (hover: hover) {
    .message:hover .acts {
      opacity: 1;
      pointer-events: auto;
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
    .why {
      margin-top: 26px;
    }
    /* A message far from the eye would cut it off. */
    .message:is(:focus-within, :has([data-shown])) {
      content-visibility: visible;
    }
    .tool {
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
    .why {
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
      outline-color: CanvasText;
      background: Highlight;
      color: HighlightText;
    }
    .filled[aria-disabled='true'] {
      color: GrayText;
    }
  }
`
