/** One message as it is set: the visitor's in a soft tint, the twin's as text on the surface. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ShownMessage } from '../session/conversation-state.ts'
import { icons } from './icons.ts'
import { sourcesView } from './sources-view.ts'
import type { Speech } from './speech.ts'
import type { Tools } from './tools-port.ts'
import { typeset } from './typeset.ts'
import { problemWords, replyWords } from './words.ts'

export interface MessageSetting {
  readonly speech: Speech
  /** Copy, thumbs and edit, once they have come. */
  readonly tools: Tools | undefined
  readonly onRetry: (turnId: string) => void
  readonly onEdit: (text: string) => void
}

/** What the visitor said. `waiting`: there is no line to send it on. */
export function visitorMessageView(message: ShownMessage, waiting: boolean, setting: MessageSetting): TemplateResult {
  const { messageId, text, delivery, problem } = message
  const { tools, onEdit } = setting
  const { say } = setting.speech
  const editor = tools?.editor(message)
  if (editor) return html`<div class="message visitor editing" part="message" data-message=${messageId}>${editor}</div>`
  return html`<div class="message visitor" part="message" data-message=${messageId}>
    <span class="unseen">${say('you_said')}</span>
    <p class="bubble" part="bubble" dir="auto" data-delivery=${delivery}>${text}</p>
    ${waiting ? html`<p class="note">${say('kept')}</p>` : nothing}
    ${
      delivery === 'refused' && problem
        ? html`<p class="note">
            <bdi>${say(problemWords(problem)[0])}</bdi>
            <button type="button" class="act" @click=${() => onEdit(text)}>${say('change')}</button>
          </p>`
        : nothing
    }
    ${metaView(message, setting)}
  </div>`
}

/**
 * What the twin said, as far as it has come. `askable`: it can be asked for again. (A person's words too, until the look
 * of people is there.)
 */
export function twinMessageView(
  message: ShownMessage,
  name: string,
  imageHosts: readonly string[],
  setting: MessageSetting,
  askable: boolean,
): TemplateResult {
  const { messageId, text, role, streaming, outcome, reason, sources, turnId } = message
  const { onRetry } = setting
  const { say } = setting.speech
  const note = outcome && replyWords(outcome, reason)
  const again = askable && (outcome === 'stopped' || outcome === 'failed' || outcome === 'interrupted')
  return html`<div class="message twin" part="message" data-message=${messageId}>
    <span class=${role === 'twin' ? 'unseen' : 'note'}
      >${say(role === 'twin' ? 'twin_said' : 'by_person', { name })}</span
    >
    <div
      class="reply"
      part="reply"
      dir="auto"
      ?data-streaming=${streaming}
      ${typeset(text, streaming, imageHosts)}
    ></div>
    ${sources?.length ? sourcesView(sources, say) : nothing}
    ${
      note
        ? html`<p class="note">
            <bdi>${say(note)}</bdi>
            ${
              again && turnId
                ? html`<button type="button" class="act" part="retry-button" @click=${() => onRetry(turnId)}>
                    ${icons.again} ${say('retry')}
                  </button>`
                : nothing
            }
          </p>`
        : nothing
    }
    ${metaView(message, setting)}
  </div>`
}

/** Its time and what can be done with it, in a place that is kept free for them. */
export function metaView(message: ShownMessage, { speech, tools }: MessageSetting): TemplateResult {
  const { at, edits, revisions } = message
  return html`<div class="meta">
    <time datetime=${at}></time>
    ${tools?.acts(message)} ${edits || revisions ? html`<span class="edited">${speech.say('edited')}</span>` : nothing}
  </div>`
}
