/** A field in the place of the visitor's bubble. */
import { html, nothing, type TemplateResult } from 'lit'
import { MAX_MESSAGE_CHARS } from '../../schema/wire/limits.ts'
import type { Say } from '../element/tools-port.ts'
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
    <div class="framed">
      <div class="field" data-words=${`${text} `}>
        <textarea
          rows="1"
          dir="auto"
          enterkeyhint="send"
          autocomplete="off"
          aria-label=${say('edit_question')}
          aria-describedby="edit-room"
          aria-invalid=${over > 0 ? 'true' : 'false'}
          .value=${text}
          @input=${({ target }: Event) => target instanceof HTMLTextAreaElement && onText(target.value)}
        ></textarea>
      </div>
    </div>
    <div class="choices">
      <span id="edit-room" class="note">${over > 0 ? say('characters_over', { n: over }) : nothing}</span>
      <button type="button" class="act" @click=${onCancel}>${say('cancel')}</button>
      <button type="submit" class="filled" aria-disabled=${over > 0 || text.trim() === '' ? 'true' : 'false'}>
        ${say('save_and_ask')}
      </button>
    </div>
  </form>`
}
