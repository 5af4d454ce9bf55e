/** What stands between the log and the composer: the state of the line, a passing refusal, or the end of the road. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ConversationState } from '../session/conversation-state.ts'
import { offlineWords, problemWords, type Words } from './words.ts'

export interface Status {
  readonly conversation: ConversationState
  readonly onReconnect: () => void
  readonly onAnew: () => void
}

/** A notice that stands in the composer's place; `undefined` while one can write. */
export function endView({ conversation, onReconnect, onAnew }: Status): TemplateResult | undefined {
  const { refusal, placesLeft, activeTurnId } = conversation
  const full = placesLeft !== null && placesLeft < 2 && activeTurnId === null
  if (!refusal && !full) return undefined
  const { text, offer }: Words = problemWords(refusal?.code ?? 'conversation_full')
  const [act, label] = offer === 'start-anew' ? [onAnew, 'Start a new conversation'] : [onReconnect, 'Try again']
  return html`<div class="end" part="notice">
    <p>${text}</p>
    ${offer && offer !== 'edit' ? html`<button class="filled" type="button" @click=${act}>${label}</button>` : nothing}
  </div>`
}

/** One quiet line. What passes by itself within moments is not shown at once: see `.late`. */
export function statusView({ conversation: { line, warning, placesLeft }, onAnew }: Status): TemplateResult {
  if (warning) return html`<p class="status" part="notice">${problemWords(warning.code).text}</p>`
  if (line === 'offline') return html`<p class="status" part="notice">${offlineWords}</p>`
  if (line === 'reconnecting') return html`<p class="status late" part="notice">Finding the line again…</p>`
  if (line === 'connecting') return html`<p class="status late" part="notice">Connecting…</p>`
  if (placesLeft !== null && placesLeft <= 100 && placesLeft >= 2) {
    return html`<p class="status" part="notice">
      This conversation is nearly full: room for ${placesLeft} more messages.
      <button class="act" type="button" @click=${onAnew}>Start a new one</button>
    </p>`
  }
  return html`${nothing}`
}
