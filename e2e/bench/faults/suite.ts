/** How much of a suite is run. A suite does what it does until both are reached, or a minute's end comes first. */
import type { FaultWorld } from './fault-world.ts'

export interface Amount {
  /** Conversations that live at once. */
  readonly conversations: number
  /** Of what the suite counts. */
  readonly times: number
  /** Milliseconds of the steady clock at which no more is begun. */
  readonly until: number
}

export type Suite = (world: FaultWorld, amount: Amount) => Promise<void>

/** Conversations grow; after so many messages another visitor takes over. */
export const MESSAGES_A_VISITOR = 120
