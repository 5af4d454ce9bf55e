/** What stands between the log and the composer: the state of the line, a passing refusal, or the end of the road. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ConversationState, Line } from '../session/conversation-state.ts'
import type { WordKey } from '../locales/words.ts'
import type { Say } from './tools-port.ts'
import { problemWords } from './words.ts'

export interface Status {
  readonly say: Say
  readonly conversation: ConversationState
  readonly onReconnect: () => void
  readonly onAnew: () => void
}

/** A notice that stands in the composer's place; `undefined` while one can write. */
export function endView({ say, conversation, onReconnect, onAnew }: Status): TemplateResult | undefined {
  const { refusal, placesLeft, activeTurnId } = conversation
  const full = placesLeft !== null && placesLeft < 2 && activeTurnId === null
  if (!refusal && !full) return undefined
  const [words, offer] = problemWords(refusal?.code ?? 'conversation_full')
  const anew = offer === 'start-anew'
  return html`<div class="end" part="notice">
    <p>${say(words)}</p>
    ${
      offer
        ? html`<button class="filled" type="button" @click=${anew ? onAnew : onReconnect}>
            ${say(anew ? 'start_anew' : 'retry')}
          </button>`
        : nothing
    }
  </div>`
}

const LINE_WORDS: Partial<Readonly<Record<Line, WordKey>>> = {
  offline: 'offline',
  reconnecting: 'reconnecting',
  connecting: 'connecting',
}

/** One quiet line. What passes by itself within moments is not shown at once: see `.late`. */
export function statusView({ say, conversation, onAnew }: Status): TemplateResult | typeof nothing {
  const { line, warning, placesLeft } = conversation
  const words = warning ? problemWords(warning.code)[0] : LINE_WORDS[line]
  if (words) {
    const late = !warning && line !== 'offline'
    return html`<p class=${late ? 'status late' : 'status'} part="notice">${say(words)}</p>`
  }
  if (placesLeft !== null && placesLeft <= 100 && placesLeft >= 2) {
    return html`<p class="status" part="notice">
      ${say('nearly_full', { n: placesLeft })}
      <button class="act" type="button" @click=${onAnew}>${say('start_anew_short')}</button>
    </p>`
  }
  return nothing
}
