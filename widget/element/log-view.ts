/** The conversation from its greeting to its newest line. */
import { html, nothing, type TemplateResult } from 'lit'
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import type { ConversationState, ShownMessage } from '../session/conversation-state.ts'
import { personsUpTo } from '../session/persons-up-to.ts'
import { greetingView } from './greeting-view.ts'
import { messageList, type Item } from './message-list.ts'
import type { PeopleLook } from './people-port.ts'
import { metaView, twinMessageView, visitorMessageView, type MessageSetting } from './message-view.ts'
import { questionsView } from './questions-view.ts'

export interface Log extends MessageSetting {
  readonly config: TwinConfig
  readonly conversation: ConversationState
  readonly running: boolean
  readonly thinking: boolean
  readonly disabled: boolean
  readonly people: PeopleLook | undefined
  /** Another number: what stands may look different, though no message has changed. */
  readonly round: number
  readonly onAsk: (question: string) => void
  readonly onOlder: () => void
  /** There are more messages to be made, when there is time. */
  readonly onRest: () => void
}

export function logView(log: Log): TemplateResult {
  const { config, conversation, running, thinking, disabled, people, onAsk, onOlder, onRest } = log
  const listed = items(log)
  const { say } = log.speech
  const { messages, hasOlder, loadingOlder, line } = conversation
  const { name } = config.twin
  const newest = messages.at(-1)
  const followUps = newest?.outcome === 'answered' && !running && line !== 'closed' ? newest.followUps : undefined
  return html`<div class="column">
    ${
      hasOlder
        ? html`<button class="act older" type="button" ?disabled=${loadingOlder} @click=${onOlder}>
            ${say(loadingOlder ? 'older_loading' : 'older')}
          </button>`
        : greetingView({ say, config, first: messages.length === 0, asking: line !== 'closed', disabled, onAsk })
    }
    ${messageList(people?.items(listed, conversation) ?? listed, onRest)}
    ${followUps?.length ? questionsView({ questions: followUps, label: say('follow_ups'), disabled, onAsk }) : nothing}
    ${
      thinking
        ? html`<p class="thinking" part="thinking"><span class="ring"></span>${say('thinking', { name })}</p>`
        : nothing
    }
  </div>`
}

const dayView = (day: string): TemplateResult | typeof nothing => (day ? html`<p class="day">${day}</p>` : nothing)

/** Asked a thousand times a frame, answered once for each instant. */
const days = new Map<string, string>()
function dayOf({ at }: ShownMessage): string {
  const day = days.get(at) ?? new Date(at).toDateString()
  days.set(at, day)
  return day
}

/** Each message, and before the first of another day that day. */
function items(log: Log): Item[] {
  const { config, conversation, speech, running, round, people } = log
  const { messages, hasOlder, line } = conversation
  const { name } = config.twin
  const today = new Date().toDateString()
  const upTo = personsUpTo(conversation)
  const isAway = line === 'offline' || line === 'reconnecting'
  let dayBefore = hasOlder ? '' : today
  return messages.map((message, index) => {
    const { messageId, at, role, text, streaming, delivery, position = 0 } = message
    const day = dayOf(message)
    const turned = day !== dayBefore
    dayBefore = day
    // What can be done with the newest depends on what the others do.
    const around = index < messages.length - 4 ? '' : `${messages.length - index} ${line} ${running}`
    const waiting = isAway && delivery === 'pending'
    return {
      key: messageId,
      seen: [message, turned, waiting, around, today, speech, config, round, upTo],
      view: () =>
        html`${turned ? dayView(speech.dayOf(at)) : nothing}
        ${
          role === 'visitor'
            ? visitorMessageView(message, waiting, log)
            : (people?.message(message, () => metaView(message, log)) ??
              (text === '' && streaming
                ? nothing
                : twinMessageView(message, name, config.imageHosts, log, position > upTo)))
        }`,
    }
  })
}
