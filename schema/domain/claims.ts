/** Who is speaking and where: signed into the session, stamped onto the connection by the Worker, never read from a frame. */
import type { DeploymentType } from '../wire/embed.ts'
import type { VisitorTier } from './enums.ts'
import type { Id } from './id.ts'

/** What a session is given for. */
export interface SessionGrant {
  readonly deploymentId: Id<'deployment'>
  readonly origin: string
  readonly conversationId: Id<'conversation'>
  readonly visitorId: Id<'visitor'>
  /** Seconds since the epoch. */
  readonly expiresAt: number
  /** The deployment's at the time: once it is raised there, the session is revoked. */
  readonly epoch: number
  /** What the page's owner has signed for; FREE where nobody has. */
  readonly tier: VisitorTier
}

export interface SessionClaims extends SessionGrant {
  /** Which ticket was shown, each of which opens one line; null for the session itself, which may be used again. */
  readonly ticket: string | null
}

/** The request header that carries the ticket a socket is sent for its next opening; stripped like the others. */
export const NEXT_TICKET_HEADER = 'x-twin-next-ticket'

/** What the room is told beside the session, from the deployment's record at the upgrade. */
export interface ConnectionClaims extends SessionClaims {
  readonly tenantId: Id<'tenant'>
  readonly celebrityId: Id<'celebrity'>
  readonly deploymentType: DeploymentType
  readonly campaignId: Id<'campaign'> | null
  /** Epoch milliseconds of the campaign's end, or null. */
  readonly campaignEndsAt: number | null
  /** Digest of where the line comes from, or null where that is not known. */
  readonly address: string | null
}

/** The request header that carries {@link ConnectionClaims} as JSON from the Worker to the room; stripped from visitors' requests. */
export const CLAIMS_HEADER = 'x-twin-claims'

/** A person of the celebrity's side, let in by the admin door. */
export interface PersonClaims {
  readonly conversationId: Id<'conversation'>
  /** Who this is, for the record. */
  readonly personId: string
  /** What visitors are shown. */
  readonly name: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** The request header that carries {@link PersonClaims} as JSON; stripped like the other. */
export const PERSON_HEADER = 'x-twin-person'
