import { html, nothing, type TemplateResult } from 'lit'
import { MAX_MESSAGE_CHARS } from '../../schema/wire/limits.ts'
import { icons } from './icons.ts'

export interface Composer {
  readonly name: string
  readonly draft: string
  readonly running: boolean
  readonly disabled: boolean
  readonly onDraft: (draft: string) => void
  readonly onSend: () => void
  readonly onStop: () => void
}

/** From here on the remaining room is told. */
const NEARLY_TOO_LONG = MAX_MESSAGE_CHARS - 200

/** Where one writes. The button is one button: what it does turns in place, so that focus stays. */
export function composerView({ name, draft, running, disabled, onDraft, onSend, onStop }: Composer): TemplateResult {
  const over = draft.length - MAX_MESSAGE_CHARS
  const sendable = draft.trim() !== '' && over <= 0 && !disabled
  return html`<form
    class="composer"
    part="composer"
    @submit=${(event: Event) => {
      event.preventDefault()
      if (running) onStop()
      else onSend()
    }}
  >
    <div class="field" data-words=${`${draft} `}>
      <textarea
        part="input"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${`Message to the AI twin of ${name}`}
        aria-describedby="room"
        placeholder=${disabled ? 'Not available yet' : `Ask ${name.split(' ')[0] ?? name}`}
        ?disabled=${disabled}
        .value=${draft}
        @input=${({ target }: Event) => target instanceof HTMLTextAreaElement && onDraft(target.value)}
      ></textarea>
    </div>
    <button
      class="send"
      part="send-button"
      type="submit"
      aria-label=${running ? 'Stop the reply' : 'Send'}
      aria-disabled=${running || sendable ? 'false' : 'true'}
      ?data-running=${running}
    >
      ${running ? icons.stop : icons.send}
    </button>
    <span id="room" class="room">
      ${
        draft.length > NEARLY_TOO_LONG
          ? over > 0
            ? `${over} characters too many`
            : `${-over} characters left`
          : nothing
      }
    </span>
  </form>`
}
