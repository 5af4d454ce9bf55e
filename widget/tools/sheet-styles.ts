import { css } from '../element/css.ts'

/** The sheet of conversations over the log. */
export const sheetStyles = css`
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
  .conversations {
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
    min-width: 36px;
    min-height: 36px;
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
  @media (hover: none) {
    .conversations .tool {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .sheet,
    .renaming,
    .sure {
      animation-duration: 80ms;
    }
  }
`
