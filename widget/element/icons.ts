/** Drawn signs, 20 by 20, in the colour of the words beside them. */
import { html, type TemplateResult } from 'lit'

export const icon = (path: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>`

export const icons = {
  send: icon('M10 16V4m-5 5 5-5 5 5'),
  stop: icon('M6 6h8v8H6z'),
  close: icon('m5 5 10 10M15 5 5 15'),
  more: icon('M4.7 9.7h.6v.6h-.6zm5 0h.6v.6h-.6zm5 0h.6v.6h-.6z'),
  down: icon('M10 4v12m-5-5 5 5 5-5'),
  ask: icon('m8 5 5 5-5 5'),
  again: icon('M15.5 10A5.5 5.5 0 1 1 13.9 6.1L16 8m0-4v4h-4'),
}
