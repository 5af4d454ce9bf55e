/** A field in the place of the visitor's bubble. */
import { html, nothing, type TemplateResult } from 'lit'
import { MAX_MESSAGE_CHARS } from '../../schema/wire/limits.ts'
import type { Say } from '../element/tools-port.ts'
import { growingFieldView } from './growing-field-view.ts'
import { ownKeys } from './own-keys.ts'

export interface Editor {
  readonly say: Say
  readonly text: string
  readonly onText: (text: string) => void
  readonly onSubmit: () => void
  readonly onCancel: () => void
}

export function editorView({ say, text, onText, onSubmit, onCancel }: Editor): TemplateResult {
  const over = text.length - MAX_MESSAGE_CHARS
  const submit = (event: Event): void => {
    event.preventDefault()
    onSubmit()
  }
  return html`<form
    class="editor"
    part="editor"
    @submit=${submit}
    @keydown=${ownKeys({ onEnter: onSubmit, onEscape: onCancel })}
  >
    ${growingFieldView({ label: say('edit_question'), text, hint: '', room: 'edit-room', over: over > 0, onText })}
    <div class="choices">
      <span id="edit-room" class="note">${over > 0 ? say('characters_over', { n: over }) : nothing}</span>
      <button type="button" class="act" @click=${onCancel}>${say('cancel')}</button>
      <button type="submit" class="filled" aria-disabled=${over > 0 || text.trim() === '' ? 'true' : 'false'}>
        ${say('save_and_ask')}
      </button>
    </div>
  </form>`
}
