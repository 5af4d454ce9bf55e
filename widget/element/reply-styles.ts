import { css } from './css.ts'

/**
 * The twin's words, set as text: at most 62 characters a line. And what there is only where there are messages: their days,
 * notes, sources, the way back to the newest, how many came unseen, and how much room a long message has left.
 */
export const replyStyles = css`
  .reply[data-streaming] > *,
  .reply[data-streaming] table[width] {
    animation: settle 0.2s;
  }
  @keyframes settle {
    from {
      opacity: 0;
    }
  }
  .reply > * {
    margin: 0.7em 0 0;
  }
  .reply > :first-child {
    margin-top: 0;
  }
  .reply :is(h3, h4, h5, h6) {
    font-size: 1em;
    line-height: 1.4;
    font-weight: 650;
  }
  .reply > :is(h3, h4, h5, h6) {
    margin-top: 1.2em;
  }
  .reply :is(ul, ol) {
    padding-inline-start: 1.35em;
  }
  .reply li + li,
  .reply li > :is(ul, ol) {
    margin-top: 0.3em;
  }
  .reply li::marker {
    color: var(--_muted);
  }
  .reply :is(strong, th) {
    font-weight: 650;
  }
  .reply a {
    color: var(--_accentInk);
    text-underline-offset: 3px;
    text-decoration-thickness: 1px;
  }
  .reply a:hover {
    text-decoration-thickness: 2px;
  }
  .reply .link-host {
    font-size: 0.87em;
    color: var(--_muted);
  }
  .reply blockquote {
    padding-inline-start: 14px;
    border-inline-start: 3px solid var(--_accent);
  }
  .reply blockquote p:dir(ltr) {
    font-size: 1.06em;
    font-style: italic;
  }
  .reply code {
    padding: 1px 5px;
    border-radius: 4px;
    background: var(--_sunken);
    font:
      0.88em/1.5 ui-monospace,
      'SF Mono',
      Menlo,
      Consolas,
      monospace;
  }
  .reply pre {
    padding: 12px 14px;
    overflow: auto;
    direction: ltr; /* code is, in every language */
    text-align: left;
    border-radius: min(10px, var(--_field-radius));
    background: var(--_sunken);
  }
  .reply pre code {
    padding: 0;
    background: none;
    overflow-wrap: normal;
  }
  .reply .table {
    overflow: auto;
  }
  /* As wide as it was set; until then there is nothing to see that could move. */
  .reply table {
    min-width: 100%;
    table-layout: fixed;
    border-collapse: collapse;
    font-size: 0.93em;
    font-variant-numeric: tabular-nums;
  }
  .reply table:not([width]) {
    visibility: hidden;
  }
  .reply :is(th, td) {
    padding: 7px 16px 7px 0;
    padding-inline: 0 16px;
    border-bottom: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
  }
  .reply hr {
    border: 0;
    border-top: 1px solid var(--_line);
  }
  @media (prefers-reduced-motion: reduce) {
    .reply[data-streaming] > *,
    .reply[data-streaming] table[width] {
      animation-duration: 80ms;
    }
  }

  .message {
    margin-inline: -6px;
    padding-inline: 6px;
  }
  /* Far from the eye, a message is a box of about its size. (Where the browser holds the reader's place meanwhile.) */
  @supports (overflow-anchor: auto) {
    .message:not(:nth-last-child(-n + 12)) {
      content-visibility: auto;
      contain-intrinsic-size: auto 140px;
    }
  }
  /* Its place is there before it is. */
  .meta time {
    min-width: 4.6em;
  }
  .visitor .meta time {
    text-align: end;
  }
  .message:is(:hover, :focus-within, :active) time {
    opacity: 1;
  }
  [data-streaming] ~ .meta {
    visibility: hidden; /* what a growing reply pushes down is not there yet, and so does not jump */
  }
  :is(.greeting, .older) + .message {
    margin-top: calc(7 * var(--_unit));
  }
  .visitor .meta {
    justify-content: end;
    width: 100%;
  }
  .message + .questions {
    margin-top: calc(2 * var(--_unit));
  }
  .day {
    font-size: 12.5px;
    color: var(--_muted);
    margin: calc(3 * var(--_unit)) 0 calc(6 * var(--_unit));
    text-align: center;
  }
  .older {
    display: block;
    margin: 0 auto;
  }
  /* Right at the reply, before what appears beside it. */
  .twin .edited {
    order: -1;
  }
  :is(.note, .sources) {
    margin-top: calc(2 * var(--_unit));
    max-width: 62ch;
    font-size: 13.5px;
    line-height: 20px;
    color: var(--_muted);
  }
  .note {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 4px;
  }
  .visitor .note {
    justify-content: end;
    text-align: end;
  }
  /* Beside words it is as high as they are; what one can press of it is more. */
  :is(.note, .status) .act {
    margin-block: -4px;
  }
  @media (pointer: coarse) {
    :is(.note, .status) .act {
      position: relative;
      z-index: 1;
      margin-block: -12px;
    }
  }
  .sources a {
    color: var(--_accentInk);
    text-underline-offset: 3px;
  }
  .room {
    position: absolute;
    inset-block-end: calc(100% + 2px);
    inset-inline-end: 8px;
    font-size: 12px;
    line-height: 20px;
    color: var(--_muted);
    background: var(--_surface);
  }
  .latest {
    position: absolute;
    z-index: 1;
    bottom: 8px;
    left: 50%;
    translate: -50%;
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 36px;
    padding: 0 14px 0 10px;
    border: 1px solid var(--_line);
    border-radius: 22px;
    background: var(--_raised);
    font-size: 13.5px;
    font-weight: 550;
    box-shadow: 0 4px 16px #0002;
  }
  :is(.act, .latest) .icon {
    width: 16px;
    height: 16px;
  }
  @media (pointer: coarse) {
    .latest {
      min-height: 44px;
    }
  }
  .launcher[data-unread]::after {
    content: attr(data-unread);
    position: absolute;
    top: -6px;
    right: -6px;
    min-width: 10px;
    padding: 0 5px;
    border-radius: 12px;
    border: 2px solid var(--_surface);
    background: var(--_accent);
    color: var(--_onAccent);
    font-size: 12px;
    font-weight: 600;
    text-align: center;
  }
  .launcher[data-position$='left']::after {
    right: auto;
    left: -6px;
  }
`
