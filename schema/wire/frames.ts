/**
 * What travels on the socket, and where sockets are blocked over HTTP. Shared with the browser, so it imports nothing.
 *
 * Conversation frames (`message-added`, `message-edited`, `reply-start`, deltas, `reply-held`, `reply-end`, `reply-revised`,
 * `reply-rated`, `controller-changed`, `notice`) carry the next number of the conversation; a client that returns says the
 * last number it saw and gets the rest, in order, once. Control frames (the others) repeat the last number without using
 * one up, and are never replayed.
 */
import type { ProblemCode } from './problem.ts'

/** How a reply ended. `blocked`: a guardrail cut it; `failed`: the model did; `interrupted`: the room was killed. */
export type ReplyOutcome = 'answered' | 'stopped' | 'blocked' | 'failed' | 'interrupted'

/**
 * Who answers a conversation. `human`: a person does, and no model is called; `held`: the twin drafts, and a person reads
 * every reply before the visitor does.
 */
export type Controller = 'twin' | 'human' | 'held'

/** Why a reply ended as it did, for the outcomes that need a reason. The widget owns the words. */
export type ReplyReason =
  | 'model_timeout'
  | 'model_rate_limited'
  | 'model_unavailable'
  | 'model_garbled'
  | 'model_cut_off'
  | 'twin_unavailable'
  | 'room_restarted'
  | 'twin_resting' // what may be spent is spent: it answers again later
  | 'taken_over' // a person took the conversation over
  | 'banned_topic'
  | 'avoided_term'
  | 'too_long'

/** What a visitor thought of a reply. */
export type Rating = 'up' | 'down'

/** Why a reply was not liked. */
export type RatingReason = 'inaccurate' | 'unhelpful' | 'off_topic' | 'offensive' | 'other'

/** Facts of the page around the twin: names and short values, data and never instructions. */
export type PageContext = Readonly<Record<string, string>>

/** A knowledge text a reply drew on. */
export interface Source {
  readonly title: string
  readonly url?: string
}

/** One message as a transcript shows it. */
export interface MessageRecord {
  /** Place in the conversation, from 1. */
  readonly position: number
  readonly messageId: string
  readonly turnId: string
  /** `person`: somebody of the celebrity's side, never the twin. */
  readonly role: 'visitor' | 'twin' | 'person'
  readonly text: string
  /** ISO 8601, UTC. */
  readonly at: string
  /** Only on a person's message: the name visitors see. */
  readonly author?: string
  /** Only on a twin's message: it is written, and a person has yet to release it; `text` is empty until then. */
  readonly held?: true
  /** Only on a twin's message: how often a person has changed it; absent means never. */
  readonly revisions?: number
  /** Only on a twin's message; absent while the reply is still streaming or held. */
  readonly outcome?: ReplyOutcome
  readonly reason?: ReplyReason
  readonly sources?: readonly Source[]
  /** Authored questions that follow on from the reply, best first; kept for the newest reply alone. */
  readonly followUps?: readonly string[]
  /** The visitor's rating of a twin's message. */
  readonly rating?: Rating
  /** How often the visitor has changed their message; absent means never. */
  readonly edits?: number
}

// ---- from the client -------------------------------------------------------------------------------------------

/** The first frame of a connection. `after`: the last number seen, or null for a snapshot. */
export interface HelloFrame {
  readonly type: 'hello'
  readonly after: number | null
}
/** A visitor's message under an id of the client's own; the same id twice is one message. */
export interface MessageSendFrame {
  readonly type: 'message-send'
  readonly messageId: string
  readonly text: string
  /** At most {@link MAX_CONTEXT_KEYS} names the deployment allows; what it does not allow is left out by the room. */
  readonly context?: PageContext
}
/**
 * Changes the visitor's last message and asks for another reply in the same place. `edits` is one more than the
 * message's present count, so that the same change sent twice is one change.
 */
