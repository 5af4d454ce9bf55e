/** A field that grows with its words, as the composer's does. */
import { html, type TemplateResult } from 'lit'

export interface GrowingField {
  readonly label: string
  readonly text: string
  /** Where nothing is written yet. */
  readonly hint: string
  /** Id of what says how much room there is. */
  readonly room: string
  readonly over: boolean
  readonly onText: (text: string) => void
}

export function growingFieldView({ label, text, hint, room, over, onText }: GrowingField): TemplateResult {
  return html`<div class="framed">
    <div class="field" data-words=${`${text} `}>
      <textarea
        rows="1"
        dir="auto"
        autocomplete="off"
        aria-label=${label}
        aria-describedby=${room}
        aria-invalid=${over}
        placeholder=${hint}
        .value=${text}
        @input=${({ target }: Event) => target instanceof HTMLTextAreaElement && onText(target.value)}
      ></textarea>
    </div>
  </div>`
}
