/**
 * What may happen in a conversation, each step one transaction: rows, numbers and outbox agree or nothing happened.
 * Returns the frames as they go onto the wire; knows no sockets and no models.
 */
import { newId } from '../../schema/domain/id.ts'
import type { MessageEditFrame, MessageSendFrame } from '../../schema/wire/frames.ts'
import { MAX_CONVERSATION_MESSAGES, NEARLY_FULL_MESSAGES } from '../../schema/wire/limits.ts'
import type { TurnEnd } from '../core/run-turn.ts'
import type { Facts } from './facts.ts'
import type { Journal } from './journal.ts'
import type { Outbox } from './outbox.ts'
import type { Ratings } from './ratings.ts'
import type { RoomStorage } from './room-storage.ts'
import type { RunningReply, Transcript } from './transcript.ts'
import type { Turn, Turns } from './turns.ts'

/** A turn takes a place for its question and one for its reply. */
const PLACES_A_TURN = 2

export interface Accepted {
  readonly status: 'accepted' | 'known' | 'full'
  readonly turnId: string
  readonly frames: readonly string[]
}

export interface Conversation {
  /** Messages there is still room for; replies to come are counted already. */
  placesLeft(): number
  accept(frame: Pick<MessageSendFrame, 'messageId' | 'text' | 'context'>, at: string): Accepted
  /** May this change be made? `known`: it was made already. */
  editable(turn: Turn, edits: number): 'editable' | 'known' | 'refused'
  /** Makes a change that is `editable`: the turn waits to be answered anew. */
  edit(turn: Turn, frame: Pick<MessageEditFrame, 'text' | 'edits'>, at: string): readonly string[]
  /** Begins the reply of the next turn in line, if no other is being written. */
  beginNext(at: string): { readonly turn: Turn; readonly frames: readonly string[] } | undefined
  running(): RunningReply | undefined
  /** More text of the running reply. */
  say(text: string): string
  /** Ends the running reply. Undefined, when that turn's is not the running one: it has ended already. */
  end(turnId: string, end: TurnEnd, at: string): readonly string[] | undefined
  /** After a wake no reply can be running: one that is marked so was cut off by the room's end. */
  recover(at: string): readonly string[]
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
export function openConversation({
  storage,
  facts,
  journal,
  transcript,
  turns,
  ratings,
  outbox,
}: ConversationParts): Conversation {
  let running = journal.runningText()
  let erased = facts.read('erasedAt') !== undefined

  function occupied(): number {
    return transcript.count() + turns.unreplied()
  }

  function placesLeft(): number {
    return Math.max(0, MAX_CONVERSATION_MESSAGES - occupied())
  }

  function noticeOnce(): string[] {
    if (transcript.count() < NEARLY_FULL_MESSAGES || facts.read('noticed') === true) return []
    facts.write('noticed', true)
    return [journal.append({ type: 'notice', notice: 'conversation_nearly_full', placesLeft: placesLeft() })]
  }

  function endReply(turn: Turn, { outcome, reason, sources, followUps, breach, model }: TurnEnd, at: string): string[] {
    const { turnId, replied } = turn
    if (replied === null) return []
    journal.compact()
    transcript.endReply(replied, { text: running, outcome, reason, sources, followUps, model })
    turns.end(turnId)
    outbox.addMessage(replied)
    if (breach) outbox.addFlag({ id: newId(), turnId, reason: breach.reason, rule: breach.rule, at })
    running = ''
    const end = journal.append({
      type: 'reply-end',
      turnId,
      outcome,
      ...(reason && { reason }),
      ...(sources?.length && { sources }),
      ...(followUps?.length && { followUps }),
    })
    return [end, ...noticeOnce()]
  }

  return {
    placesLeft,
    accept({ messageId, text, context }, at) {
      const known = turns.findByMessage(messageId)
      if (known) return { status: 'known', turnId: known.turnId, frames: [] }
      if (placesLeft() < PLACES_A_TURN) return { status: 'full', turnId: '', frames: [] }
      return storage.transactionSync(() => {
        const turnId = newId<'turn'>()
        const position = transcript.add({ id: newId(), messageId, turnId, role: 'visitor', text, at })
        turns.add(turnId, position, context)
        outbox.addMessage(position)
        const added = journal.append({ type: 'message-added', position, messageId, turnId, text, at })
        return { status: 'accepted' as const, turnId, frames: [added, ...noticeOnce()] }
      })
    },
    editable(turn, edits) {
      const present = transcript.edits(turn.asked)
      if (edits <= present) return 'known'
      return edits === present + 1 && turn.state === 'ended' && turns.isNewest(turn) ? 'editable' : 'refused'
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
    beginNext(at) {
      return storage.transactionSync(() => {
        const turn = turns.active() ? undefined : turns.next()
        if (!turn) return undefined
        const { turnId } = turn
        const id = newId<'message'>()
        const position = turn.replied ?? transcript.add({ id, messageId: id, turnId, role: 'twin', text: '', at })
        const rated = ratings.withdraw(turn, at)
        if (turn.replied !== null) transcript.clearReply(position, at)
        turns.begin(turnId, position)
        running = ''
        const messageId = transcript.archived(position)?.id ?? id
        const start = journal.append({ type: 'reply-start', position, messageId, turnId, at })
        const begun: Turn = { ...turn, replied: position, state: 'active', attempts: turn.attempts + 1 }
        return { turn: begun, frames: [...rated, start] }
      })
    },
    running() {
      const turn = turns.active()
      return turn && { turnId: turn.turnId, text: running }
    },
    say(text) {
      const frame = journal.appendDelta(text)
      running += text
      return frame
    },
    end(turnId, end, at) {
      const turn = turns.active()
      if (turn?.turnId !== turnId) return undefined
      return storage.transactionSync(() => endReply(turn, end, at))
    },
    recover(at) {
      const turn = turns.active()
      if (!turn) return []
      return storage.transactionSync(() =>
        endReply(turn, { outcome: 'interrupted', reason: 'room_restarted', model: null }, at),
      )
    },
    erase(at) {
      storage.transactionSync(() => {
        if (transcript.count() > 0) outbox.erase() // where nothing was said the archive knows nothing
        for (const part of [journal, transcript, turns]) part.erase()
        facts.forget('context', 'noticed')
        facts.write('erasedAt', at)
      })
      running = ''
      erased = true
    },
    isErased: () => erased,
  }
}
