/**
 * What a page remembers of its visitor: the secret, their conversations, and messages the room has not acknowledged.
 * Opening it is the first storage access there is, so it waits for the visitor's first act.
 */
import type { PageContext } from '../../schema/wire/frames.ts'
import { MAX_CONVERSATIONS_A_VISITOR, VISITOR_SECRET_BYTES } from '../../schema/wire/limits.ts'
import { conversationTitle } from './conversation-title.ts'
import { pageContext } from './page-context.ts'
import type { KeptConversation, Persistence } from './twin-session.ts'
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
  /** What is remembered of them, newest first. */
  conversations(): readonly Omit<KeptConversation, 'current'>[]
  /** Something was said: `words` of the first question known; `isLater` when there may be an earlier one. */
  note(number: number, words: string, at: string, isLater: boolean): void
  /** An empty name brings back the beginning of the first question. */
  rename(number: number, name: string): void
  /** Remembers nothing of it; when it was shown, the newest other is, or a fresh one. */
  remove(number: number): void
  /** Unacknowledged messages of a conversation, oldest first. */
  outbox(number: number): readonly OutboxEntry[]
  /** Keeps a message until it is settled; false when too many wait already. */
  keep(number: number, entry: OutboxEntry): boolean
  settle(number: number, messageId: string): void
}

/** More unsent messages than anybody writes on a dead line. */
const MAX_OUTBOX = 50
/** Conversations in the list; older ones leave the list alone. */
const MAX_LISTED = 200

/** Opens the store of one namespace, and makes the secret when there is none. */
export function openVisitorStore(namespace: string, persist: Persistence): VisitorStore {
  const area = openVisitorArea(`${namespace}:`, persist)
  // One key a message: two tabs that write at once cannot lose each other's words. One a conversation, likewise.
  const outboxOf = (number: number): string => `outbox:${number}:`
  const numberIn = (name: string): number => {
    const number = Number(area.get(name))
    return isNumber(number) ? number : 0
  }
  const conversation = (): number => numberIn('conversation')

  function noted(number: number): Noted {
    const { title, name, at } = read(area.get(`talk:${number}`))
    return {
      title: typeof title === 'string' ? conversationTitle(title) : '',
      name: typeof name === 'string' ? conversationTitle(name) : '',
      at: typeof at === 'string' && Date.parse(at) ? at : '',
    }
  }
  const write = (number: number, next: Noted): void => area.set(`talk:${number}`, JSON.stringify(next))

  function conversations(): Omit<KeptConversation, 'current'>[] {
    const known = area.names('talk:').flatMap((name) => {
      const number = Number(name)
      const { title, name: called, at } = noted(number)
      return isNumber(number) && at ? { number, title: called || title, at } : []
    })
    return known.sort((one, other) => (one.at > other.at ? -1 : 1))
  }

  /** No number is used twice, whatever is forgotten: the highest is kept apart. */
  function highest(): number {
    const most = Math.max(numberIn('highest'), conversation(), ...conversations().map(({ number }) => number))
    area.set('highest', String(most))
    return most
  }

  function turnTo(number: number): boolean {
    if (!isNumber(number)) return false
    area.set('highest', String(Math.max(highest(), number)))
    area.set('conversation', String(number))
    return true
  }
  const turnToFresh = (): void => void turnTo(Math.min(highest() + 1, MAX_CONVERSATIONS_A_VISITOR - 1))

  let secret = area.get('secret')
  // (The last character of 256 bits carries four of them.)
  if (!/^[\w-]{42}[AEIMQUYcgkosw048]$/.test(secret)) {
    secret = base64Url(crypto.getRandomValues(new Uint8Array(VISITOR_SECRET_BYTES)))
    area.set('secret', secret)
  }

  return {
    secret,
    conversation,
    turnTo,
    turnToFresh,
    conversations,
    note(number, words, at, isLater) {
      const { title, name, at: before } = noted(number)
      const next = (isLater && title) || conversationTitle(words)
      if (next === title && at === before) return
      write(number, { title: next, name, at })
      if (!before) for (const old of conversations().slice(MAX_LISTED)) area.remove(`talk:${old.number}`)
    },
    rename(number, name) {
      const old = noted(number)
      write(number, { ...old, name: conversationTitle(name) })
    },
    remove(number) {
      highest()
      area.remove(`talk:${number}`)
      for (const messageId of area.names(outboxOf(number))) area.remove(outboxOf(number) + messageId)
      if (conversation() !== number) return
      const [newest] = conversations()
      if (newest) turnTo(newest.number)
      else turnToFresh()
    },
    outbox(number) {
      const entries = area.names(outboxOf(number)).flatMap((messageId): OutboxEntry[] => {
        const { text, at, context } = read(area.get(outboxOf(number) + messageId))
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

interface Noted {
  readonly title: string
  readonly name: string
  /** Empty when nothing is known. */
  readonly at: string
}

function isNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < MAX_CONVERSATIONS_A_VISITOR
}

/** The members of what was kept; none where it was spoilt. */
function read(kept: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(kept))
  } catch {
    return {}
  }
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (char) => (char === '+' ? '-' : char === '/' ? '_' : ''))
}
