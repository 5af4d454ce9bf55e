/** What the element tells its page. Ids, codes and counts: never a visitor's or the twin's words. */
import type { Rating, RatingReason, ReplyOutcome, ReplyReason } from '../../schema/wire/frames.ts'
import type { Line } from '../session/conversation-state.ts'

export interface TwinEventDetails {
  'twin:ready': null
  'twin:open': null
  'twin:close': null
  'twin:message-sent': { readonly messageId: string }
  'twin:response-start': { readonly turnId: string | undefined; readonly messageId: string }
  'twin:response-end': {
    readonly turnId: string | undefined
    readonly messageId: string
    readonly outcome: ReplyOutcome | undefined
    readonly reason: ReplyReason | undefined
  }
  'twin:connection-change': { readonly line: Line }
  'twin:unread-change': { readonly unread: number }
  'twin:new-conversation': null
  'twin:feedback': {
    readonly turnId: string
    readonly messageId: string
    /** Null takes it back. */
    readonly rating: Rating | null
    readonly reason: RatingReason | undefined
  }
  'twin:error': { readonly code: string; readonly origin: string }
}

/** The events by name, for `addEventListener`. */
export type TwinEventMap = { [Name in keyof TwinEventDetails]: CustomEvent<TwinEventDetails[Name]> }

declare global {
  interface HTMLElementEventMap extends TwinEventMap {}
  interface DocumentEventMap extends TwinEventMap {}
}
