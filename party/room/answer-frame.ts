/** What a room does with each frame of a client. One line a rule; the parts do the work. */
import type { ClientFrame, ErrorFrame, HelloFrame, MessageSendFrame, ServerFrame } from '../../schema/wire/frames.ts'
import type { SocketState, TwinConnection } from './connections.ts'
import type { Room } from './open-room.ts'

/** Answers one frame of a connection. Synchronous, so that frames of one room never interleave. */
export function answerFrame(room: Room, connection: TwinConnection, state: SocketState, frame: ClientFrame): void {
  const about = 'messageId' in frame ? { messageId: frame.messageId } : {}
  const isFirst = !state.greeted
  if (isFirst !== (frame.type === 'hello')) {
    return refuse(room, connection, 'frame_invalid', 'A connection says hello first, and once.', about)
  }
  switch (frame.type) {
    case 'hello':
      return welcome(room, connection, state, frame)
    case 'message-send':
      return takeMessage(room, connection, frame)
    case 'reply-stop':
      return stopReply(room, connection, frame.turnId)
    case 'reply-retry':
      return retryReply(room, connection, frame.turnId)
    case 'history-get': {
      const page = room.transcript.page(frame.before, room.journal.runningText(), frame.limit)
      return send(room, connection, { type: 'history-page', seq: room.journal.lastSeq, ...page })
    }
  }
}

function welcome(room: Room, connection: TwinConnection, { claims }: SocketState, { after }: HelloFrame): void {
  const { journal, transcript, turns, conversation, connections } = room
  const seq = journal.lastSeq
  const resumed = after !== null && after <= seq // a number from the future is no memory of this conversation
  const page = resumed ? { messages: [], before: null } : transcript.page(null, journal.runningText())
  send(room, connection, {
    type: 'welcome',
    seq,
    conversationId: claims.conversationId,
    resumed,
    ...page,
    activeTurnId: (turns.active() ?? turns.next())?.turnId ?? null,
    placesLeft: conversation.placesLeft(),
  })
  if (resumed) for (const frame of journal.replayAfter(after)) connections.send(connection, frame)
  connections.greet(connection, claims) // from here on it hears what everybody hears
  wake(room)
}

function takeMessage(room: Room, connection: TwinConnection, frame: MessageSendFrame): void {
  const { conversation, connections, journal, turns } = room
  const { messageId } = frame
  if (!turns.findByMessage(messageId)) {
    const retryAfterSeconds = connections.messageWaitSeconds(room.now())
    if (retryAfterSeconds > 0) {
      return refuse(room, connection, 'rate_limited', 'One thought at a time, please.', {
        messageId,
        retryAfterSeconds,
      })
    }
  }
  const accepted = conversation.accept(frame, new Date(room.now()).toISOString())
  if (accepted.status === 'full') {
    return refuse(room, connection, 'conversation_full', 'This conversation is full; begin a new one.', { messageId })
  }
  connections.broadcast(accepted.frames) // before the ack, whose number must not overtake what it repeats
  send(room, connection, { type: 'ack', seq: journal.lastSeq, messageId, turnId: accepted.turnId })
  room.wakeOutbox()
  wake(room)
}

function stopReply(room: Room, connection: TwinConnection, turnId: string): void {
  const { turns, runner, owner } = room
  const known = owner.read()
  const turn = turns.find(turnId)
  if (!turn || !known) return refuse(room, connection, 'turn_unknown', 'No turn has this id here.', { turnId })
  if (!runner.stop(turnId, known.owner)) turns.stopWaiting(turnId) // an ended one stays as it ended: the end is on its way
}

function retryReply(room: Room, connection: TwinConnection, turnId: string): void {
  const { turns, transcript, connections } = room
  const turn = turns.find(turnId)
  if (!turn) return refuse(room, connection, 'turn_unknown', 'No turn has this id here.', { turnId })
  if (turn.state !== 'ended' || turn.replied === null) return // what is asked for is under way
  const outcome = transcript.archived(turn.replied)?.outcome
  if (outcome !== 'stopped' && outcome !== 'failed' && outcome !== 'interrupted') {
    return refuse(room, connection, 'turn_not_retryable', 'This reply ended as it should.', { turnId })
  }
  const retryAfterSeconds = connections.messageWaitSeconds(room.now())
  if (retryAfterSeconds > 0) {
    return refuse(room, connection, 'rate_limited', 'One thought at a time, please.', { turnId, retryAfterSeconds })
  }
  turns.requeue(turnId)
  wake(room)
}

function wake(room: Room): void {
  const known = room.owner.read()
  if (known) room.wakeTurns(known.owner)
}

function refuse(
  room: Room,
  connection: TwinConnection,
  code: ErrorFrame['code'],
  detail: string,
  about: Pick<ErrorFrame, 'messageId' | 'turnId' | 'retryAfterSeconds'>,
): void {
  room.connections.sendError(connection, { seq: room.journal.lastSeq, code, detail, ...about })
}

function send(room: Room, connection: TwinConnection, frame: ServerFrame): void {
  room.connections.send(connection, JSON.stringify(frame))
}
