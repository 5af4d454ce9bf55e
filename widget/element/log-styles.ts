import { css } from './css.ts'

/** The scrolling log: greeting, questions, messages and what stands under them. */
export const logStyles = css`
  .middle {
    position: relative;
    display: flex;
    flex: 1 0 0;
    min-height: 96px;
  }
  .log {
    flex: 1;
    min-width: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  .log:focus-visible {
    outline-offset: -2px;
  }
  .column {
    display: flow-root;
    -webkit-user-select: text;
    user-select: text;
    padding: calc(6 * var(--_unit)) var(--_gutter);
  }
  .greeting > p {
    max-width: 62ch;
    white-space: pre-line;
    text-wrap: pretty;
  }
  .greeting[data-first] > p {
    font-size: 1.4em;
    line-height: 1.36;
  }
  /* A page of its own begins like one. */
  :host([mode='page']) .greeting[data-first] > p {
    padding-top: 5vw;
    font-size: clamp(1.4em, 5vw, 2em);
  }
  .questions {
    margin-top: calc(7 * var(--_unit));
    list-style: none;
    border-bottom: 1px solid var(--_line);
  }
  .questions li {
    border-top: 1px solid var(--_line);
  }
  .questions button {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 52px;
    padding: 10px 0;
    line-height: 1.4;
    text-wrap: pretty;
  }
  .questions span {
    flex: 1;
  }
  .questions button:not(:hover) .icon {
    color: var(--_muted);
  }
  .questions button:hover {
    color: var(--_accentInk);
  }
  [dir='rtl'] .questions .icon {
    scale: -1 1;
  }
  .column button:disabled {
    color: var(--_muted);
    cursor: default;
  }

  .visitor {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
  }
  .bubble {
    max-width: min(85%, 52ch);
    padding: calc(2 * var(--_unit)) calc(3.5 * var(--_unit));
    border: 1px solid transparent; /* seen in forced colours alone */
    border-radius: var(--_bubble-radius);
    border-end-end-radius: min(4px, var(--_bubble-radius));
    background: var(--_tint);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  /* A row kept free: what appears in it moves nothing. */
  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 8px;
    min-height: 28px;
    margin-bottom: calc(2 * var(--_unit));
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  .meta time {
    opacity: 0;
    transition: opacity 0.2s;
  }
  .act {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 28px;
    padding: 0 6px;
    border-radius: 6px;
    font-size: 13.5px;
    font-weight: 600;
    color: var(--_accentInk);
    white-space: nowrap;
  }
  .act:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  @media (pointer: coarse) {
    .act {
      justify-content: center;
      min-width: 44px;
      min-height: 44px;
    }
  }
  .thinking {
    display: flex;
    align-items: center;
    gap: 10px;
    color: var(--_muted);
    font-size: 14px;
  }
  .ring {
    width: 14px;
    height: 14px;
  }
  .reply {
    max-width: 62ch;
    overflow-wrap: anywhere;
  }
  .reply[data-plain] {
    white-space: pre-wrap;
  }
`
