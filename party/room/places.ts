/** How many messages a conversation still has room for, replies to come included, and the one notice of its end. */
import { MAX_CONVERSATION_MESSAGES, NEARLY_FULL_MESSAGES } from '../../schema/wire/limits.ts'
import type { Facts } from './facts.ts'
import type { Journal } from './journal.ts'
import type { Transcript } from './transcript.ts'
import type { Turns } from './turns.ts'

export interface Places {
  left(): number
  /** The notice, where it is due. Call it in the transaction that took a place. */
  noticeOnce(): string[]
}

export interface PlacesParts {
  readonly facts: Facts
  readonly journal: Journal
  readonly transcript: Transcript
  readonly turns: Turns
}

/** The places of a conversation. */
export function countPlaces({ facts, journal, transcript, turns }: PlacesParts): Places {
  function left(): number {
    return Math.max(0, MAX_CONVERSATION_MESSAGES - transcript.count() - turns.unreplied())
  }

  return {
    left,
    noticeOnce() {
      if (transcript.count() < NEARLY_FULL_MESSAGES || facts.read('noticed') === true) return []
      facts.write('noticed', true)
      return [journal.append({ type: 'notice', notice: 'conversation_nearly_full', placesLeft: left() })]
    },
  }
}
