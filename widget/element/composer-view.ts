import { html, nothing, type TemplateResult } from 'lit'
import { MAX_MESSAGE_CHARS } from '../../schema/wire/limits.ts'
import { icons } from './icons.ts'
import type { Say } from './tools-port.ts'

export interface Composer {
  readonly say: Say
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
export function composerView(composer: Composer): TemplateResult {
  const { say, name, draft, running, disabled, onDraft, onSend, onStop } = composer
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
        dir=${draft ? 'auto' : nothing}
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${say('message_to', { name })}
        aria-describedby="room"
        placeholder=${disabled ? say('not_available') : say('ask', { name: name.split(' ')[0] ?? name })}
        ?disabled=${disabled}
        .value=${draft}
        @input=${({ target }: Event) => target instanceof HTMLTextAreaElement && onDraft(target.value)}
      ></textarea>
    </div>
    <button
      class="send"
      part="send-button"
      type="submit"
      aria-label=${say(running ? 'stop' : 'send')}
      aria-disabled=${running || sendable ? 'false' : 'true'}
      ?data-running=${running}
    >
      ${running ? icons.stop : icons.send}
    </button>
    <span id="room" class="room">
      ${
        draft.length > NEARLY_TOO_LONG
          ? say(over > 0 ? 'characters_over' : 'characters_left', { n: Math.abs(over) })
          : nothing
      }
    </span>
  </form>`
}
