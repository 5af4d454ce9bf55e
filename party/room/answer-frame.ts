/** What a room does with each frame of a client. One line a rule; the parts do the work. */
import type {
  ClientFrame,
  ErrorFrame,
  HelloFrame,
  MessageEditFrame,
  HistoryGetFrame,
  MarkFrame,
  MessageSendFrame,
  PersonLineFrame,
  ReplyRateFrame,
  ReplyRetryFrame,
  ServerFrame,
  TypedFrame,
  TypingFrame,
  WelcomeFrame,
} from '../../schema/wire/frames.ts'
import type { Listener, PacedListener, Speaker } from './connections.ts'
import { draftFrame, restingError, type Room } from './open-room.ts'
import type { Turn } from './turns.ts'

const FLOOD = 'Too much was said in a short time; please wait a little.'
const SLOWER = 'One thought at a time, please.'
const NO_TURN = 'No turn has this id here.'

/** Answers one frame of somebody who has said hello. Synchronous, so that frames of one room never interleave. */
export function answerFrame(room: Room, speaker: Speaker, frame: ClientFrame): void {
  switch (frame.type) {
    case 'hello':
    case 'history-get':
    case 'mark':
    case 'typing':
      return answerEither(room, speaker, frame)
    case 'message-send':
      return takeMessage(room, speaker, frame)
    case 'message-edit':
      return ofTurn(room, speaker, frame.turnId, (turn) => editMessage(room, speaker, turn, frame))
    case 'reply-stop':
      return ofTurn(room, speaker, frame.turnId, (turn) => stopReply(room, turn))
    case 'reply-retry':
      return ofTurn(room, speaker, frame.turnId, (turn) => retryReply(room, speaker, turn, frame))
    case 'reply-rate':
      return ofTurn(room, speaker, frame.turnId, (turn) => rateReply(room, speaker, turn, frame))
  }
}

/** Answers what visitors and people may ask alike. */
export function answerEither(
  room: Room,
  speaker: Speaker,
  frame: HelloFrame | HistoryGetFrame | MarkFrame | TypingFrame,
): void {
  switch (frame.type) {
    case 'hello':
      return refuse(room, speaker, 'frame_invalid', 'A connection says hello first, and once.')
    case 'mark':
      if (speaker.confirm(frame.seq, (seq) => room.journal.replayAfter(seq))) return
      return refuse(room, speaker, 'frame_invalid', 'This line was not asked what it has read.')
    case 'history-get': {
      const page = room.transcript.page(frame.before, room.conversation.running(), frame.limit)
      return send(speaker, { type: 'history-page', seq: room.journal.lastSeq, ...page })
    }
    case 'typing':
      return relayTyping(room, speaker)
  }
}

/** A connection's first frame, whatever it is. */
export function answerFirstFrame(room: Room, listener: PacedListener, frame: ClientFrame | PersonLineFrame): void {
  if (frame.type !== 'hello') {
    const about =
      'messageId' in frame ? { messageId: frame.messageId } : 'turnId' in frame ? { turnId: frame.turnId } : {}
    return refuse(room, listener, 'frame_invalid', 'A connection says hello first, and once.', about)
  }
  const welcome = welcomeTo(room, listener, frame)
  listener.begin(JSON.stringify(welcome), welcome.resumed ? room.journal.replayAfter(frame.after ?? 0) : [])
  join(room, listener)
  wake(room)
}

/** From here on the line hears what everybody hears; a person is shown what waits for one. */
export function join({ presence, conversation, journal, lookAtBudget }: Room, listener: Listener): void {
  presence.arrive(listener)
  lookAtBudget(listener)
  const held = listener.holder.role === 'person' ? conversation.held() : undefined
  if (held) send(listener, draftFrame(held, journal.lastSeq))
}

