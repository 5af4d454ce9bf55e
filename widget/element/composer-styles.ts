import { css } from './css.ts'

/** Where one writes, and what may stand in its place. */
export const composerStyles = css`
  .composer {
    position: relative;
    display: flex;
    align-items: flex-end;
    margin: 0 calc(var(--_gutter) - 4px) 10px;
    border: 1px solid var(--_control);
    border-radius: var(--_field-radius);
    background: var(--_raised);
    transition: border-color 0.2s;
  }
  .composer:focus-within {
    border-color: var(--_focus);
    outline: 1px solid var(--_focus);
  }
  /* The field grows with its words: a hidden copy of them gives the height, and no script measures. */
  .field {
    display: grid;
    flex: 1;
    min-width: 0;
    max-height: min(168px, 30dvh);
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  .field::after {
    content: attr(data-words);
    visibility: hidden;
  }
  .field::after,
  .field textarea {
    grid-area: 1 / 1;
    box-sizing: border-box;
    min-width: 0;
    margin: 0;
    padding-block: 11px;
    padding-inline: 15px 4px;
    border: 0;
    font: inherit;
    font-size: 16px; /* smaller, and a phone zooms the page */
    line-height: 24px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .field textarea {
    resize: none;
    overflow: hidden;
    outline: none;
    background: none;
    color: var(--_ink);
    caret-color: var(--_accentInk);
  }
  .field textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .send {
    display: grid;
    place-items: center;
    flex: none;
    width: 36px;
    height: 36px;
    margin: 5px;
    border-radius: max(2px, var(--_field-radius) - 5px);
    background: var(--_accent);
    color: var(--_onAccent);
    transition:
      background 0.2s,
      color 0.2s;
  }
  .send::before {
    content: '';
    position: absolute;
    inset: auto 0 0 auto;
    inset-inline: auto 0;
    width: 46px;
    height: 46px;
  }
  .send[aria-disabled='true'] {
    background: none;
    color: var(--_muted);
    cursor: default;
  }
  .send[data-running] path {
    fill: currentColor;
  }
  .status {
    padding: 0 var(--_gutter) 12px;
    font-size: 13.5px;
    line-height: 20px;
    color: var(--_muted);
    text-wrap: pretty;
  }
  /* Passing, it lies over the log's end, and moves nothing. */
  .late {
    position: absolute;
    bottom: 100%;
    inset-inline: 0;
    padding-top: 8px;
    background: var(--_surface);
    animation: settle 0.2s 0.7s both;
  }
  .end {
    display: grid;
    justify-items: start;
    gap: 12px;
    padding: 16px var(--_gutter);
    margin-bottom: 10px;
    border-top: 1px solid var(--_line);
    background: var(--_raised);
    text-wrap: pretty;
  }
  .filled {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
    padding: 0 18px;
    border-radius: min(22px, var(--_field-radius));
    background: var(--_accent);
    color: var(--_onAccent);
    font-weight: 600;
  }
  .filled:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  @media (forced-colors: active) {
    .send[aria-disabled='true'] {
      color: GrayText;
    }
  }
`
