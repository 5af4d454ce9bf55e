/** What the element renders: one immutable value, made by the reducer from frames and the visitor's acts. */
import type { Controller, MessageRecord } from '../../schema/wire/frames.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'

/**
 * The line to the room. `idle`: nobody acted yet; `reconnecting`: lost and being brought back; `offline`: the browser
 * says there is no network; `closed`: refused for good, see `refusal`.
 */
export type Line = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'offline' | 'closed'

/** A message as shown. A visitor's own words appear at once and become `sent` with the room's acknowledgement. */
export interface ShownMessage extends Omit<MessageRecord, 'position' | 'turnId'> {
  /** Absent until the room has acknowledged it. */
  readonly position?: number
  readonly turnId?: string
  /** `pending`: in the outbox; `refused`: the room said no, see `problem`; `sent`: durable. */
  readonly delivery: 'pending' | 'sent' | 'refused'
  readonly problem?: ProblemCode
  /** The reply is being written right now. */
  readonly streaming: boolean
}

/** Somebody else answers from here on. */
export interface ControllerChange {
  readonly controller: Controller
  /** Who changed it. */
  readonly person: string
  readonly at: string
  /** Place of the last message before it; 0 when there was none. */
  readonly after: number
}

/** People of the celebrity's side in this conversation. */
export interface People {
  readonly controller: Controller
  /** Names of those who are here. */
  readonly names: readonly string[]
  /** Who was last said to be writing, another object each time; nobody since their last message. */
  readonly writing: { readonly name: string | undefined } | null
  /** What has changed since this page came, oldest first. */
  readonly changes: readonly ControllerChange[]
}

/** Why the twin cannot speak here, in a code and the server's words. */
export interface Refusal {
  readonly code: ProblemCode
  readonly detail: string
}

export interface ConversationState {
  readonly line: Line
  readonly messages: readonly ShownMessage[]
  /** A turn waits for or receives its reply. */
  readonly activeTurnId: string | null
  /** Older messages can be asked for. */
  readonly hasOlder: boolean
  readonly loadingOlder: boolean
  /** Null until the room said so. */
  readonly placesLeft: number | null
  readonly refusal: Refusal | null
  /** Null while there was nobody but the twin. */
  readonly people: People | null
  /** A passing refusal about the last act, such as `rate_limited`; cleared by the next act. */
  readonly warning: Refusal | null
}

export const initialState: ConversationState = {
  line: 'idle',
  messages: [],
  activeTurnId: null,
  hasOlder: false,
  loadingOlder: false,
  placesLeft: null,
  refusal: null,
  people: null,
  warning: null,
}
