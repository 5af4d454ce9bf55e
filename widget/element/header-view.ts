import { html, nothing, type TemplateResult } from 'lit'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import { icons } from './icons.ts'
import type { Say } from './tools-port.ts'

export interface Header {
  readonly say: Say
  readonly config: TwinConfig
  /** The portrait, drawn once. */
  readonly face: HTMLElement
  readonly busy: boolean
  /** The list of conversations is shown. */
  readonly listed: boolean
  readonly onMore: ((event: Event) => void) | undefined
  readonly onClose: (() => void) | undefined
}

/** Who speaks: the face, and always the words "AI twin of". */
export function headerView({ say, config, face, busy, listed, onMore, onClose }: Header): TemplateResult {
  const { twin, sponsor } = config
  // In some languages the name comes first.
  const [before, after] = say('ai_twin_of', { name: '\n' }).split(/\u2068?\n\u2069?/)
  return html`<div class="header" part="header">
      <span class="portrait" ?data-busy=${busy}>${face}</span>
      <div class="who">
        <h2>${markView(before)} <bdi class="name">${twin.name}</bdi>${markView(after)}</h2>
        ${twin.tagline ? html`<p class="tagline"><bdi>${twin.tagline}</bdi></p>` : nothing}
      </div>
      <slot name="header"></slot>
      ${
        onMore
          ? html`<button
              class="plain"
              type="button"
              part="more-button"
              aria-label=${say('more')}
              aria-expanded=${listed ? 'true' : 'false'}
              @click=${onMore}
            >
              ${icons.more}
            </button>`
          : nothing
      }
      ${
        onClose
          ? html`<button class="plain" type="button" part="close-button" aria-label=${say('close')} @click=${onClose}>
              ${icons.close}
            </button>`
          : nothing
      }
    </div>
    ${sponsor ? html`<p class="sponsor" part="campaign-label"><bdi>${sponsor.label}</bdi></p>` : nothing}`
}

/** (On a line of its own it needs no colon.) */
function markView(words = ''): TemplateResult | typeof nothing {
  const [mark] = /[^\s:].*[^\s:]/.exec(words) ?? []
  return mark ? html`<span class="mark">${mark}</span>` : nothing
}
