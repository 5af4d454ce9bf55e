/**
 * The one reply that is under way, from its beginning to its end, each step one transaction. Under a person's eyes it is
 * written out of sight and held: no visitor is sent a character of it before it is released. Knows no models.
 */
import { newId } from '../../schema/domain/id.ts'
import type { PersonClaims } from '../../schema/domain/claims.ts'
import type { TurnEnd } from '../core/run-turn.ts'
import type { Control } from './control.ts'
import type { Draft, DraftEnd } from './draft.ts'
import type { Journal } from './journal.ts'
import type { Outbox } from './outbox.ts'
import type { Places } from './places.ts'
import type { Ratings } from './ratings.ts'
import type { RoomStorage } from './room-storage.ts'
import type { RunningReply, Transcript } from './transcript.ts'
import type { Turn, Turns } from './turns.ts'

/** A released reply is sent in pieces, each of which fits a frame in whatever script it is written. */
const PIECE_CHARS = 8_000

export interface Replies {
  /** Begins the reply of the next turn in line, if no other is under way and no person answers. */
  beginNext(at: string): { readonly turn: Turn; readonly frames: readonly string[] } | undefined
  /** The reply under way as visitors see it: nothing of one that is written out of sight. */
  running(): RunningReply | undefined
  /** What the reply under way says so far, seen or not. */
  written(): string
  /** More text of the reply under way. */
  say(text: string): readonly string[]
  /** Ends or holds the reply under way. Undefined, when that turn's is not under way: it has ended already. */
  end(turnId: string, end: TurnEnd, at: string): readonly string[] | undefined
  /** After a wake no model can be speaking: a reply that is marked so was cut off by the room's end. */
  recover(at: string): readonly string[]
  /** The reply that waits for a person. */
  held(): { readonly turnId: string; readonly text: string } | undefined
  /** Says the held reply, as it is or in other words. Undefined, when that turn's is not held. */
  release(turnId: string, words: string | undefined, person: PersonClaims, at: string): readonly string[] | undefined
}

export interface RepliesParts {
  readonly storage: RoomStorage
  readonly journal: Journal
  readonly transcript: Transcript
  readonly turns: Turns
  readonly ratings: Ratings
  readonly outbox: Outbox
  readonly control: Control
  readonly draft: Draft
  readonly places: Places
}

/** The replies in a room's storage. */
export function openReplies(parts: RepliesParts): Replies {
  const { storage, journal, transcript, turns, ratings, outbox, control, draft, places } = parts
  let shown = journal.runningText()
  let isDrafted = turns.active()?.drafted ?? false

  function endReply(turn: Turn, end: TurnEnd, at: string): string[] {
    const { turnId, drafted, state } = turn
    const { breach, outcome } = end
    if (breach) outbox.addFlag({ id: newId(), turnId, reason: breach.reason, rule: breach.rule, at })
    const isVoid = outcome === 'stopped' || outcome === 'interrupted' // whoever asked for it does not want it any more
    if (drafted && state === 'active' && !isVoid && draft.text() !== '') {
      draft.close(end)
      turns.hold(turnId)
      return [journal.append({ type: 'reply-held', turnId })]
    }
    const model = draft.end()?.model ?? end.model
    draft.discard()
    return [...conclude(turn, { ...end, model }), ...places.noticeOnce()]
  }

  function conclude({ turnId, replied }: Turn, { outcome, reason, sources, followUps, model }: DraftEnd): string[] {
    if (replied === null) return []
    journal.compact()
    transcript.endReply(replied, { text: shown, outcome, reason, sources, followUps, model })
    turns.end(turnId)
    outbox.addMessage(replied)
    shown = ''
    const end = journal.append({
      type: 'reply-end',
      turnId,
      outcome,
      ...(reason && { reason }),
      ...(sources?.length && { sources }),
      ...(followUps?.length && { followUps }),
    })
    return [end]
  }

  function held(): { readonly turn: Turn; readonly end: DraftEnd } | undefined {
    const turn = turns.current()
    const end = draft.end()
    return turn?.state === 'held' && end ? { turn, end } : undefined
  }

  return {
    beginNext(at) {
      if (control.current() === 'human') return undefined
      return storage.transactionSync(() => {
        const turn = turns.current() ? undefined : turns.next()
        if (!turn) return undefined
        const { turnId } = turn
        const drafted = control.current() === 'held'
        const id = newId<'message'>()
        const position = turn.replied ?? transcript.add({ id, messageId: id, turnId, role: 'twin', text: '', at })
        const rated = ratings.withdraw(turn, at)
        if (turn.replied !== null) transcript.clearReply(position, at)
        turns.begin(turnId, position, drafted)
        draft.discard()
        shown = ''
        isDrafted = drafted
        const messageId = turn.replied === null ? id : (transcript.archived(position)?.id ?? id)
        const start = journal.append({ type: 'reply-start', position, messageId, turnId, at })
        const begun: Turn = { ...turn, replied: position, state: 'active', attempts: turn.attempts + 1, drafted }
        return { turn: begun, frames: [...rated, start] }
      })
    },
    running() {
      const turn = turns.current()
      return turn && { turnId: turn.turnId, text: shown, held: turn.state === 'held' }
    },
    written: () => (isDrafted ? draft.text() : shown),
    say(text) {
      if (isDrafted) {
        draft.add(text)
        return []
      }
      const frame = journal.appendDelta(text)
      shown += text
      return [frame]
    },
    end(turnId, end, at) {
      const turn = turns.current()
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
    held() {
      const waits = held()
      return waits && { turnId: waits.turn.turnId, text: draft.text() }
    },
    release(turnId, words, { personId, name }, at) {
      const waits = held()
      if (waits?.turn.turnId !== turnId) return undefined
      const { turn, end } = waits
      return storage.transactionSync(() => {
        const changed = words !== undefined && words !== draft.text()
        const text = changed ? words : draft.text()
        const said = pieces(text).map((piece) => journal.appendDelta(piece))
        shown = text
        draft.discard()
        // what the twin was cut off from, or failed at, a person has put right
        const { reason: _reason, ...well } = end
        const frames = [...said, ...conclude(turn, changed ? { ...well, outcome: 'answered' } : end)]
        if (changed && turn.replied !== null) {
          transcript.revise(turn.replied, text, 1, personId)
          frames.push(journal.append({ type: 'reply-revised', turnId, text, revisions: 1 }))
        }
        const payload = { act: 'reply_released', turnId, changed, person: name }
        outbox.addEvent({ id: newId(), type: 'STAKEHOLDER_APPROVAL', actor: personId, payload, at })
        return [...frames, ...places.noticeOnce()]
      })
    },
  }
}

/** Cut between characters, never inside a surrogate pair. */
function pieces(text: string): string[] {
  const cut: string[] = []
  for (let from = 0; from < text.length;) {
    let to = from + PIECE_CHARS
    const last = text.charCodeAt(to - 1)
    if (last >= 0xd800 && last <= 0xdbff) to -= 1
    cut.push(text.slice(from, to))
    from = to
  }
  return cut
}
