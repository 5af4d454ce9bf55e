/** What the reducer keeps beside the state it shows: places in the stream, and the text of the reply being written. */
import { initialState, type ConversationState } from './conversation-state.ts'

export interface ConversationModel {
  /** What is shown, without {@link tail}. */
  readonly shown: ConversationState
  /** Number of the last conversation frame applied; null asks for a snapshot. */
  readonly seq: number | null
  /** A number was skipped: nothing more is applied until the room has filled the gap. */
  readonly gap: boolean
  /** Where the last gap was; a second one at the same place asks for a snapshot. */
  readonly gapAt: number | null
  /** The turn whose reply began last and has not ended. */
  readonly writing: string | null
  /** Text of that reply not yet part of `shown`, so that a token copies no transcript. */
  readonly tail: string
  /** Turns that wait for or receive their reply, oldest first. */
  readonly waiting: readonly string[]
  /** Position to ask older messages before. */
  readonly before: number | null
}

/** Nobody acted, nothing is known. */
export const emptyModel: ConversationModel = {
  shown: initialState,
  seq: null,
  gap: false,
  gapAt: null,
  writing: null,
  tail: '',
  waiting: [],
  before: null,
}