/** What answers a hello; the frames that were missed follow it. */
export function welcomeTo(room: Room, { holder }: Listener, { after }: Pick<HelloFrame, 'after'>): WelcomeFrame {
  const { journal, transcript, turns, conversation, presence } = room
  const seq = journal.lastSeq
  const resumed = after !== null && after <= seq // a number from the future is no memory of this conversation
  const page = resumed ? { messages: [], before: null } : transcript.page(null, conversation.running())
  const controller = conversation.people.controller()
  const people = presence.people()
  const awaited = controller === 'human' ? undefined : turns.next() // a person's answer is nobody's turn
  return {
    type: 'welcome',
    seq,
    conversationId: holder.claims.conversationId,
    resumed,
    ...page,
    activeTurnId: (turns.current() ?? awaited)?.turnId ?? null,
    placesLeft: conversation.placesLeft(),
    ...(controller !== 'twin' && { controller }),
    ...(people.length > 0 && { people }),
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
  if (isNew && mustWait(room, speaker, frame, { messageId })) return
  const accepted = conversation.accept(frame, isoNow(room))
  if (accepted.status === 'full') {
    return refuse(room, speaker, 'conversation_full', 'This conversation is full; begin a new one.', { messageId })
  }
  connections.broadcast(accepted.frames) // before the ack, whose number must not overtake what it repeats
  if (isNew) turns.askedFrom(accepted.turnId, addressOf(speaker))
  send(speaker, { type: 'ack', seq: journal.lastSeq, messageId, turnId: accepted.turnId })
  room.wakeOutbox()
  wake(room)
  if (isNew) countSaid(room)
}

function editMessage(room: Room, speaker: Speaker, turn: Turn, frame: MessageEditFrame): void {
  const { conversation, connections, journal, transcript, turns } = room
  const { turnId } = turn
  const editable = conversation.editable(turn, frame.edits)
  if (editable === 'refused') {
    const detail = 'Only the newest message can be changed, one change at a time, and not while it is being answered.'
    return refuse(room, speaker, 'turn_not_editable', detail, { turnId })
  }
  if (editable === 'editable') {
    if (mustWait(room, speaker, frame, { turnId })) return
    connections.broadcast(conversation.edit(turn, frame, isoNow(room)))
    turns.askedFrom(turnId, addressOf(speaker))
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
  const frames = room.ratings.rate(turn, frame, isoNow(room))
  if (!frames) return refuse(room, speaker, 'turn_unknown', 'This turn has no finished reply.', { turnId })
  room.connections.broadcast(frames)
  room.wakeOutbox()
}

function stopReply(room: Room, { turnId, state }: Turn): void {
  const { conversation, connections, runner, turns, owner } = room
  const known = owner.read()
  if (!known || runner.stop(turnId, known.owner)) return
  if (state !== 'held') return turns.stopWaiting(turnId) // an ended one stays as it ended
  connections.broadcast(conversation.end(turnId, { outcome: 'stopped', model: null }, isoNow(room)) ?? [])
  room.replyEnded()
  wake(room)
}

function retryReply(
  room: Room,
  speaker: Speaker,
  { turnId, state, replied, byPerson }: Turn,
  frame: ReplyRetryFrame,
): void {
  const { turns, transcript } = room
  if (state !== 'ended') return // what is asked for is under way
  const outcome = byPerson || replied === null ? null : transcript.archived(replied)?.outcome
  if (outcome !== 'stopped' && outcome !== 'failed' && outcome !== 'interrupted') {
    return refuse(room, speaker, 'turn_not_retryable', 'This reply ended as it should.', { turnId })
  }
  if (mustWait(room, speaker, frame, { turnId })) return
  turns.requeue(turnId)
  turns.askedFrom(turnId, addressOf(speaker))
  wake(room)
  countSaid(room)
}

/**
 * What asks for a reply is refused while nobody pays for one, or the room, the visitor or the deployment has had its fill.
 * A budget may have been raised since: whoever asks is not refused before it was asked anew, and then the frame is answered.
 */
function mustWait(
  room: Room,
  speaker: Speaker,
  frame: MessageSendFrame | MessageEditFrame | ReplyRetryFrame,
  about: Pick<ErrorFrame, 'messageId' | 'turnId'>,
): boolean {
  const again = lookAgain(room, speaker)
  if (again) {
    again.then(() => answerStill(room, speaker, frame)).catch(room.report)
    return true
  }
  const rest = room.spending.rest()
  if (rest) {
    room.connections.sendError(speaker, { ...restingError(rest, room.journal.lastSeq), ...about })
    return true
  }
  const flooded = room.flood.waitSeconds()
  const retryAfterSeconds = flooded > 0 ? flooded : room.connections.messageWaitSeconds(room.now())
  if (retryAfterSeconds === 0) return false
  refuse(room, speaker, 'rate_limited', flooded > 0 ? FLOOD : SLOWER, { ...about, retryAfterSeconds })
  return true
}

/** Resolves once the budget of a resting room has said whether it still is; undefined: there is nothing to ask. */
export function lookAgain({ owner, spending }: Room, speaker: Speaker): Promise<void> | undefined {
  const known = owner.read()
  return known && spending.lookAgain({ owner: known.owner, address: addressOf(speaker) })
}

/** Whose line has ended meanwhile is not answered: what they sent stays with them. */
function answerStill(room: Room, speaker: Speaker, frame: ClientFrame): void {
  const isHere = room.connections.lines(speaker.holder.role).some(({ id }) => id === speaker.id)
  if (isHere && !room.conversation.isErased()) answerFrame(room, speaker, frame)
}

function countSaid({ owner, flood }: Room): void {
  const known = owner.read()
  if (known) flood.said(known.owner)
}

function addressOf({ holder }: Speaker): string | null {
  return holder.role === 'visitor' ? holder.claims.address : null
}

export function ofTurn(room: Room, speaker: Speaker, turnId: string, act: (turn: Turn) => void): void {
  const turn = room.turns.find(turnId)
  if (turn) act(turn)
  else refuse(room, speaker, 'turn_unknown', NO_TURN, { turnId })
}

export function refuse(
  room: Room,
  speaker: Speaker,
  code: ErrorFrame['code'],
  detail: string,
  about: Pick<ErrorFrame, 'messageId' | 'turnId' | 'retryAfterSeconds'> = {},
): void {
  room.connections.sendError(speaker, { seq: room.journal.lastSeq, code, detail, ...about })
}

export function send(speaker: Speaker, frame: ServerFrame): void {
  speaker.send(JSON.stringify(frame))
}

export function isoNow(room: Room): string {
  return new Date(room.now()).toISOString()
}

/** To the other side alone; whoever types too fast is heard again in a moment. A line that is behind has more to read. */
function relayTyping(room: Room, { holder, id }: Speaker): void {
  const { connections, journal } = room
  if (connections.typingWaitSeconds({ id }, room.now()) > 0) return
  const who = holder.role
  const name = holder.role === 'person' ? { name: holder.claims.name } : {}
  const frame: TypedFrame = { type: 'typing', seq: journal.lastSeq, who, ...name }
  connections.hint(who === 'person' ? 'visitor' : 'person', JSON.stringify(frame))
}
