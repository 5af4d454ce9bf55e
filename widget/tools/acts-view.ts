/** The acts of one message: signs that appear when the message is pointed at, and move nothing. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Say } from '../element/tools-port.ts'
import { rove } from './rove.ts'
import type { Outcome } from './said-beside.ts'
import { toolIcons } from './tool-icons.ts'

export interface Act {
  readonly name: 'copy' | 'up' | 'down' | 'edit'
  readonly label: string
  /** Only where it can be down. */
  readonly pressed?: boolean
  readonly onPress: () => void
}

export interface Acts {
  readonly say: Say
  readonly acts: readonly Act[]
  /** Shown without being pointed at. */
  readonly shown: boolean
  readonly said: Outcome | undefined
  readonly reasons: TemplateResult | undefined
}

export function actsView({ say, acts, shown, said, reasons }: Acts): TemplateResult {
  return html`<div class="tools" ?data-open=${reasons !== undefined}>
    <div class="acts" part="message-acts" role="toolbar" ?data-shown=${shown} @keydown=${rove}>
      ${acts.map(
        ({ name, label, pressed, onPress }, at) =>
          html`<button
            type="button"
            class="tool"
            data-act=${name}
            tabindex=${at === 0 ? 0 : -1}
            aria-label=${label}
            title=${label}
            aria-pressed=${pressed ?? nothing}
            @click=${onPress}
          >
            ${name === 'copy' && said === 'copied' ? toolIcons.done : toolIcons[name]}
          </button>`,
      )}
      ${said && said !== 'copied' ? html`<span class="said">${say(said)}</span>` : nothing}
    </div>
    ${reasons ?? nothing}
  </div>`
}
