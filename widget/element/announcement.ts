import type { ConversationState } from '../session/conversation-state.ts'
import { offlineWords, problemWords, replyWords } from './words.ts'

/** What a screen reader is told of a change: a reply once it is whole, never word by word; a refusal at once. */
export interface Announcement {
  readonly spoken?: string
  readonly alarm?: string
}

export function announcement(
  before: ConversationState,
  after: ConversationState,
  name: string,
): Announcement | undefined {
  const problem =
    after.refusal !== before.refusal ? after.refusal : after.warning !== before.warning ? after.warning : null
  if (problem) return { alarm: problemWords(problem.code).text }
  const streamed = before.messages.slice(-4).filter(({ streaming }) => streaming)
  const ended = after.messages
    .slice(-4)
    .find(({ messageId, streaming }) => !streaming && streamed.some((one) => one.messageId === messageId))
  if (ended?.outcome) {
    const note = replyWords(ended.outcome, ended.reason)
    const said = `${name}: ${ended.text}`
    return ended.outcome === 'failed' ? { alarm: `${said} ${note ?? ''}` } : { spoken: note ? `${said} ${note}` : said }
  }
  if (after.activeTurnId !== null && before.activeTurnId === null) return { spoken: `${name} is thinking` }
  if (after.line !== before.line && after.line === 'offline') return { spoken: offlineWords }
  return undefined
}
