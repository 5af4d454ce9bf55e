import { css } from './css.ts'

/** The question before the first act. */
export const consentStyles = css`
  .consent {
    gap: 8px;
    max-height: 60dvh;
    overflow: auto;
    animation: settle 0.2s;
  }
  .consent:focus {
    outline: none;
  }
  .consent h3 {
    margin: 0;
    font-size: 17px;
    line-height: 24px;
    font-weight: 650;
  }
  .consent p {
    margin: 0;
    white-space: pre-line;
  }
  .consent :is(.links, .kept) {
    font-size: 13.5px;
    line-height: 20px;
    color: var(--_muted);
  }
  /* As large as a finger, and no line is moved for it. */
  .links a {
    position: relative;
    padding: 14px 9px;
    margin-inline: -9px 14px;
    color: var(--_accentInk);
    text-underline-offset: 3px;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 8px;
  }
  .quiet {
    min-height: 44px;
    padding: 0 14px;
    border-radius: min(22px, var(--_field-radius));
    font-weight: 600;
    color: var(--_ink);
  }
  .quiet:hover {
    background: var(--_sunken);
  }
  @media (forced-colors: active) {
    .quiet {
      border: 1px solid ButtonBorder;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .consent {
      animation-duration: 80ms;
    }
  }
`
