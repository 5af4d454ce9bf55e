/**
 * What travels on the socket, and where sockets are blocked over HTTP. Shared with the browser, so it imports nothing.
 *
 * Conversation frames (`message-added`, `message-edited`, `reply-start`, deltas, `reply-end`, `reply-rated`, `notice`) carry the next number of the
 * conversation; a client that returns says the last number it saw and gets the rest, in order, once. Control frames
 * (`welcome`, `ack`, `error`, `history-page`) answer one connection and repeat the last number without using one up.
 */
import type { ProblemCode } from './problem.ts'

/** How a reply ended. `blocked`: a guardrail cut it; `failed`: the model did; `interrupted`: the room was killed. */
export type ReplyOutcome = 'answered' | 'stopped' | 'blocked' | 'failed' | 'interrupted'

/** Why a reply ended as it did, for the outcomes that need a reason. The widget owns the words. */
export type ReplyReason =
  | 'model_timeout'
  | 'model_rate_limited'
  | 'model_unavailable'
  | 'model_garbled'
  | 'model_cut_off'
  | 'twin_unavailable'
  | 'room_restarted'
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
  readonly role: 'visitor' | 'twin'
  readonly text: string
  /** ISO 8601, UTC. */
  readonly at: string
  /** Only on a twin's message; absent while the reply is still streaming. */
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
export type ClientFrame =
  | HelloFrame
  | MessageSendFrame
  | MessageEditFrame
  | ReplyStopFrame
  | ReplyRetryFrame
  | ReplyRateFrame
  | HistoryGetFrame

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
/** A visitor's message, to every tab. */
export interface MessageAddedFrame {
  readonly type: 'message-added'
  readonly seq: number
  readonly position: number
  readonly messageId: string
  readonly turnId: string
  readonly text: string
  readonly at: string
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
  | NoticeFrame
export type ControlFrame = WelcomeFrame | AckFrame | ErrorFrame | HistoryPageFrame
export type ServerFrame = ConversationFrame | ControlFrame
