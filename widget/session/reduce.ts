/**
 * Makes the conversation's state from the room's frames and the visitor's acts. Pure: no clock, no socket, no storage.
 * However frames are dropped, repeated or replayed, the transcript is that of an undisturbed line.
 */
import type {
  ConversationFrame,
  ControlFrame,
  ErrorFrame,
  ReplyDeltaFrame,
  ReplyEndFrame,
  ServerFrame,
  WelcomeFrame,
} from '../../schema/wire/frames.ts'
import { MAX_CONVERSATION_MESSAGES } from '../../schema/wire/limits.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'
import type { ConversationModel } from './conversation-model.ts'
import type { ConversationState, Line, People, Refusal, ShownMessage } from './conversation-state.ts'
import { isPassing } from './is-passing.ts'
import { change, place, prepend, replace, shownMessage } from './transcript.ts'

/** What happened: a frame of the room, an act of the visitor, a change of the line. */
export type SessionEvent =
  | { readonly type: 'frame'; readonly frame: ServerFrame }
  | { readonly type: 'line'; readonly line: Line }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'acted' }
  /** The visitor's list of conversations is another. */
  | { readonly type: 'listed' }
  | { readonly type: 'older-asked' }
  /** The visitor wrote a message; `problem` when it was refused on the spot. */
  | {
      readonly type: 'said'
      readonly messageId: string
      readonly text: string
      readonly at: string
      readonly problem?: ProblemCode
    }
  | { readonly type: 'given-up'; readonly messageId: string; readonly problem: ProblemCode }

/** The next model. */
export function reduce(model: ConversationModel, event: SessionEvent): ConversationModel {
  switch (event.type) {
    case 'frame':
      return isDelta(event.frame) || isNumbered(event.frame) ? inOrder(model, event.frame) : control(model, event.frame)
    case 'line': {
      const lost = event.line !== 'open' && model.shown.loadingOlder
      if (event.line === model.shown.line && !lost) return model
      return show(model, lost ? { line: event.line, loadingOlder: false } : { line: event.line })
    }
    case 'refused':
      return show(model, { line: 'closed', refusal: event.refusal, loadingOlder: false })
    case 'acted':
      return model.shown.warning ? show(model, { warning: null }) : model
    case 'listed':
      return show(model, {})
    case 'older-asked':
      return show(model, { loadingOlder: true })
    case 'said': {
      const { messageId, text, at, problem } = event
      const whether = problem ? ({ delivery: 'refused', problem } as const) : ({ delivery: 'pending' } as const)
      const message: ShownMessage = { messageId, role: 'visitor', text, at, streaming: false, ...whether }
      if (model.shown.messages.some((one) => one.messageId === messageId)) return model
      return show(model, { messages: place(model.shown.messages, message), warning: null })
    }
    case 'given-up':
      return refuseMessage(model, event.messageId, event.problem)
  }
}

function isDelta(frame: ServerFrame): frame is ReplyDeltaFrame {
  return Array.isArray(frame)
}

function isNumbered(
  frame: Exclude<ServerFrame, ReplyDeltaFrame>,
): frame is Exclude<ConversationFrame, ReplyDeltaFrame> {
  return /^(?:message|reply|notice|contr)/.test(frame.type)
}

function show(model: ConversationModel, changes: Partial<ConversationState>): ConversationModel {
  return { ...model, shown: { ...model.shown, ...changes } }
}

/** The room's numbered frames, each exactly once and none before its time. */
function inOrder(model: ConversationModel, frame: ConversationFrame): ConversationModel {
  const seq = isDelta(frame) ? frame[0] : frame.seq
  if (model.seq === null || seq <= model.seq) return model
  if (seq > model.seq + 1) {
    if (model.gap) return model
    const again = model.gapAt === model.seq
    return { ...model, gap: true, gapAt: model.seq, seq: again ? null : model.seq }
  }
  // The path of every token: nothing is copied but these few fields.
  if (isDelta(frame)) return { ...model, seq, tail: model.writing === null ? '' : model.tail + frame[1] }
  return numbered({ ...fold(model), seq }, frame)
}

