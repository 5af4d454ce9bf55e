import type { ConversationState } from '../session/conversation-state.ts'
import type { Say } from './tools-port.ts'
import { problemWords, replyWords } from './words.ts'

/** What a screen reader is told of a change: a reply once it is whole, never word by word; a refusal at once. */
export interface Announcement {
  readonly spoken?: string
  readonly alarm?: string
}

export function announcement(
  before: ConversationState,
  after: ConversationState,
  name: string,
  say: Say,
): Announcement | undefined {
  const problem =
    after.refusal !== before.refusal ? after.refusal : after.warning !== before.warning ? after.warning : null
  if (problem) return { alarm: say(problemWords(problem.code)[0]) }
  const streamed = before.messages.slice(-4).filter(({ streaming }) => streaming)
  const ended = after.messages
    .slice(-4)
    .find(({ messageId, streaming }) => !streaming && streamed.some((one) => one.messageId === messageId))
  if (ended?.outcome) {
    const note = replyWords(ended.outcome, ended.reason)
    // (Without the marks of Markdown, which are there for the eye.)
    const said = `${say('twin_said', { name })} ${ended.text.replace(/[*`#>|]+/g, '')}${note ? ` ${say(note)}` : ''}`
    return ended.outcome === 'failed' ? { alarm: said } : { spoken: said }
  }
  if (after.activeTurnId !== null && before.activeTurnId === null) return { spoken: say('thinking', { name }) }
  if (after.line !== before.line && after.line === 'offline') return { spoken: say('offline') }
  return undefined
}
