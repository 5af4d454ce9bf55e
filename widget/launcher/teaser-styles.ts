/** The teaser's look: a card beside the launcher, on the ground and in the ink of the scheme. It moves nothing. */
export const teaserStyles = `
.teaser {
  all: unset;
  position: fixed;
  right: var(--_edge);
  bottom: calc(var(--_edge) + 72px);
  margin: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
  box-sizing: border-box;
  display: grid;
  grid-template-columns: auto 1fr auto;
  gap: 2px 12px;
  width: min(340px, 100vw - 2 * var(--_edge));
  max-height: 33vh;
  overflow-y: auto;
  overscroll-behavior: contain;
  padding-block: 14px;
  padding-inline: 14px 8px;
  border: 1px solid #8884;
  border-radius: 16px;
  background: Canvas;
  color: CanvasText;
  font-size: 15px;
  line-height: 21px;
  box-shadow: 0 8px 32px #0002;
  overflow-wrap: anywhere;
  cursor: pointer;
  animation: teaser-in 0.24s;
}
.teaser[data-position^='top'] {
  bottom: auto;
  top: calc(var(--_edge) + 72px);
}
.teaser[data-position$='left'] {
  right: auto;
  left: var(--_edge);
}
.teaser:is([data-position='top'], [data-position='bottom']) {
  left: 0;
  right: 0;
  margin-inline: auto;
}
.teaser .face {
  grid-row: span 2;
  display: grid;
  place-items: center;
  width: 40px;
  height: 40px;
  border-radius: 50%;
  overflow: hidden;
  background: #8882;
  font-size: 14px;
  font-weight: 600;
}
.teaser .face:empty::before {
  content: attr(data-initials);
}
.teaser img {
  width: 100%;
  height: 100%;
  object-fit: cover;
}
.who {
  font-size: 12px;
  line-height: 20px;
  font-weight: 600;
}
.words {
  grid-column: 2 / -1;
  padding-inline-end: 8px;
}
.follow,
.dismiss {
  all: unset;
  cursor: pointer;
}
.follow {
  position: absolute;
  inset: 0;
  border-radius: 15px;
}
.dismiss {
  position: relative;
  grid-area: 1 / 3;
  display: grid;
  place-items: center;
  width: 44px;
  height: 44px;
  margin: -12px 0;
  border-radius: 50%;
}
.dismiss::before {
  content: '';
  width: 12px;
  height: 12px;
  background: currentColor;
  clip-path: path('M1 0 6 5 11 0 12 1 7 6 12 11 11 12 6 7 1 12 0 11 5 6 0 1z');
  forced-color-adjust: none;
}
.dismiss:hover {
  background: #8882;
}
.follow:focus-visible,
.dismiss:focus-visible {
  outline: 3px solid CanvasText;
  outline-offset: -3px;
}
@keyframes teaser-in {
  from {
    opacity: 0;
  }
}
@media (prefers-reduced-motion: reduce) {
  .teaser {
    animation-duration: 0.08s;
  }
}
@media print {
  .teaser {
    display: none;
  }
}
`
