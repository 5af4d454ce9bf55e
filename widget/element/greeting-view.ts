import { html, nothing, type TemplateResult } from 'lit'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import { icons } from './icons.ts'

export interface Greeting {
  readonly config: TwinConfig
  /** Nothing has been said yet. */
  readonly first: boolean
  /** There is somebody to ask. */
  readonly asking: boolean
  readonly disabled: boolean
  readonly onAsk: (question: string) => void
}

/** The first meeting: a greeting, and up to three questions worth asking. */
export function greetingView({ config, first, asking, disabled, onAsk }: Greeting): TemplateResult {
  return html`<div class="greeting" ?data-first=${first} part="greeting">
    <p dir="auto">${config.greeting}</p>
    ${
      first && asking && config.suggestions.length > 0
        ? html`<ul class="questions" aria-label="Questions worth asking">
            ${config.suggestions.map(
              (question) =>
                html`<li>
                  <button type="button" part="question" ?disabled=${disabled} @click=${() => onAsk(question)}>
                    <span><bdi>${question}</bdi></span
                    >${icons.ask}
                  </button>
                </li>`,
            )}
          </ul>`
        : nothing
    }
  </div>`
}
