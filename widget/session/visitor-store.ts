/**
 * What a page remembers of its visitor: the secret, their conversations, and messages the room has not acknowledged.
 * Opening it is the first storage access there is, so it waits for the visitor's first act.
 */
import type { PageContext } from '../../schema/wire/frames.ts'
import { MAX_CONVERSATIONS_A_VISITOR, VISITOR_SECRET_BYTES } from '../../schema/wire/limits.ts'
import type { ConversationList } from './conversation-list.ts'
import { isConversationNumber } from './is-conversation-number.ts'
import { pageContext } from './page-context.ts'
import { randomText } from './random-text.ts'
import { readMembers } from './read-members.ts'
import type { Persistence } from './twin-session.ts'
import { openVisitorArea } from './visitor-area.ts'

/** A message on its way to the room. */
export interface OutboxEntry {
  readonly messageId: string
  readonly text: string
  readonly at: string
  readonly context?: PageContext
}

export interface VisitorStore {
  readonly secret: string
  /** Which of the visitor's conversations is shown, from 0. */
  conversation(): number
  /** Shows another; false when there can be no such number. */
  turnTo(number: number): boolean
  /** Turns to a conversation that has never been. */
  turnToFresh(): void
  /** The list, once it was brought. */
  readonly list: ConversationList | undefined
  bringList(): Promise<ConversationList>
  /** Unacknowledged messages of a conversation, oldest first. */
  outbox(number: number): readonly OutboxEntry[]
  /** Keeps a message until it is settled; false when too many wait already. */
  keep(number: number, entry: OutboxEntry): boolean
  settle(number: number, messageId: string): void
}

/** More unsent messages than anybody writes on a dead line. */
const MAX_OUTBOX = 50

/** Opens the store of one namespace, and makes the secret when there is none. */
export function openVisitorStore(namespace: string, persist: Persistence): VisitorStore {
  const area = openVisitorArea(`${namespace}:`, persist)
  // One key a message: two tabs that write at once cannot lose each other's words.
  const outboxOf = (number: number): string => `outbox:${number}:`
  const numberIn = (name: string): number => {
    const number = Number(area.get(name))
    return isConversationNumber(number) ? number : 0
  }
  const conversation = (): number => numberIn('conversation')
  /** No number is used twice, whatever is forgotten: the highest is kept apart. */
  const highest = (): number => Math.max(numberIn('highest'), conversation())
  let list: ConversationList | undefined

  function turnTo(number: number): boolean {
    if (!isConversationNumber(number)) return false
    area.set('highest', String(Math.max(highest(), number)))
    area.set('conversation', String(number))
    return true
  }

  let secret = area.get('secret')
  // (The last character of 256 bits carries four of them.)
  if (!/^[\w-]{42}[AEIMQUYcgkosw048]$/.test(secret)) {
    secret = randomText(VISITOR_SECRET_BYTES)
    area.set('secret', secret)
  }

  return {
    secret,
    conversation,
    turnTo,
    turnToFresh: () => void turnTo(Math.min(highest() + 1, MAX_CONVERSATIONS_A_VISITOR - 1)),
    get list() {
      return list
    },
    async bringList() {
      const { openConversationList } = await import('./conversation-list.ts')
      return (list ??= openConversationList(area))
    },
    outbox(number) {
      const entries = area.names(outboxOf(number)).flatMap((messageId): OutboxEntry[] => {
        const { text, at, context } = readMembers(area.get(outboxOf(number) + messageId))
        if (typeof text !== 'string' || typeof at !== 'string') return []
        const page = pageContext(context)
        return [{ messageId, text, at, ...(page && { context: page }) }]
      })
      return entries.sort((one, other) => (one.at < other.at ? -1 : 1))
    },
    keep(number, { messageId, ...entry }) {
      if (area.names(outboxOf(number)).length >= MAX_OUTBOX) return false
      area.set(outboxOf(number) + messageId, JSON.stringify(entry))
      return true
    },
    settle: (number, messageId) => area.remove(outboxOf(number) + messageId),
  }
}
