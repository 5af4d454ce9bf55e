import { css } from './css.ts'

/** On paper: the conversation, whole, dark on white, and nothing to press. It comes with the tools, when there is one. */
export const printStyles = css`
  @media print {
    :host,
    :host(:not([mode='page'], [mode='inline'])) {
      position: static !important;
      display: block !important;
      height: auto !important;
    }
    .panel.panel {
      --_surface: #fff;
      --_raised: #fff;
      --_ink: #000;
      --_muted: #444;
      --_accentInk: #000;
      --_tint: #f2f2f2;
      --_sunken: #f2f2f2;
      --_line: #bbb;
      position: static;
      display: block;
      width: auto;
      height: auto;
      overflow: visible;
      border: 0;
      box-shadow: none;
      color-scheme: light;
    }
    .middle,
    .log {
      display: block;
      overflow: visible;
    }
    .message {
      content-visibility: visible;
      break-inside: avoid-page;
    }
    .bubble {
      border-color: var(--_line);
    }
    .meta time {
      opacity: 1;
    }
    .panel :is(button, .composer, .questions, .latest, .status, .tools, .consent) {
      display: none;
    }
  }
`
