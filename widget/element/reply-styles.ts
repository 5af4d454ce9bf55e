import { css } from './css.ts'

/** The twin's words, set as text: at most 62 characters a line. */
export const replyStyles = css`
  .reply[data-streaming] > * {
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
  .reply table {
    border-collapse: collapse;
    font-size: 0.93em;
    font-variant-numeric: tabular-nums;
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
    .reply[data-streaming] > * {
      animation-duration: 80ms;
    }
  }
`
