/**
 * What a deployment's state means for whoever talks there, as its hub tells it to open rooms. Rooms hold no list of each
 * other and ask nobody: each registers where its deployment's hub can reach it, while a visitor's line is open.
 */
import type { Id } from './id.ts'

export interface Standing {
  /** Sessions of an earlier epoch are revoked. */
  readonly epoch: number
  /** Why no visitor may talk now; null: they may. */
  readonly refusal: StandingRefusal | null
  /** Epoch milliseconds at which the clock alone changes it (a contract ends, a campaign begins), or null. */
  readonly until: number | null
}

export const STANDING_REFUSALS = ['gone', 'campaign_not_started', 'campaign_ended'] as const
/** `gone`: paused, suspended, without contract or approval; strangers are not told which. */
export type StandingRefusal = (typeof STANDING_REFUSALS)[number]

/** What is asked of a deployment's hub from afar. */
export interface HubCalls {
  /** A room has an open line. Answers how things stand, so that nothing is missed between the door and here. */
  enter(deploymentId: Id<'deployment'>, conversationId: Id<'conversation'>): Promise<Standing>
  /** Its last line has ended. */
  leave(conversationId: Id<'conversation'>): Promise<void>
  /** Something about these deployments was changed, or will have been in so many milliseconds: their hubs look, and tell. */
  look(own: Id<'deployment'>, deploymentIds: readonly Id<'deployment'>[], inMs: number): Promise<void>
}

/** What a hub asks of a room. */
export interface RoomCalls {
  /** False: the room has no visitor's line any more, and need not be told again. */
  hearStanding(standing: Standing): Promise<boolean>
  /** Somebody of the celebrity's side may be there no longer. */
  hearPersonGone(personId: string): Promise<void>
}
