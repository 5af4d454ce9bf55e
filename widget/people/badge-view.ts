import { html, type TemplateResult } from 'lit'

const letters = new Intl.Segmenter()

/** The first letter of a person's name in a ring: never a portrait, which is the twin's. */
export function badgeView(author: string): TemplateResult {
  const [first] = letters.segment(author.trim())
  return html`<span class="badge" aria-hidden="true">${first?.segment.toUpperCase()}</span>`
}