function numbered(model: ConversationModel, frame: Exclude<ConversationFrame, ReplyDeltaFrame>): ConversationModel {
  const { messages } = model.shown
  switch (frame.type) {
    case 'message-added': {
      const { type: _type, seq: _seq, ...said } = frame
      const isPerson = said.author !== undefined
      const message = shownMessage({ ...said, role: isPerson ? 'person' : 'visitor' })
      const added = taken(show(model, { messages: followedUp(place(messages, message)) }), said.position)
      if (!isPerson) return waitFor(added, [...model.waiting, said.turnId])
      // They have answered whatever waits; only a reply that was begun still comes.
      const rest = model.waiting.filter((turnId) => turnId === model.writing)
      return waitFor(meet(added, { writing: null }), rest)
    }
    case 'controller-changed': {
      const { type: _type, seq: _seq, ...change } = frame
      const after = messages.findLast(({ position }) => position !== undefined)?.position ?? 0
      const changes = [...(model.shown.people?.changes ?? []), { ...change, after }]
      return meet(model, { controller: frame.controller, changes })
    }
    case 'reply-held':
      return changeReply(meet(model, {}), frame.turnId, (one) => ({ ...one, held: true }))
    case 'reply-revised': {
      const { turnId, text, revisions } = frame
      return changeReply(model, turnId, (one) => ({ ...one, text, revisions }))
    }
    case 'reply-start': {
      const { position, messageId, turnId, at } = frame
      const message = shownMessage({ position, messageId, turnId, at, text: '', role: 'twin' })
      const started = taken(show(model, { messages: place(messages, message) }), position)
      // A retry may begin for a turn that nobody waited for any more.
      const waiting = model.waiting.includes(turnId) ? model.waiting : [turnId, ...model.waiting]
      return waitFor({ ...started, writing: turnId }, waiting)
    }
    case 'reply-end': {
      const { type: _type, seq: _seq, turnId, ...how } = frame
      const begun = show(model, { messages: withReply(messages, frame) })
      const ended = changeReply(begun, turnId, ({ held: _held, ...one }) => ({ ...one, ...how, streaming: false }))
      const rest = model.waiting.filter((one) => one !== turnId)
      // A turn stopped in the queue ends while another is being written.
      const writing = model.writing === turnId ? null : model.writing
      return waitFor({ ...show(ended, { messages: followedUp(ended.shown.messages) }), writing }, rest)
    }
    case 'message-edited': {
      const { turnId, text, edits } = frame
      // The reply is void, and one that begins anew will take its place.
      const left = messages.filter((one) => one.role !== 'twin' || one.turnId !== turnId)
      const edited = change(
        left,
        (one) => one.turnId === turnId,
        (one) => ({ ...one, text, edits }),
      )
      const waiting = model.waiting.includes(turnId) ? model.waiting : [...model.waiting, turnId]
      const writing = model.writing === turnId ? null : model.writing
      return waitFor({ ...show(model, { messages: edited }), writing }, waiting)
    }
    case 'reply-rated': {
      const { turnId, rating } = frame
      return changeReply(model, turnId, ({ rating: _before, ...one }) => (rating ? { ...one, rating } : one))
    }
    case 'notice':
      return show(model, { placesLeft: frame.placesLeft })
  }
}

/** A reply may end before it began: stopped or failed ahead of its first word. It still has a place, and a retry. */
function withReply(messages: readonly ShownMessage[], { turnId }: ReplyEndFrame): readonly ShownMessage[] {
  if (messages.some((one) => one.role === 'twin' && one.turnId === turnId)) return messages
  const asked = messages.find((one) => one.turnId === turnId)
  if (asked?.position === undefined) return messages
  const { at, position } = asked
  return place(
    messages,
    shownMessage({ position: position + 1, messageId: `${turnId}:reply`, turnId, at, text: '', role: 'twin' }),
  )
}

/** The model with the twin's reply of a turn changed. */
function changeReply(
  model: ConversationModel,
  turnId: string | null,
  by: (reply: ShownMessage) => ShownMessage,
): ConversationModel {
  const messages = change(model.shown.messages, (one) => one.role === 'twin' && one.turnId === turnId, by)
  return show(model, { messages })
}

/** Who is here of them; that nobody is goes without saying where nobody ever was. */
function present(model: ConversationModel, names: readonly string[]): ConversationModel {
  return names.length > 0 || model.shown.people ? meet(model, { names }) : model
}

const NOBODY: People = { controller: 'twin', names: [], writing: null, changes: [] }

/** Somebody of the celebrity's side did something. */
function meet(model: ConversationModel, changes: Partial<People>): ConversationModel {
  return show(model, { people: { ...(model.shown.people ?? NOBODY), ...changes } })
}

