/** The conversation from its greeting to its newest line. */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import type { ConversationState } from '../session/conversation-state.ts'
import { dayOf } from './days.ts'
import { greetingView } from './greeting-view.ts'
import { twinMessageView, visitorMessageView, type MessageActs } from './message-view.ts'

export interface Log extends MessageActs {
  readonly config: TwinConfig
  readonly conversation: ConversationState
  readonly thinking: boolean
  readonly disabled: boolean
  readonly onAsk: (question: string) => void
  readonly onOlder: () => void
}

export function logView(log: Log): TemplateResult {
  const { config, conversation, thinking, disabled, onAsk, onOlder } = log
  const { messages, hasOlder, loadingOlder, line } = conversation
  const { name } = config.twin
  const today = dayOf(new Date().toISOString())
  const waiting = line === 'offline' || line === 'reconnecting'
  let shownDay = hasOlder ? '' : today
  return html`<div class="column">
    ${
      hasOlder
        ? html`<button class="act older" type="button" ?disabled=${loadingOlder} @click=${onOlder}>
            ${loadingOlder ? 'Fetching earlier messages…' : 'Earlier messages'}
          </button>`
        : greetingView({ config, first: messages.length === 0, asking: line !== 'closed', disabled, onAsk })
    }
    ${repeat(
      messages,
      ({ messageId }) => messageId,
      (message) => {
        const day = dayOf(message.at)
        const turned = day !== shownDay
        shownDay = day
        return html`${turned && day ? html`<p class="day">${day === today ? 'Today' : day}</p>` : nothing}
        ${
          message.role === 'visitor'
            ? visitorMessageView(message, waiting, log)
            : message.text === '' && message.streaming
              ? nothing
              : twinMessageView(message, name, log)
        }`
      },
    )}
    ${thinking ? html`<p class="thinking" part="thinking"><span class="ring"></span>${name} is thinking</p>` : nothing}
  </div>`
}
