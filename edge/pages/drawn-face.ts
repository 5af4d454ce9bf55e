/** Stands where a celebrity's portrait would: their initials, drawn. The name itself stands beside it, so nobody is told twice. */
import { html } from 'hono/html'

export function drawnFace(name: string): ReturnType<typeof html> {
  const initials = name
    .trim()
    .split(/\s+/)
    .map(([first]) => first)
    .slice(0, 2)
    .join('')
  return html`<span class="face" aria-hidden="true">${initials}</span>`
}
