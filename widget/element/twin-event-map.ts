/**
 * What the element tells its page. Ids, codes and counts; a visitor's or the twin's words only in `text`, and only where
 * the owner has asked for them with `event-words`.
 */
import type { Controller, Rating, RatingReason, ReplyOutcome, ReplyReason } from '../../schema/wire/frames.ts'
import type { Line } from '../session/conversation-state.ts'

/** A message of the visitor. */
export interface TwinMessage {
  readonly messageId: string
  readonly text?: string
}

/** A reply of the twin, or what a person of its side wrote. */
export interface TwinReply extends TwinMessage {
  /** Only where a person wrote it. */
  readonly role?: 'person'
  readonly turnId: string | undefined
}

export interface TwinEventDetails {
  'twin:ready': null
  'twin:open': null
  'twin:close': null
  'twin:disclosure-shown': null
  'twin:consent': { readonly granted: boolean; readonly version: string }
  /** Cancelable: the message is not sent, and stays in the composer. */
  'twin:before-send': TwinMessage
  'twin:message-sent': TwinMessage
  'twin:response-start': { readonly turnId: string | undefined; readonly messageId: string }
  'twin:response-end': {
    readonly turnId: string | undefined
    readonly messageId: string
    readonly outcome: ReplyOutcome | undefined
    readonly reason: ReplyReason | undefined
  }
  'twin:message-received': TwinReply
  'twin:feedback': {
    readonly turnId: string
    readonly messageId: string
    /** Null takes it back. */
    readonly rating: Rating | null
    readonly reason: RatingReason | undefined
  }
  /** Who answers from here on. */
  'twin:handoff': { readonly controller: Controller }
  'twin:connection-change': { readonly line: Line }
  'twin:unread-change': { readonly unread: number }
  'twin:new-conversation': null
  'twin:error': { readonly code: string; readonly origin: string }
}

/** The events by name, for `addEventListener`. */
export type TwinEventMap = { [Name in keyof TwinEventDetails]: CustomEvent<TwinEventDetails[Name]> }

declare global {
  interface HTMLElementEventMap extends TwinEventMap {}
  interface DocumentEventMap extends TwinEventMap {}
}