/** Only the room's newest message is followed up. */
function followedUp(messages: readonly ShownMessage[]): readonly ShownMessage[] {
  const newest = messages.findLast(({ position }) => position !== undefined)
  return messages.map((one) => {
    if (one === newest || !one.followUps) return one
    const { followUps: _stale, ...rest } = one
    return rest
  })
}

/** The tail becomes part of the reply that is being written. */
export function fold(model: ConversationModel): ConversationModel {
  const { tail, writing } = model
  if (!tail) return model
  return { ...changeReply(model, writing, (one) => ({ ...one, text: one.text + tail })), tail: '' }
}

function waitFor(model: ConversationModel, waiting: readonly string[]): ConversationModel {
  return show({ ...model, waiting }, { activeTurnId: waiting[0] ?? null })
}

/** A place of the conversation is used up; said twice it is still one place. */
function taken(model: ConversationModel, position: number): ConversationModel {
  const left = Math.max(0, MAX_CONVERSATION_MESSAGES - position)
  return show(model, { placesLeft: Math.min(left, model.shown.placesLeft ?? left) })
}

function control(model: ConversationModel, frame: ControlFrame): ConversationModel {
  switch (frame.type) {
    case 'welcome':
      return welcomed(model, frame)
    case 'ack': {
      const { messageId, turnId } = frame
      const messages = change(
        model.shown.messages,
        (one) => one.messageId === messageId && one.position === undefined,
        ({ problem: _resolved, ...one }) => ({ ...one, turnId, delivery: 'sent' }),
      )
      return messages === model.shown.messages ? model : show(model, { messages })
    }
    case 'error':
      return refused(model, frame)
    case 'presence':
      return present(model, frame.people)
    case 'typing':
      return meet(model, { writing: { name: frame.name } })
    case 'reply-draft':
    case 'mark':
      return model
    case 'history-page': {
      const messages = prepend(fold(model).shown.messages, frame.messages)
      const shown = { messages, loadingOlder: false, hasOlder: frame.before !== null }
      return { ...show(fold(model), shown), before: frame.before }
    }
  }
}

function welcomed(model: ConversationModel, frame: WelcomeFrame): ConversationModel {
  const { people: names = [] } = frame
  if (frame.resumed && model.seq !== null) {
    // A room that has seen less than we have is not the one we left: begin with a snapshot.
    if (frame.seq < model.seq) return { ...model, seq: null, gap: true }
    return { ...present(model, names), gap: false }
  }
  const { seq, activeTurnId, before, placesLeft, controller = 'twin' } = frame
  const answered = new Set(frame.messages.flatMap((one) => (one.role === 'twin' ? one.turnId : [])))
  const active = frame.messages.findIndex((one) => one.turnId === activeTurnId)
  // What stands before a person's words was answered by them.
  const spoken = frame.messages.findLastIndex(({ role }) => role === 'person')
  const queued = frame.messages
    .slice(active < 0 ? frame.messages.length : Math.max(active, spoken) + 1)
    .flatMap((one) =>
      one.role === 'visitor' && one.turnId !== activeTurnId && !answered.has(one.turnId) ? one.turnId : [],
    )
  const written = frame.messages.findLast((one) => one.role === 'twin' && one.outcome === undefined)
  const fresh = { ...model, seq, gap: false, writing: written?.turnId ?? null, tail: '', before }
  const messages = replace(model.shown.messages, frame.messages)
  const waiting = activeTurnId === null ? [] : [activeTurnId, ...queued]
  const people = names.length > 0 || controller !== 'twin' ? { ...NOBODY, controller, names } : null
  const shown = { messages, people, placesLeft, hasOlder: before !== null, loadingOlder: false }
  return waitFor(show(fresh, shown), waiting)
}

function refused(model: ConversationModel, { code, detail, messageId }: ErrorFrame): ConversationModel {
  if (messageId !== undefined && !isPassing(code)) return refuseMessage(model, messageId, code)
  return show(model, { warning: { code, detail }, loadingOlder: false })
}

function refuseMessage(model: ConversationModel, messageId: string, problem: ProblemCode): ConversationModel {
  const messages = change(
    model.shown.messages,
    (one) => one.messageId === messageId && one.delivery === 'pending',
    (one) => ({ ...one, delivery: 'refused', problem }),
  )
  return show(model, { messages })
}
