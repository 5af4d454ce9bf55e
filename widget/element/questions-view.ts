import { html, type TemplateResult } from 'lit'
import { icons } from './icons.ts'

export interface Questions {
  readonly questions: readonly string[]
  /** What they are, for those who do not see it. */
  readonly label: string
  readonly disabled: boolean
  readonly onAsk: (question: string) => void
}

/** Questions worth asking, as a list one can press. */
export function questionsView({ questions, label, disabled, onAsk }: Questions): TemplateResult {
  return html`<ul class="questions" aria-label=${label}>
    ${questions.map(
      (question) =>
        html`<li>
          <button type="button" part="question" ?disabled=${disabled} @click=${() => onAsk(question)}>
            <span><bdi>${question}</bdi></span
            >${icons.ask}
          </button>
        </li>`,
    )}
  </ul>`
}
