/** What a room does with each frame of a client. One line a rule; the parts do the work. */
import type {
  ClientFrame,
  ErrorFrame,
  HelloFrame,
  MessageEditFrame,
  MessageSendFrame,
  ReplyRateFrame,
  ServerFrame,
  WelcomeFrame,
} from '../../schema/wire/frames.ts'
import type { Listener, Speaker } from './connections.ts'
import type { Room } from './open-room.ts'
import type { Turn } from './turns.ts'

const SLOWER = 'One thought at a time, please.'
const NO_TURN = 'No turn has this id here.'

/** Answers one frame of somebody who has said hello. Synchronous, so that frames of one room never interleave. */
export function answerFrame(room: Room, speaker: Speaker, frame: ClientFrame): void {
  switch (frame.type) {
    case 'hello':
      return refuse(room, speaker, 'frame_invalid', 'A connection says hello first, and once.')
    case 'message-send':
      return takeMessage(room, speaker, frame)
    case 'message-edit':
      return ofTurn(room, speaker, frame.turnId, (turn) => editMessage(room, speaker, turn, frame))
    case 'reply-stop':
      return ofTurn(room, speaker, frame.turnId, (turn) => stopReply(room, turn))
    case 'reply-retry':
      return ofTurn(room, speaker, frame.turnId, (turn) => retryReply(room, speaker, turn))
    case 'reply-rate':
      return ofTurn(room, speaker, frame.turnId, (turn) => rateReply(room, speaker, turn, frame))
    case 'history-get': {
      const page = room.transcript.page(frame.before, room.conversation.running(), frame.limit)
      return send(speaker, { type: 'history-page', seq: room.journal.lastSeq, ...page })
    }
  }
}

/** A connection's first frame, whatever it is. */
export function answerFirstFrame(room: Room, listener: Listener, frame: ClientFrame): void {
  if (frame.type !== 'hello') {
    const about =
      'messageId' in frame ? { messageId: frame.messageId } : 'turnId' in frame ? { turnId: frame.turnId } : {}
    return refuse(room, listener, 'frame_invalid', 'A connection says hello first, and once.', about)
  }
  const welcome = welcomeTo(room, listener, frame)
  send(listener, welcome)
  if (welcome.resumed) for (const missed of room.journal.replayAfter(frame.after ?? 0)) listener.send(missed)
  room.connections.greet(listener) // from here on it hears what everybody hears
  wake(room)
}

/** What answers a hello; the frames that were missed follow it. */
export function welcomeTo(room: Room, { claims }: Listener, { after }: Pick<HelloFrame, 'after'>): WelcomeFrame {
  const { journal, transcript, turns, conversation } = room
  const seq = journal.lastSeq
  const resumed = after !== null && after <= seq // a number from the future is no memory of this conversation
  const page = resumed ? { messages: [], before: null } : transcript.page(null, conversation.running())
  return {
    type: 'welcome',
    seq,
    conversationId: claims.conversationId,
    resumed,
    ...page,
    activeTurnId: (turns.active() ?? turns.next())?.turnId ?? null,
    placesLeft: conversation.placesLeft(),
  }
}

/** Whatever waits to be answered is begun: somebody is here, or a turn was put in line. */
export function wake(room: Room): void {
  const known = room.owner.read()
  if (known) room.wakeTurns(known.owner)
}

function takeMessage(room: Room, speaker: Speaker, frame: MessageSendFrame): void {
  const { conversation, connections, journal, turns } = room
  const { messageId } = frame
  if (!turns.findByMessage(messageId)) {
    const retryAfterSeconds = connections.messageWaitSeconds(room.now())
    if (retryAfterSeconds > 0) {
      return refuse(room, speaker, 'rate_limited', SLOWER, { messageId, retryAfterSeconds })
    }
  }
  const accepted = conversation.accept(frame, now(room))
  if (accepted.status === 'full') {
    return refuse(room, speaker, 'conversation_full', 'This conversation is full; begin a new one.', { messageId })
  }
  connections.broadcast(accepted.frames) // before the ack, whose number must not overtake what it repeats
  send(speaker, { type: 'ack', seq: journal.lastSeq, messageId, turnId: accepted.turnId })
  room.wakeOutbox()
  wake(room)
}

function editMessage(room: Room, speaker: Speaker, turn: Turn, frame: MessageEditFrame): void {
  const { conversation, connections, journal, transcript } = room
  const { turnId } = turn
  const editable = conversation.editable(turn, frame.edits)
  if (editable === 'refused') {
    const detail = 'Only the newest message can be changed, one change at a time, and not while it is being answered.'
    return refuse(room, speaker, 'turn_not_editable', detail, { turnId })
  }
  if (editable === 'editable') {
    const retryAfterSeconds = connections.messageWaitSeconds(room.now())
    if (retryAfterSeconds > 0) return refuse(room, speaker, 'rate_limited', SLOWER, { turnId, retryAfterSeconds })
    connections.broadcast(conversation.edit(turn, frame, now(room)))
  }
  const messageId = transcript.messageId(turn.asked)
  send(speaker, { type: 'ack', seq: journal.lastSeq, messageId, turnId }) // durable, now or since before
  room.wakeOutbox()
  wake(room)
}

function rateReply(room: Room, speaker: Speaker, turn: Turn, frame: ReplyRateFrame): void {
  const { turnId } = turn
  const retryAfterSeconds = room.connections.ratingWaitSeconds(room.now())
  if (retryAfterSeconds > 0) return refuse(room, speaker, 'rate_limited', SLOWER, { turnId, retryAfterSeconds })
  const frames = room.ratings.rate(turn, frame, now(room))
  if (!frames) return refuse(room, speaker, 'turn_unknown', 'This turn has no finished reply.', { turnId })
  room.connections.broadcast(frames)
  room.wakeOutbox()
}

function stopReply({ runner, turns, owner }: Room, { turnId }: Turn): void {
  const known = owner.read()
  if (known && !runner.stop(turnId, known.owner)) turns.stopWaiting(turnId) // an ended one stays as it ended
}

function retryReply(room: Room, speaker: Speaker, { turnId, state, replied }: Turn): void {
  const { turns, transcript, connections } = room
  if (state !== 'ended' || replied === null) return // what is asked for is under way
  const outcome = transcript.archived(replied)?.outcome
  if (outcome !== 'stopped' && outcome !== 'failed' && outcome !== 'interrupted') {
    return refuse(room, speaker, 'turn_not_retryable', 'This reply ended as it should.', { turnId })
  }
  const retryAfterSeconds = connections.messageWaitSeconds(room.now())
  if (retryAfterSeconds > 0) return refuse(room, speaker, 'rate_limited', SLOWER, { turnId, retryAfterSeconds })
  turns.requeue(turnId)
  wake(room)
}

function ofTurn(room: Room, speaker: Speaker, turnId: string, act: (turn: Turn) => void): void {
  const turn = room.turns.find(turnId)
  if (turn) act(turn)
  else refuse(room, speaker, 'turn_unknown', NO_TURN, { turnId })
}

function refuse(
  room: Room,
  speaker: Speaker,
  code: ErrorFrame['code'],
  detail: string,
  about: Pick<ErrorFrame, 'messageId' | 'turnId' | 'retryAfterSeconds'> = {},
): void {
  room.connections.sendError(speaker, { seq: room.journal.lastSeq, code, detail, ...about })
}

function send(speaker: Speaker, frame: ServerFrame): void {
  speaker.send(JSON.stringify(frame))
}

function now(room: Room): string {
  return new Date(room.now()).toISOString()
}
