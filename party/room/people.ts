/**
 * What people of the celebrity's side may do in a conversation, each step one transaction. A person's words are not run
 * through the guardrails: whoever says them answers for them, and stands in the record.
 */
import type { PersonClaims } from '../../schema/domain/claims.ts'
import { newId } from '../../schema/domain/id.ts'
import type { Controller, PersonSendFrame, ReplyReviseFrame } from '../../schema/wire/frames.ts'
import { MAX_CONVERSATION_MESSAGES } from '../../schema/wire/limits.ts'
import type { ArchivedEvent } from '../core/ports.ts'
import type { Control } from './control.ts'
import type { Journal } from './journal.ts'
import type { Outbox } from './outbox.ts'
import type { Places } from './places.ts'
import type { RoomStorage } from './room-storage.ts'
import type { Transcript } from './transcript.ts'
import type { Turn, Turns } from './turns.ts'

export interface Handover {
  readonly status: 'changed' | 'same' | 'reply_held'
  readonly frames: readonly string[]
}

export interface Said {
  /** `talking`: the twin is, where visitors hear it. */
  readonly status: 'said' | 'known' | 'talking' | 'full'
  readonly turnId: string
  readonly frames: readonly string[]
}

export interface Revised {
  readonly status: 'revised' | 'known' | 'refused'
  readonly frames: readonly string[]
}

export interface People {
  controller(): Controller
  /** Whoever takes the conversation over has to end the reply under way next. */
  setController(controller: Controller, person: PersonClaims, at: string): Handover
  /** Takes one place, and ends every turn that waits: it is answered. */
  say(frame: Pick<PersonSendFrame, 'messageId' | 'text'>, person: PersonClaims, at: string): Said
  /** Changes a reply that has ended. */
  revise(turn: Turn, frame: Pick<ReplyReviseFrame, 'text' | 'revisions'>, person: PersonClaims, at: string): Revised
}

export interface PeopleParts {
  readonly storage: RoomStorage
  readonly journal: Journal
  readonly transcript: Transcript
  readonly turns: Turns
  readonly outbox: Outbox
  readonly control: Control
  readonly places: Places
}

/** People upon a room's storage. */
export function openPeople({ storage, journal, transcript, turns, outbox, control, places }: PeopleParts): People {
  function record(type: ArchivedEvent['type'], { personId, name }: PersonClaims, payload: object, at: string): void {
    outbox.addEvent({ id: newId(), type, actor: personId, payload: { ...payload, person: name }, at })
  }

  /** A turn that waits is answered. Where it had a reply that was to begin anew, that one is over. */
  function close({ turnId, replied }: Turn): string[] {
    turns.endByPerson(turnId)
    if (replied === null) return []
    const text = transcript.archived(replied)?.text ?? ''
    transcript.endReply(replied, { text, outcome: 'stopped', reason: 'taken_over', model: null })
    outbox.addMessage(replied)
    return [journal.append({ type: 'reply-end', turnId, outcome: 'stopped', reason: 'taken_over' })]
  }

  /** Where the twin is heard, or is about to be, a person takes over first: the two never talk at once. */
  function isTwinTalking(): boolean {
    const turn = turns.current()
    if (turn && !turn.drafted) return true
    return control.current() === 'twin' && turns.next() !== undefined
  }

  return {
    controller: () => control.current(),
    setController(controller, person, at) {
      const before = control.current()
      if (before === controller) return { status: 'same', frames: [] }
      if (controller === 'twin' && turns.current()?.drafted) return { status: 'reply_held', frames: [] }
      return storage.transactionSync(() => {
        control.set(controller)
        record('CONFIGURATION_CHANGE', person, { act: 'controller_changed', controller, before }, at)
        const changed = journal.append({ type: 'controller-changed', controller, person: person.name, at })
        return { status: 'changed' as const, frames: [changed] }
      })
    },
    say({ messageId, text }, person, at) {
      const known = transcript.turnOfPerson(messageId)
      if (known !== undefined) return { status: 'known', turnId: known, frames: [] }
      if (isTwinTalking()) return { status: 'talking', turnId: '', frames: [] }
      // what waits needs no second place any more, and a reply under way has taken its own
      if (transcript.count() + 1 > MAX_CONVERSATION_MESSAGES) return { status: 'full', turnId: '', frames: [] }
      return storage.transactionSync(() => {
        const ended = turns.waiting().flatMap(close)
        const turnId = newId<'turn'>()
        const { name: author } = person
        const position = transcript.add({ id: newId(), messageId, turnId, role: 'person', text, at, author: person })
        outbox.addMessage(position)
        const added = journal.append({ type: 'message-added', position, messageId, turnId, text, at, author })
        return { status: 'said' as const, turnId, frames: [...ended, added, ...places.noticeOnce()] }
      })
    },
    revise({ turnId, state, replied }, { text, revisions }, person, at) {
      if (state !== 'ended' || replied === null) return { status: 'refused', frames: [] }
      const present = transcript.revisions(replied)
      if (revisions <= present) return { status: 'known', frames: [] }
      if (revisions !== present + 1) return { status: 'refused', frames: [] }
      return storage.transactionSync(() => {
        transcript.revise(replied, text, revisions, person.personId)
        outbox.addMessage(replied)
        record('STAKEHOLDER_APPROVAL', person, { act: 'reply_revised', turnId, revisions }, at)
        return {
          status: 'revised' as const,
          frames: [journal.append({ type: 'reply-revised', turnId, text, revisions })],
        }
      })
    },
  }
}
