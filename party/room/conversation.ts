/**
 * What may happen in a conversation, each step one transaction: rows, numbers and outbox agree or nothing happened.
 * Returns the frames as they go onto the wire; knows no sockets and no models.
 */
import { newId } from '../../schema/domain/id.ts'
import type { MessageEditFrame, MessageSendFrame } from '../../schema/wire/frames.ts'
import { openControl } from './control.ts'
import { openDraft } from './draft.ts'
import type { Facts } from './facts.ts'
import type { Journal } from './journal.ts'
import type { Outbox } from './outbox.ts'
import { openPeople, type People } from './people.ts'
import { countPlaces } from './places.ts'
import type { Ratings } from './ratings.ts'
import { openReplies, type Replies } from './replies.ts'
import type { RoomStorage } from './room-storage.ts'
import type { Transcript } from './transcript.ts'
import type { Turn, Turns } from './turns.ts'

/** A turn takes a place for its question and one for its reply. */
const PLACES_A_TURN = 2

export interface Accepted {
  readonly status: 'accepted' | 'known' | 'full'
  readonly turnId: string
  readonly frames: readonly string[]
}

export interface Conversation extends Replies {
  readonly people: People
  /** Messages there is still room for; replies to come are counted already. */
  placesLeft(): number
  accept(frame: Pick<MessageSendFrame, 'messageId' | 'text' | 'context'>, at: string): Accepted
  /** May this change be made? `known`: it was made already. */
  editable(turn: Turn, edits: number): 'editable' | 'known' | 'refused'
  /** Makes a change that is `editable`: the turn waits to be answered anew. */
  edit(turn: Turn, frame: Pick<MessageEditFrame, 'text' | 'edits'>, at: string): readonly string[]
  /** Forgets everything that was said, for good. Nothing may be written after it. */
  erase(at: string): void
  isErased(): boolean
}

export interface ConversationParts {
  readonly storage: RoomStorage
  readonly facts: Facts
  readonly journal: Journal
  readonly transcript: Transcript
  readonly turns: Turns
  readonly ratings: Ratings
  readonly outbox: Outbox
}

/** The conversation in a room's storage. */
export function openConversation(parts: ConversationParts): Conversation {
  const { storage, facts, journal, transcript, turns, ratings, outbox } = parts
  const control = openControl(facts)
  const draft = openDraft(storage, facts)
  const places = countPlaces(parts)
  let erased = facts.read('erasedAt') !== undefined

  return {
    ...openReplies({ ...parts, control, draft, places }),
    people: openPeople({ ...parts, control, places }),
    placesLeft: () => places.left(),
    accept({ messageId, text, context }, at) {
      const known = turns.findByMessage(messageId)
      if (known) return { status: 'known', turnId: known.turnId, frames: [] }
      if (places.left() < PLACES_A_TURN) return { status: 'full', turnId: '', frames: [] }
      return storage.transactionSync(() => {
        const turnId = newId<'turn'>()
        const position = transcript.add({ id: newId(), messageId, turnId, role: 'visitor', text, at })
        turns.add(turnId, position, context)
        outbox.addMessage(position)
        const added = journal.append({ type: 'message-added', position, messageId, turnId, text, at })
        return { status: 'accepted' as const, turnId, frames: [added, ...places.noticeOnce()] }
      })
    },
    editable(turn, edits) {
      const present = transcript.edits(turn.asked)
      if (edits <= present) return 'known'
      const isOver = turn.state === 'ended' && !turn.byPerson && turns.isNewest(turn)
      return edits === present + 1 && isOver ? 'editable' : 'refused'
    },
    edit(turn, { text, edits }, at) {
      const { turnId, asked, replied } = turn
      return storage.transactionSync(() => {
        transcript.edit(asked, text, edits)
        outbox.addMessage(asked)
        const edited = journal.append({ type: 'message-edited', turnId, text, edits })
        const rated = ratings.withdraw(turn, at)
        if (replied !== null) {
          transcript.clearReply(replied, at) // nobody reads the old reply below the new question, here or in the archive
          outbox.addMessage(replied)
        }
        turns.requeue(turnId, 'changed')
        return [edited, ...rated]
      })
    },
    erase(at) {
      storage.transactionSync(() => {
        if (transcript.count() > 0) outbox.erase() // where nothing was said the archive knows nothing
        for (const part of [journal, transcript, turns, control]) part.erase()
        draft.discard()
        facts.forget('context', 'noticed')
        facts.write('erasedAt', at)
      })
      erased = true
    },
    isErased: () => erased,
  }
}
