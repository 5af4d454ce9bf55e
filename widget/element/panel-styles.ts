import { css } from './css.ts'

/** The panel, its header and its three shapes: card, sheet on a phone, page. */
export const panelStyles = css`
  :host([mode='page']),
  :host([mode='inline']) {
    display: block;
    height: 100%;
    min-height: 320px;
  }
  /* Whose place it takes says where it stands: see the launcher's sheet. */
  :where(.panel) {
    all: initial;
  }
  .panel {
    color-scheme: var(--_scheme);
    box-sizing: border-box;
    font-family: inherit;
    z-index: 1;
    display: flex;
    flex-direction: column;
    width: min(var(--twin-width, 400px), 100vw - 2 * var(--_edge));
    height: min(var(--twin-height, 680px), 100dvh - 48px);
    overflow: hidden auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_line);
    border-radius: var(--_panel-radius);
    background: var(--_surface);
    color: var(--_ink);
    font-size: 15px;
    line-height: 1.55;
    overflow-wrap: anywhere;
    box-shadow:
      0 1px 2px #0000000f,
      0 16px 48px #0003;
    --_gutter: 20px;
    --_unit: 4px;
  }
  .panel * {
    box-sizing: border-box;
  }
  .panel[data-density='compact'] {
    --_gutter: 16px;
    --_unit: 3px;
  }
  @media (max-width: 480px), (max-height: 520px) {
    :host(:not([mode='page'], [mode='inline'])) .panel {
      inset: var(--_top, 0px) 0 auto;
      margin: 0;
      width: auto;
      height: var(--_height, 100dvh);
      border: 0;
      border-radius: 0;
      box-shadow: none;
    }
  }
  :host([mode='page']) .panel,
  :host([mode='inline']) .panel {
    position: relative;
    inset: auto;
    width: 100%;
    height: 100%;
    border: 0;
    border-radius: 0;
    box-shadow: none;
    font-size: 16px;
    --_gutter: max(20px, (100% - 672px) / 2);
  }
  .panel:focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  :where(.panel button) {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :where(.panel) :where(p, h2, ul) {
    margin: 0;
    padding: 0;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    display: block;
    width: 20px;
    height: 20px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  /* Who speaks, who pays, and that it is an AI: a page reaches these parts, and cannot put them out of sight. */
  .header {
    display: flex !important;
    visibility: visible !important;
    opacity: 1 !important;
    height: auto !important;
    overflow: visible !important;
    align-items: center;
    gap: 14px;
    flex: none;
    padding-block: calc(4 * var(--_unit) + env(safe-area-inset-top)) calc(4 * var(--_unit));
    padding-inline: var(--_gutter) 12px;
    border-bottom: 1px solid var(--_line);
    background: var(--_raised);
  }
  :host([mode='page']) .header {
    padding-inline-end: var(--_gutter);
  }
  .portrait {
    position: relative;
    flex: none;
    border-radius: 50%;
  }
  .portrait .face {
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    overflow: hidden;
    border-radius: 50%;
    font-weight: 600;
    font-size: 16px;
    background: var(--_tint);
    color: var(--_ink);
  }
  .portrait .face:empty::before {
    content: attr(data-initials);
  }
  .portrait img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .portrait::after,
  .ring {
    border: 2px solid var(--_accent);
    border-radius: 50%;
  }
  .portrait::after {
    content: '';
    position: absolute;
    inset: -4px;
    opacity: 0;
    transition: opacity 0.2s;
  }
  .portrait[data-busy]::after,
  .ring {
    opacity: 1;
    animation: breathe 1s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.35;
      transform: scale(0.94);
    }
  }
  .who {
    flex: 1;
    min-width: 0;
  }
  .who h2 {
    display: flex;
    flex-direction: column;
    align-items: start;
    font-size: 18px;
    line-height: 22px;
    font-weight: 650;
  }
  .mark {
    font-size: 12px;
    line-height: 16px;
    font-weight: 600;
    color: var(--_accentInk);
  }
  .tagline {
    font-size: 13px;
    line-height: 18px;
    color: var(--_muted);
    text-wrap: pretty;
  }
  /* A window this low is a page at 400 %: who speaks stays, what can be spared goes. */
  @media (max-height: 420px) {
    .header {
      padding-block: 2px;
    }
    .portrait .face {
      width: 32px;
      height: 32px;
    }
  }
  @media (max-height: 420px), (max-width: 340px) {
    .tagline {
      display: none;
    }
  }
  .plain {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    color: var(--_muted);
  }
  .plain + .plain {
    margin-inline-start: -10px;
  }
  .plain:hover {
    color: var(--_ink);
    background: var(--_tint);
  }
  .plain:focus-visible {
    outline-offset: -2px;
  }
  .sponsor,
  .disclosure {
    all: unset !important;
    display: block !important;
    padding: 6px var(--_gutter) !important;
    font-size: 12px !important;
    line-height: 18px !important;
    color: var(--_ink) !important;
  }
  .sponsor {
    border-bottom: 1px solid var(--_line) !important;
    font-weight: 550 !important;
    background: var(--_sunken) !important;
  }

  .footer {
    position: relative;
    flex: none;
  }
  .disclosure {
    padding: 0 var(--_gutter) calc(10px + env(safe-area-inset-bottom)) !important;
    line-height: 16px !important;
    text-align: center !important;
    text-wrap: balance !important;
    color: var(--_muted) !important;
  }
  .launcher {
    transition: opacity 0.18s;
  }
  .launcher[inert] {
    opacity: 0;
    visibility: hidden;
  }
  @media (prefers-reduced-motion: reduce) {
    .portrait[data-busy]::after,
    .ring {
      animation: none;
    }
    * {
      transition: opacity 80ms !important;
    }
  }
  @media (forced-colors: active) {
    .portrait .face {
      border: 1px solid;
    }
    .panel :is(.plain, .filled, .send, .latest) {
      border: 1px solid ButtonBorder;
    }
  }
`
