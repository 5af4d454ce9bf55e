/** One message as it is set: the visitor's in a soft tint, the twin's as text on the surface. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ShownMessage } from '../session/conversation-state.ts'
import { icons } from './icons.ts'
import { sourcesView } from './sources-view.ts'
import { timeOfDay } from './days.ts'
import { typeset } from './typeset.ts'
import { problemWords, replyWords } from './words.ts'

export interface MessageActs {
  readonly onRetry: (turnId: string) => void
  readonly onEdit: (text: string) => void
}

/** What the visitor said. `waiting`: there is no line to send it on. */
export function visitorMessageView(message: ShownMessage, waiting: boolean, { onEdit }: MessageActs): TemplateResult {
  const { text, delivery, problem, at } = message
  return html`<div class="message visitor" part="message" data-message=${message.messageId}>
    <span class="unseen">You:</span>
    <p class="bubble" part="bubble" dir="auto" data-delivery=${delivery}>${text}</p>
    ${delivery === 'pending' && waiting ? html`<p class="note">Kept here, and sent when the line is back</p>` : nothing}
    ${
      delivery === 'refused' && problem
        ? html`<p class="note">
            <bdi>${problemWords(problem).text}</bdi>
            <button type="button" class="act" @click=${() => onEdit(text)}>Edit</button>
          </p>`
        : nothing
    }
    <time datetime=${at}>${timeOfDay(at)}</time>
  </div>`
}

/** What the twin said, as far as it has come. */
export function twinMessageView(message: ShownMessage, name: string, { onRetry }: MessageActs): TemplateResult {
  const { text, streaming, outcome, reason, sources, turnId, at } = message
  const note = outcome && replyWords(outcome, reason)
  const again = outcome === 'stopped' || outcome === 'failed' || outcome === 'interrupted'
  return html`<div class="message twin" part="message" data-message=${message.messageId}>
    <span class="unseen">${name}:</span>
    <div class="reply" part="reply" dir="auto" ?data-streaming=${streaming} ${typeset(text, streaming)}></div>
    ${sources?.length ? sourcesView(sources) : nothing}
    ${
      note
        ? html`<p class="note">
            <bdi>${note}</bdi>
            ${
              again && turnId
                ? html`<button type="button" class="act" part="retry-button" @click=${() => onRetry(turnId)}>
                    ${icons.again} Try again
                  </button>`
                : nothing
            }
          </p>`
        : nothing
    }
    <time datetime=${at}>${timeOfDay(at)}</time>
  </div>`
}
