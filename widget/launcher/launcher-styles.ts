/**
 * The launcher's look, as text: the loader adopts it without Lit, the element adds it to its own sheets.
 * `:host` is reset with `!important`, which inside a shadow root wins over the page's; the font alone is inherited.
 */
export const launcherStyles = `
:host {
  --_edge: var(--twin-offset, 24px);
}
:host(:not([mode='page'], [mode='inline'])) {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: 0 auto auto 0 !important;
  z-index: var(--twin-z-index, 2147483000) !important;
  font-family: var(--twin-font-family, inherit) !important;
}
:host([hidden]) {
  display: none !important;
}
@media print {
  .launcher {
    display: none;
  }
}
.launcher {
  all: unset;
  box-sizing: border-box;
  position: fixed;
  display: flex;
  align-items: center;
  gap: 12px;
  cursor: pointer;
  border-radius: 32px;
  font-size: 15px;
  line-height: 20px;
  -webkit-tap-highlight-color: transparent;
  bottom: calc(var(--_edge) + env(safe-area-inset-bottom));
  right: calc(var(--_edge) + env(safe-area-inset-right));
}
.launcher[inert] {
  visibility: hidden;
}
.launcher[data-position^='top'] {
  bottom: auto;
  top: calc(var(--_edge) + env(safe-area-inset-top));
}
.launcher[data-position$='left'] {
  right: auto;
  left: calc(var(--_edge) + env(safe-area-inset-left));
  flex-direction: row-reverse;
}
.launcher img {
  width: 100%;
  height: 100%;
  object-fit: cover;
}
.launcher .face {
  display: grid;
  place-items: center;
  flex: none;
  width: 56px;
  height: 56px;
  border-radius: 50%;
  overflow: hidden;
  background: #e9e9ec;
  background: light-dark(#e9e9ec, #2b2c31);
  color: #17181b;
  color: light-dark(#17181b, #f4f4f6);
  font-size: 18px;
  font-weight: 600;
  --_gap: light-dark(#fff, #17181b);
  box-shadow:
    0 0 0 2px var(--_gap),
    0 0 0 4px var(--_accent),
    0 8px 24px #0003;
  transition: box-shadow 0.2s;
}
.launcher:hover .face,
.launcher[aria-busy='true'] .face {
  box-shadow:
    0 0 0 3px var(--_gap),
    0 0 0 6px var(--_accent),
    0 8px 24px #0003;
}
.launcher:focus-visible .face {
  outline: 3px solid;
  outline-color: light-dark(#17181b, #fff);
  outline-offset: 6px;
}
.pill {
  box-sizing: border-box;
  padding: 10px 16px;
  border-radius: 20px;
  max-width: min(248px, 100vw - 132px);
  overflow: hidden;
  white-space: nowrap;
  text-overflow: ellipsis;
  background: #fff;
  background: light-dark(#fff, #26272b);
  color: #17181b;
  color: light-dark(#17181b, #f4f4f6);
  box-shadow: 0 4px 16px #0002;
}
@media (forced-colors: active) {
  .pill,
  .launcher .face {
    border: 2px solid ButtonBorder;
  }
}
`
