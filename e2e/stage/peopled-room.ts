/**
 * A room that remembers, with a person of the twin's side in it whom a test plays: numbers what happens, tells every tab
 * and welcomes each with how things stand.
 */
import type {
  ClientFrame,
  Controller,
  ConversationFrame,
  MessageRecord,
  ServerFrame,
} from '../../schema/wire/frames.ts'
import type { Stage, StagedRoom } from './open-stage.ts'

export const PERSON = 'Maya'

type Numbered<Frame> = Frame extends { readonly seq: number } ? Omit<Frame, 'seq'> : never

export interface PeopledRoom extends StagedRoom {
  /** Every tab of this stage hears the room. */
  enter(stage: Stage): void
  /** The person comes or goes. */
  present(isHere: boolean): void
  writing(): void
  turn(controller: Controller): void
  say(text: string): void
  /** Begins the reply to what was asked last, with these words; without an end it goes on. */
  answer(text: string): void
  end(ending?: Pick<MessageRecord, 'outcome' | 'reason'>): void
  /** The reply is written, and waits. */
  hold(): void
  /** Lets it go, in words that may be others than it had. */
  release(text: string): void
  revise(text: string): void
}

/** `at`: when all of it happens. */
export function peopledRoom(at: string): PeopledRoom {
  const records: MessageRecord[] = []
  let stage: Stage | undefined
  let seq = 0
  let controller: Controller = 'twin'
  let people: readonly string[] = []
  let asked: string[] = []
  let replying: string | undefined

  const tell = (frame: ServerFrame): void => {
    for (const socket of stage?.sockets ?? []) socket.send(JSON.stringify(frame))
  }
  const write = (frame: Numbered<ConversationFrame>): void => tell({ ...frame, seq: ++seq })
  function change(by: (reply: MessageRecord) => MessageRecord): MessageRecord {
    const index = records.findLastIndex(({ role }) => role === 'twin')
    const before = records[index]
    if (!before) throw new Error('There is no reply')
    return (records[index] = by(before))
  }
  function take(frame: ClientFrame, say: (frame: ServerFrame) => void): void {
    if (frame.type === 'reply-stop') return room.end({ outcome: 'stopped' })
    if (frame.type !== 'message-send') return
    const { messageId, text } = frame
    const turnId = `t-${messageId}`
    const message = { position: records.length + 1, messageId, turnId, text, at }
    records.push({ ...message, role: 'visitor' })
    asked.push(turnId)
    write({ type: 'message-added', ...message })
    say({ type: 'ack', seq, messageId, turnId })
  }

  const room: PeopledRoom = {
    take,
    get messages() {
      return records
    },
    get welcome() {
      const activeTurnId = replying ?? asked[0] ?? null
      return { seq, activeTurnId, ...(controller !== 'twin' && { controller }), ...(people.length > 0 && { people }) }
    },
    enter(entered) {
      stage = entered
    },
    present(isHere) {
      people = isHere ? [PERSON] : []
      tell({ type: 'presence', seq, visitor: true, people })
    },
    writing: () => tell({ type: 'typing', seq, who: 'person', name: PERSON }),
    turn(next) {
      controller = next
      write({ type: 'controller-changed', controller, person: PERSON, at })
    },
    say(text) {
      const position = records.length + 1
      const message = { position, messageId: `p${position}`, turnId: `p${position}`, text, at, author: PERSON }
      records.push({ ...message, role: 'person' })
      asked = asked.filter((turnId) => turnId === replying)
      write({ type: 'message-added', ...message })
    },
    answer(text) {
      const turnId = asked[0]
      if (turnId === undefined) throw new Error('Nothing was asked')
      replying = turnId
      const reply = { position: records.length + 1, messageId: `r-${turnId}`, turnId, at }
      records.push({ ...reply, role: 'twin', text })
      write({ type: 'reply-start', ...reply })
      if (text) tell([++seq, text])
    },
    end(ending = { outcome: 'answered' }) {
      const { outcome = 'answered', reason } = ending
      const { turnId } = change(({ held: _held, ...reply }) => ({ ...reply, ...ending }))
      asked = asked.filter((one) => one !== turnId)
      replying = undefined
      write({ type: 'reply-end', turnId, outcome, ...(reason && { reason }) })
    },
    hold() {
      const { turnId } = change((reply) => ({ ...reply, held: true }))
      write({ type: 'reply-held', turnId })
    },
    release(text) {
      change((reply) => ({ ...reply, text }))
      tell([++seq, text])
      room.end()
    },
    revise(text) {
      const { turnId, revisions = 1 } = change((reply) => ({ ...reply, text, revisions: (reply.revisions ?? 0) + 1 }))
      write({ type: 'reply-revised', turnId, text, revisions })
    },
  }
  return room
}
