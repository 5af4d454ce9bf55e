/** What a room does with each frame of a person of the celebrity's side. One line a rule; the parts do the work. */
import type { PersonClaims } from '../../schema/domain/claims.ts'
import type {
  ControllerSetFrame,
  PersonLineFrame,
  PersonSendFrame,
  ReplyReleaseFrame,
  ReplyReviseFrame,
} from '../../schema/wire/frames.ts'
import { answerEither, isoNow, ofTurn, refuse, send, wake } from './answer-frame.ts'
import type { Speaker } from './connections.ts'
import type { Room } from './open-room.ts'
import type { Turn } from './turns.ts'

const SLOWER = 'One act at a time, please.'

/** Answers one frame of a person who has said hello. Synchronous, as for visitors. */
export function answerPersonFrame(room: Room, speaker: Speaker, person: PersonClaims, frame: PersonLineFrame): void {
  switch (frame.type) {
    case 'hello':
    case 'history-get':
    case 'mark':
    case 'typing':
      return answerEither(room, speaker, frame)
    case 'controller-set':
      return act(room, speaker, {}, () => setController(room, speaker, person, frame))
    case 'person-send':
      return act(room, speaker, { messageId: frame.messageId }, () => takeMessage(room, speaker, person, frame))
    case 'reply-release':
      return ofTurn(room, speaker, frame.turnId, (turn) =>
        act(room, speaker, { turnId: frame.turnId }, () => releaseReply(room, speaker, turn, person, frame)),
      )
    case 'reply-revise':
      return ofTurn(room, speaker, frame.turnId, (turn) =>
        act(room, speaker, { turnId: frame.turnId }, () => reviseReply(room, speaker, turn, person, frame)),
      )
  }
}

/** Whatever a person did: it is archived, and what may be answered now is begun. */
function act(room: Room, speaker: Speaker, about: { messageId?: string; turnId?: string }, does: () => void): void {
  const retryAfterSeconds = room.connections.personWaitSeconds(room.now())
  if (retryAfterSeconds > 0) return refuse(room, speaker, 'rate_limited', SLOWER, { ...about, retryAfterSeconds })
  does()
  room.wakeOutbox()
  wake(room)
}

function setController(room: Room, speaker: Speaker, person: PersonClaims, { controller }: ControllerSetFrame): void {
  const { conversation, connections } = room
  const { status, frames } = conversation.people.setController(controller, person, isoNow(room))
  if (status === 'reply_held') {
    const turnId = conversation.running()?.turnId
    const detail = 'A reply is being held: release it first, or take the conversation over.'
    return refuse(room, speaker, 'reply_held', detail, turnId === undefined ? {} : { turnId })
  }
  connections.broadcast(frames)
  if (status === 'changed' && controller === 'human') silenceTwin(room)
}

/** The reply under way ends here, whether anybody has read of it or not, and its model is aborted. */
function silenceTwin(room: Room): void {
  const { conversation, connections, runner, owner } = room
  const running = conversation.running()
  const known = owner.read()
  if (!running || !known || runner.stop(running.turnId, known.owner, 'taken_over')) return
  const end = { outcome: 'stopped', reason: 'taken_over', model: null } as const
  connections.broadcast(conversation.end(running.turnId, end, isoNow(room)) ?? [])
}

function takeMessage(room: Room, speaker: Speaker, person: PersonClaims, frame: PersonSendFrame): void {
  const { conversation, connections, journal } = room
  const { messageId } = frame
  const said = conversation.people.say(frame, person, isoNow(room))
  if (said.status === 'full') {
    return refuse(room, speaker, 'conversation_full', 'This conversation is full.', { messageId })
  }
  if (said.status === 'talking') {
    const detail = 'The twin is answering: take the conversation over first.'
    return refuse(room, speaker, 'conflict', detail, { messageId })
  }
  connections.broadcast(said.frames) // before the ack, whose number must not overtake what it repeats
  send(speaker, { type: 'ack', seq: journal.lastSeq, messageId, turnId: said.turnId })
}

function releaseReply(
  room: Room,
  speaker: Speaker,
  { turnId }: Turn,
  person: PersonClaims,
  { text }: ReplyReleaseFrame,
): void {
  const frames = room.conversation.release(turnId, text, person, isoNow(room))
  if (!frames) return refuse(room, speaker, 'reply_not_held', 'No reply of this turn waits for a person.', { turnId })
  room.connections.broadcast(frames)
  room.replyEnded()
}

function reviseReply(room: Room, speaker: Speaker, turn: Turn, person: PersonClaims, frame: ReplyReviseFrame): void {
  const { conversation, connections, journal, transcript } = room
  const { turnId } = turn
  const { status, frames } = conversation.people.revise(turn, frame, person, isoNow(room))
  if (status === 'refused') {
    const detail = 'Only a reply of the twin that has ended can be changed, one change at a time.'
    return refuse(room, speaker, 'reply_not_revisable', detail, { turnId })
  }
  connections.broadcast(frames)
  const messageId = turn.replied === null ? '' : transcript.messageId(turn.replied)
  send(speaker, { type: 'ack', seq: journal.lastSeq, messageId, turnId }) // durable, now or since before
}
