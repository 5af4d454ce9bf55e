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
import type { Listener, PacedListener, Speaker } from './connections.ts'
import type { Room } from './open-room.ts'
import type { Turn } from './turns.ts'

const FLOOD = 'Too much was said in a short time; please wait a little.'
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
    case 'mark':
      if (speaker.confirm(frame.seq, (seq) => room.journal.replayAfter(seq))) return
      return refuse(room, speaker, 'frame_invalid', 'This line was not asked what it has read.')
    case 'history-get': {
      const page = room.transcript.page(frame.before, room.conversation.running(), frame.limit)
      return send(speaker, { type: 'history-page', seq: room.journal.lastSeq, ...page })
    }
  }
}

/** A connection's first frame, whatever it is. */
export function answerFirstFrame(room: Room, listener: PacedListener, frame: ClientFrame): void {
  if (frame.type !== 'hello') {
    const about =
      'messageId' in frame ? { messageId: frame.messageId } : 'turnId' in frame ? { turnId: frame.turnId } : {}
    return refuse(room, listener, 'frame_invalid', 'A connection says hello first, and once.', about)
  }
  const welcome = welcomeTo(room, listener, frame)
  listener.begin(JSON.stringify(welcome), welcome.resumed ? room.journal.replayAfter(frame.after ?? 0) : [])
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
  const isNew = !turns.findByMessage(messageId)
  if (isNew && mustWait(room, speaker, { messageId })) return
  const accepted = conversation.accept(frame, now(room))
  if (accepted.status === 'full') {
    return refuse(room, speaker, 'conversation_full', 'This conversation is full; begin a new one.', { messageId })
  }
  connections.broadcast(accepted.frames) // before the ack, whose number must not overtake what it repeats
  send(speaker, { type: 'ack', seq: journal.lastSeq, messageId, turnId: accepted.turnId })
  room.wakeOutbox()
  wake(room)
  if (isNew) countSaid(room)
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
    if (mustWait(room, speaker, { turnId })) return
    connections.broadcast(conversation.edit(turn, frame, now(room)))
    countSaid(room)
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
  const { turns, transcript } = room
  if (state !== 'ended' || replied === null) return // what is asked for is under way
  const outcome = transcript.archived(replied)?.outcome
  if (outcome !== 'stopped' && outcome !== 'failed' && outcome !== 'interrupted') {
    return refuse(room, speaker, 'turn_not_retryable', 'This reply ended as it should.', { turnId })
  }
  if (mustWait(room, speaker, { turnId })) return
  turns.requeue(turnId)
  wake(room)
  countSaid(room)
}

/** What asks for a reply is refused while the room, the visitor or the deployment has had its fill. */
function mustWait(room: Room, speaker: Speaker, about: Pick<ErrorFrame, 'messageId' | 'turnId'>): boolean {
  const flooded = room.flood.waitSeconds()
  const retryAfterSeconds = flooded > 0 ? flooded : room.connections.messageWaitSeconds(room.now())
  if (retryAfterSeconds === 0) return false
  refuse(room, speaker, 'rate_limited', flooded > 0 ? FLOOD : SLOWER, { ...about, retryAfterSeconds })
  return true
}

function countSaid({ owner, flood }: Room): void {
  const known = owner.read()
  if (known) flood.said(known.owner)
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
