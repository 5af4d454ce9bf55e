import { html, nothing, type TemplateResult } from 'lit'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import { icons } from './icons.ts'

export interface Header {
  readonly config: TwinConfig
  /** The portrait, drawn once. */
  readonly face: HTMLElement
  readonly busy: boolean
  readonly onAnew: (() => void) | undefined
  readonly onClose: (() => void) | undefined
}

/** Who speaks: the face, and always the words "AI twin of". */
export function headerView({ config, face, busy, onAnew, onClose }: Header): TemplateResult {
  const { twin, sponsor } = config
  return html`<div class="header" part="header">
      <span class="portrait" ?data-busy=${busy}>${face}</span>
      <div class="who">
        <h2><span class="mark" part="disclosure">AI twin of</span> <span class="name">${twin.name}</span></h2>
        ${twin.tagline ? html`<p class="tagline"><bdi>${twin.tagline}</bdi></p>` : nothing}
      </div>
      ${
        onAnew
          ? html`<button class="plain" type="button" aria-label="Start a new conversation" @click=${onAnew}>
              ${icons.anew}
            </button>`
          : nothing
      }
      ${
        onClose
          ? html`<button class="plain" type="button" part="close-button" aria-label="Close" @click=${onClose}>
              ${icons.close}
            </button>`
          : nothing
      }
    </div>
    ${sponsor ? html`<p class="sponsor" part="campaign-label"><bdi>${sponsor.label}</bdi></p>` : nothing}`
}
