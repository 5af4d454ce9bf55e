/**
 * The launcher's look, as text: the loader adopts it without Lit, and the element leaves it where it is.
 * `:host` is reset with `!important`, which inside a shadow root wins over the page's; the font alone is inherited.
 * `Canvas` and `CanvasText` are the ground and the ink of the scheme, dark, light or forced. The first rule gets the
 * accent and the scheme.
 */
export const launcherStyles = `
:host {
  --_edge: var(--twin-offset, 24px);
}
:host(:not([mode='page'], [mode='inline'])) {
  all: initial !important;
  position: fixed !important;
  inset: 0 auto auto 0 !important;
  z-index: var(--twin-z-index, 2147483000) !important;
  font-family: var(--twin-font-family, inherit) !important;
  color-scheme: var(--_scheme) !important;
}
:host([hidden]) {
  display: none !important;
}
.launcher {
  all: unset;
  display: flex;
  align-items: center;
  gap: 12px;
  width: fit-content;
  cursor: pointer;
  font-size: 15px;
  line-height: 20px;
  color: CanvasText;
  -webkit-tap-highlight-color: transparent;
}
/* Where it stands, stands the panel too. */
.launcher,
.panel {
  position: fixed;
  right: var(--_edge);
  bottom: var(--_edge);
  margin: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
}
[data-position^='top'] {
  bottom: auto;
  top: var(--_edge);
}
[data-position$='left'] {
  right: auto;
  left: var(--_edge);
}
[data-position$='top'],
[data-position$='bottom'] {
  right: 0;
  left: 0;
  margin-inline: auto;
}
.launcher[data-position$='left'] {
  flex-direction: row-reverse;
}
.launcher .face {
  display: grid;
  place-items: center;
  width: 56px;
  height: 56px;
  box-sizing: border-box;
  border: 2px solid transparent; /* forced colours let it be seen */
  border-radius: 50%;
  overflow: hidden;
  background: Canvas;
  font-size: 18px;
  font-weight: 600;
  box-shadow:
    0 0 0 var(--_ring, 2px) var(--_accent),
    0 8px 24px #0003;
}
.launcher .face:empty::before {
  content: attr(data-initials);
}
.launcher .icon {
  background: var(--_accent) padding-box;
  color: oklch(from var(--_accent) calc((0.64 - l) * 999) 0 0);
}
.launcher .icon:empty::before {
  content: '';
  width: 20px;
  height: 16px;
  border: 3px solid;
  border-radius: 10px 10px 10px 0;
}
.launcher img,
.launcher ::slotted(*) {
  width: 100%;
  height: 100%;
  object-fit: cover;
}
.launcher:hover,
.launcher[aria-busy='true'] {
  --_ring: 4px;
}
.launcher:focus-visible .face {
  outline: 3px solid;
  outline-offset: 6px;
}
.pill {
  padding: 9px 15px;
  border: 1px solid #8884;
  border-radius: 20px;
  max-width: 240px;
  text-wrap: balance;
  background: Canvas;
  box-shadow: 0 8px 24px #0003;
}
/* (On a phone the line would lie on the words of the page.) */
@media (max-width: 480px) {
  .pill {
    display: none;
  }
}
@media print {
  .launcher {
    display: none;
  }
}
`
