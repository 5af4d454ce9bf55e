import { html, nothing, type TemplateResult } from 'lit'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import { questionsView } from './questions-view.ts'
import type { Say } from './tools-port.ts'

export interface Greeting {
  readonly say: Say
  readonly config: TwinConfig
  /** Nothing has been said yet. */
  readonly first: boolean
  /** There is somebody to ask. */
  readonly asking: boolean
  readonly disabled: boolean
  readonly onAsk: (question: string) => void
}

/** The first meeting: a greeting, up to three questions worth asking, and what the page has to add. */
export function greetingView({ say, config, first, asking, disabled, onAsk }: Greeting): TemplateResult {
  const questions = config.suggestions
  return html`<div class="greeting" ?data-first=${first} part="greeting">
    <p dir="auto">${config.greeting}</p>
    ${
      first && asking
        ? html`${questions.length > 0 ? questionsView({ questions, label: say('questions'), disabled, onAsk }) : nothing}
            <slot name="empty"></slot>`
        : nothing
    }
  </div>`
}
