import { html, type TemplateResult } from 'lit'
import type { Source } from '../../schema/wire/frames.ts'
import { safeLink } from '../markdown/safe-link.ts'

/** What a reply drew on. An address that is not fit to follow is left out; its title stays. */
export function sourcesView(sources: readonly Source[]): TemplateResult {
  return html`<p class="sources" part="sources" dir="auto">
    From:
    ${sources.map(({ title, url }, index) => {
      const link = url ? safeLink(url) : undefined
      const comma = index < sources.length - 1 ? ', ' : ''
      return link
        ? html`<a href=${link.href} target="_blank" rel="noopener noreferrer nofollow">${title}</a>${comma}`
        : html`<span>${title}${comma}</span>`
    })}
  </p>`
}
