import { css } from '../element/css.ts'

/** People of the celebrity's side: neither the twin's bare text nor the visitor's tint. */
export const peopleStyles = css`
  .badge {
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 24px;
    height: 24px;
    border: 1.5px solid var(--_control);
    border-radius: 50%;
    font-size: 12px;
    line-height: 1;
    font-weight: 650;
    color: var(--_ink);
  }
  .by {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 8px;
    margin-bottom: calc(1.5 * var(--_unit));
    font-size: 13px;
    line-height: 18px;
    color: var(--_muted);
  }
  .author {
    font-weight: 650;
    color: var(--_ink);
  }
  .person .reply {
    width: fit-content;
    max-width: min(92%, 58ch);
    padding: calc(2 * var(--_unit)) calc(3.5 * var(--_unit));
    border: 1px solid var(--_control);
    border-radius: var(--_bubble-radius);
    border-start-start-radius: min(4px, var(--_bubble-radius));
    background: var(--_raised);
  }
  .handover {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-block: calc(3 * var(--_unit)) calc(6 * var(--_unit));
    font-size: 12.5px;
    line-height: 18px;
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
  .handover::before,
  .handover::after {
    content: '';
    flex: 1 0 16px;
    border-top: 1px solid var(--_line);
  }
  .held {
    margin-bottom: calc(6 * var(--_unit));
  }
  .held .icon {
    width: 18px;
    height: 18px;
  }
  .people {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--_ink);
  }
  .people .badge {
    width: 20px;
    height: 20px;
    font-size: 11px;
  }
`
