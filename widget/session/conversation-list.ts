/**
 * The visitor's list of conversations, as their browser remembers it: beginnings, names and times; the words are the
 * room's. Brought when there is something to list.
 */
import { conversationTitle } from './conversation-title.ts'
import { isConversationNumber } from './is-conversation-number.ts'
import { readMembers } from './read-members.ts'
import type { KeptConversation } from './twin-session.ts'
import type { VisitorArea } from './visitor-area.ts'

export interface ConversationList {
  /** Newest first. */
  all(): readonly Omit<KeptConversation, 'current'>[]
  /** Something was said: `words` of the first question known; `isLater` when there may be an earlier one. */
  note(number: number, words: string, at: string, isLater: boolean): void
  /** An empty name brings back the beginning of the first question. */
  rename(number: number, name: string): void
  remove(number: number): void
}

interface Noted {
  readonly title: string
  readonly name: string
  /** Empty when nothing is known. */
  readonly at: string
}

/** Conversations in the list; older ones leave the list alone. */
const MAX_LISTED = 200

// One key a conversation: two tabs that write at once cannot lose each other's.
const keyOf = (number: number | string): string => `talk:${number}`

/** The list in a visitor's area. */
export function openConversationList(area: VisitorArea): ConversationList {
  function noted(number: number): Noted {
    const { title, name, at } = readMembers(area.get(keyOf(number)))
    return {
      title: typeof title === 'string' ? conversationTitle(title) : '',
      name: typeof name === 'string' ? conversationTitle(name) : '',
      at: typeof at === 'string' && Date.parse(at) ? at : '',
    }
  }

  function write(number: number, next: Noted): void {
    // whoever has left in the meantime has no secret any more, and nothing is kept of them
    if (area.get('secret')) area.set(keyOf(number), JSON.stringify(next))
  }

  function all(): Omit<KeptConversation, 'current'>[] {
    const known = area.names(keyOf('')).flatMap((name) => {
      const number = Number(name)
      const { title, name: called, at } = noted(number)
      return isConversationNumber(number) && at ? { number, title: called || title, at } : []
    })
    return known.sort((one, other) => (one.at > other.at ? -1 : 1))
  }

  return {
    all,
    note(number, words, at, isLater) {
      const { title, name, at: before } = noted(number)
      const next = (isLater && title) || conversationTitle(words)
      if (next === title && at === before) return
      write(number, { title: next, name, at })
      if (!before) for (const old of all().slice(MAX_LISTED)) area.remove(keyOf(old.number))
    },
    rename(number, name) {
      write(number, { ...noted(number), name: conversationTitle(name) })
    },
    remove: (number) => area.remove(keyOf(number)),
  }
}