export interface MessageEditFrame {
  readonly type: 'message-edit'
  readonly turnId: string
  readonly text: string
  readonly edits: number
}
/** What the visitor thinks of a reply; null takes it back. The last one counts. */
export interface ReplyRateFrame {
  readonly type: 'reply-rate'
  readonly turnId: string
  readonly rating: Rating | null
  readonly reason?: RatingReason
  /** At most {@link MAX_COMMENT_CHARS}. */
  readonly comment?: string
}
/** Ends the reply of a turn; valid before its first word. */
export interface ReplyStopFrame {
  readonly type: 'reply-stop'
  readonly turnId: string
}
/** Asks again for a reply that was stopped, failed or interrupted; it takes the same place. */
export interface ReplyRetryFrame {
  readonly type: 'reply-retry'
  readonly turnId: string
}
/** Asks for the page of messages that stand before a position. */
export interface HistoryGetFrame {
  readonly type: 'history-get'
  readonly before: number
  /** At most {@link MAX_PAGE_MESSAGES}. */
  readonly limit: number
}
/** Somebody is writing; sent at most every {@link TYPING_SECONDS} while they do, by either side. */
export interface TypingFrame {
  readonly type: 'typing'
}
/** The answer to the server's frame of the same name: everything up to `seq` has been read. */
export interface MarkFrame {
  readonly type: 'mark'
  readonly seq: number
}

// ---- from a person of the celebrity's side, over the admin door alone -----------------------------------------------

/** Takes the conversation over, holds the twin's replies, or hands back. */
export interface ControllerSetFrame {
  readonly type: 'controller-set'
  readonly controller: Controller
}
/** A person's message. It answers every question that waits. */
export interface PersonSendFrame {
  readonly type: 'person-send'
  readonly messageId: string
  readonly text: string
}
/** Shows a held reply to the visitor: as it is, or in other words, which are marked as changed. */
export interface ReplyReleaseFrame {
  readonly type: 'reply-release'
  readonly turnId: string
  readonly text?: string
}
/** Changes a reply that has ended. `revisions` is one more than its present count, so that the same change sent twice is one. */
export interface ReplyReviseFrame {
  readonly type: 'reply-revise'
  readonly turnId: string
  readonly text: string
  readonly revisions: number
}
/** Frames only a person's line may send; on a visitor's they are unknown. */
export type PersonFrame = ControllerSetFrame | PersonSendFrame | ReplyReleaseFrame | ReplyReviseFrame
/** Whatever a person's line may send. */
export type PersonLineFrame = PersonFrame | HelloFrame | HistoryGetFrame | TypingFrame | MarkFrame
export type ClientFrame =
  | HelloFrame
  | MessageSendFrame
  | MessageEditFrame
  | ReplyStopFrame
  | ReplyRetryFrame
  | ReplyRateFrame
  | HistoryGetFrame
  | TypingFrame
  | MarkFrame

// ---- from the server -------------------------------------------------------------------------------------------

