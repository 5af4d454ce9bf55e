import { html, type TemplateResult } from 'lit'
import type { Source } from '../../schema/wire/frames.ts'
import { safeLink } from '../markdown/safe-link.ts'
import type { Say } from './tools-port.ts'

/** What a reply drew on. An address that is not fit to follow is left out; its title stays. */
export function sourcesView(sources: readonly Source[], say: Say): TemplateResult {
  return html`<p class="sources" part="sources">
    ${say('from')}
    ${sources.map(({ title, url }, index) => {
      const link = url ? safeLink(url) : undefined
      const more = index < sources.length - 1 ? ' · ' : ''
      return link
        ? html`<a href=${link.href} target="_blank" rel="noopener noreferrer nofollow"><bdi>${title}</bdi></a
            >${more}`
        : html`<bdi>${title}</bdi>${more}`
    })}
  </p>`
}
