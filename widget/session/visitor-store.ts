/**
 * What a page remembers of its visitor: the secret, which conversation it is, and messages the room has not acknowledged.
 * Opening it is the first storage access there is, so it waits for the visitor's first act. Where storage is blocked or
 * full, memory serves until the page goes.
 */
import { MAX_CONVERSATIONS_A_VISITOR, VISITOR_SECRET_BYTES } from '../../schema/wire/limits.ts'

/** A message on its way to the room. */
export interface OutboxEntry {
  readonly messageId: string
  readonly text: string
  readonly at: string
}

export interface VisitorStore {
  readonly secret: string
  /** Which of the visitor's conversations, from 0. */
  conversation(): number
  /** Turns to the next conversation; what was still on its way in this one is dropped. */
  nextConversation(): number
  /** Unacknowledged messages of a conversation, oldest first. */
  outbox(): readonly OutboxEntry[]
  /** Keeps a message until it is settled; false when too many wait already. */
  keep(entry: OutboxEntry): boolean
  settle(messageId: string): void
}

/** More unsent messages than anybody writes on a dead line. */
const MAX_OUTBOX = 50

/** Opens the visitor's store of one deployment, and makes the secret when there is none. */
export function openVisitorStore(deploymentId: string): VisitorStore {
  const prefix = `twin:${deploymentId}:`
  const area = guardedStorage()
  const outboxPrefix = (): string => `${prefix}outbox:${conversation()}:`

  // One key a message: two tabs that write at once cannot lose each other's words.
  function outboxKeys(): string[] {
    const own = outboxPrefix()
    return area.keys().filter((key) => key.startsWith(own))
  }

  function conversation(): number {
    const number = Number(area.get(`${prefix}conversation`))
    return Number.isInteger(number) && number >= 0 && number < MAX_CONVERSATIONS_A_VISITOR ? number : 0
  }

  let secret = area.get(`${prefix}secret`)
  if (!secret || !/^[\w-]{43}$/.test(secret)) {
    secret = base64Url(crypto.getRandomValues(new Uint8Array(VISITOR_SECRET_BYTES)))
    area.set(`${prefix}secret`, secret)
  }

  return {
    secret,
    conversation,
    nextConversation() {
      for (const key of outboxKeys()) area.remove(key)
      const next = Math.min(conversation() + 1, MAX_CONVERSATIONS_A_VISITOR - 1)
      area.set(`${prefix}conversation`, String(next))
      return next
    },
    outbox() {
      const skip = outboxPrefix().length
      const entries = outboxKeys().flatMap((key) => entryOf(key.slice(skip), area.get(key)))
      return entries.sort((one, other) => (one.at < other.at ? -1 : 1))
    },
    keep({ messageId, text, at }) {
      if (outboxKeys().length >= MAX_OUTBOX) return false
      area.set(outboxPrefix() + messageId, JSON.stringify({ text, at }))
      return true
    },
    settle(messageId) {
      area.remove(outboxPrefix() + messageId)
    },
  }
}

/** Storage is the page's, and anything on it may have written there. */
function entryOf(messageId: string, stored: string | null): OutboxEntry[] {
  try {
    const value: unknown = JSON.parse(stored ?? '')
    if (typeof value !== 'object' || value === null || !('text' in value) || !('at' in value)) return []
    const { text, at } = value
    return typeof text === 'string' && typeof at === 'string' ? [{ messageId, text, at }] : []
  } catch {
    return []
  }
}

interface Area {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}

/** localStorage where it works, memory where it does not; even reading the property may throw. */
function guardedStorage(): Area {
  const memory = new Map<string, string>()
  const attempt = <T>(act: () => T, otherwise: T): T => {
    try {
      return act()
    } catch {
      return otherwise
    }
  }
  return {
    get: (key) => memory.get(key) ?? attempt(() => localStorage.getItem(key), null),
    set(key, value) {
      const kept = attempt(() => {
        localStorage.setItem(key, value)
        return true
      }, false)
      if (kept) memory.delete(key)
      else memory.set(key, value)
    },
    remove(key) {
      memory.delete(key)
      attempt(() => localStorage.removeItem(key), undefined)
    },
    keys() {
      const stored = attempt(
        () => Array.from({ length: localStorage.length }, (_none, at) => localStorage.key(at) ?? ''),
        [],
      )
      return [...new Set([...stored, ...memory.keys()])]
    },
  }
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (char) => (char === '+' ? '-' : char === '/' ? '_' : ''))
}