/** Answers `hello`. A snapshot holds the newest page; a resumption holds none and the missed frames follow. */
export interface WelcomeFrame {
  readonly type: 'welcome'
  readonly seq: number
  readonly conversationId: string
  readonly resumed: boolean
  readonly messages: readonly MessageRecord[]
  /** Position to ask older messages before, or null when there are none. */
  readonly before: number | null
  /** The turn whose reply is being written, or null. */
  readonly activeTurnId: string | null
  /** Messages the conversation still has room for. */
  readonly placesLeft: number
  /** Absent: the twin. */
  readonly controller?: Controller
  /** Names of the people of the celebrity's side who are here; absent: nobody. */
  readonly people?: readonly string[]
}
/** The message is durable; sent to its sender also when the id was known already. */
export interface AckFrame {
  readonly type: 'ack'
  readonly seq: number
  readonly messageId: string
  readonly turnId: string
}
/** Something was refused; the socket lives. `messageId` or `turnId` names what it was about. */
export interface ErrorFrame {
  readonly type: 'error'
  readonly seq: number
  readonly code: ProblemCode
  readonly detail: string
  readonly messageId?: string
  readonly turnId?: string
  readonly retryAfterSeconds?: number
}
export interface HistoryPageFrame {
  readonly type: 'history-page'
  readonly seq: number
  readonly messages: readonly MessageRecord[]
  readonly before: number | null
}
/** Who is here, whenever that changes. */
export interface PresenceFrame {
  readonly type: 'presence'
  readonly seq: number
  /** Has the visitor a line open? */
  readonly visitor: boolean
  /** Names of the people of the celebrity's side. */
  readonly people: readonly string[]
}
/** The other side is writing; holds for {@link TYPING_SECONDS} or until its message. */
export interface TypedFrame {
  readonly type: 'typing'
  readonly seq: number
  readonly who: 'visitor' | 'person'
  /** The person's name. */
  readonly name?: string
}
/** A held reply, to people alone. */
export interface ReplyDraftFrame {
  readonly type: 'reply-draft'
  readonly seq: number
  readonly turnId: string
  readonly text: string
}
/** A great deal has been sent: nothing more comes until a {@link MarkFrame} with this number says that it was read. */
export interface MarkAskedFrame {
  readonly type: 'mark'
  readonly seq: number
}
/** A visitor's message, or where it has an author a person's, to every tab. */
export interface MessageAddedFrame {
  readonly type: 'message-added'
  readonly seq: number
  readonly position: number
  readonly messageId: string
  readonly turnId: string
  readonly text: string
  readonly at: string
  /** The name of the person of the celebrity's side who wrote it. */
  readonly author?: string
}
/** A reply begins, or begins anew after a retry: text shown for this turn so far is void. */
export interface ReplyStartFrame {
  readonly type: 'reply-start'
  readonly seq: number
  readonly position: number
  readonly messageId: string
  readonly turnId: string
  readonly at: string
}
/**
 * More text of the reply that began last: `[seq, text]`. The one frame that is sent thousands of times has the short
 * form; a conversation writes one reply at a time, so it needs no turn.
 */
export type ReplyDeltaFrame = readonly [seq: number, text: string]
export interface ReplyEndFrame {
  readonly type: 'reply-end'
  readonly seq: number
  readonly turnId: string
  readonly outcome: ReplyOutcome
  readonly reason?: ReplyReason
  readonly sources?: readonly Source[]
  readonly followUps?: readonly string[]
}
/** The visitor changed their last message, to every tab; the reply in its place is void and begins anew. */
export interface MessageEditedFrame {
  readonly type: 'message-edited'
  readonly seq: number
  readonly turnId: string
  readonly text: string
  readonly edits: number
}
/** The visitor rated a reply, to every tab. */
export interface ReplyRatedFrame {
  readonly type: 'reply-rated'
  readonly seq: number
  readonly turnId: string
  readonly rating: Rating | null
}
/** Somebody else answers from here on. */
export interface ControllerChangedFrame {
  readonly type: 'controller-changed'
  readonly seq: number
  readonly controller: Controller
  /** The name of the person who changed it. */
  readonly person: string
  readonly at: string
}
/** The reply that began last is written, and waits for a person to release it. */
export interface ReplyHeldFrame {
  readonly type: 'reply-held'
  readonly seq: number
  readonly turnId: string
}
/** A person changed a reply: its text is now this one, marked as changed. */
export interface ReplyRevisedFrame {
  readonly type: 'reply-revised'
  readonly seq: number
  readonly turnId: string
  readonly text: string
  readonly revisions: number
}
/** Said once a conversation. */
export interface NoticeFrame {
  readonly type: 'notice'
  readonly seq: number
  readonly notice: 'conversation_nearly_full'
  readonly placesLeft: number
}
/** Frames that carry a number of their own and are replayed. */
export type ConversationFrame =
  | MessageAddedFrame
  | ReplyStartFrame
  | ReplyDeltaFrame
  | ReplyEndFrame
  | MessageEditedFrame
  | ReplyRatedFrame
  | ControllerChangedFrame
  | ReplyHeldFrame
  | ReplyRevisedFrame
  | NoticeFrame
export type ControlFrame =
  | WelcomeFrame
  | AckFrame
  | ErrorFrame
  | HistoryPageFrame
  | PresenceFrame
  | TypedFrame
  | ReplyDraftFrame
  | MarkAskedFrame
export type ServerFrame = ConversationFrame | ControlFrame
