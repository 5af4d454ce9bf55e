/** What the edge needs done for it, named by role. Adapters do it; `worker.ts` brings the two together. */
import type { BudgetPlan } from '../../schema/domain/budget.ts'
import type { ConnectionClaims, PersonClaims, SessionClaims, SessionGrant } from '../../schema/domain/claims.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { Id } from '../../schema/domain/id.ts'
import type { Result } from '../../schema/domain/result.ts'
import type { ProvenPerson } from './identity-claims.ts'
import type { SessionChallenge } from '../../schema/wire/session.ts'
import type { Rush } from './challenge.ts'
import type { IdentityKey } from './identity-key.ts'

/**
 * Finds what lives where, whatever its state: `admit` decides. Throws {@link StoreUnavailable} when it cannot know. `from`:
 * the address that asks, when that is known; whoever asks for too much that is not there is told {@link LookupsBraked}.
 */
export interface TwinDirectory {
  findById(deploymentId: Id<'deployment'>, from?: string): Promise<DeploymentRecord | undefined>
  /** By an active hostname, lower case, without port. */
  findByHost(host: string, from?: string): Promise<DeploymentRecord | undefined>
  /** The celebrity's deployments of the two kinds that are asked for by slug: its embeds and its portal page. */
  findBySlug(slug: string, from?: string): Promise<readonly DeploymentRecord[]>
}

/** What we keep could not be asked and nothing remembered answers. Not a refusal: it may be fine in a second. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

/** Too much that is not there was asked for from one address: nothing unknown is looked up for it for so long. */
export class LookupsBraked extends StoreUnavailable {
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds: number) {
    super('nothing unknown is looked up for this address')
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export type SessionFailure =
  | { readonly reason: 'session_invalid' }
  /** Genuine in everything but its age; the claims let the door judge the rest. */
  | { readonly reason: 'session_expired'; readonly claims: SessionClaims }

export interface SessionSigner {
  /** `issuedAt`: seconds since the epoch. */
  sign(grant: SessionGrant, issuedAt: number): Promise<string>
  /** A ticket of a session, itself good for a shorter time or as long. Seconds since the epoch. */
  signTicket(grant: SessionGrant, issuedAt: number, goodUntil: number): Promise<string>
  /** `now`: epoch milliseconds. A ticket is one only where one is asked for. */
  verify(
    token: string,
    now: number,
    accepted?: 'session' | 'session or ticket',
  ): Promise<Result<SessionClaims, SessionFailure>>
}

/** Where a deployment's key for proofs comes from. Throws {@link StoreUnavailable} when it cannot know. */
export interface IdentityKeys {
  /** Undefined: it has none. */
  keyOf(of: Pick<DeploymentRecord, 'id' | 'tenantId'>): Promise<IdentityKey | undefined>
}

/** Keeps a short text so that only we can read it, and only as what it was kept for. */
export interface KeyVault {
  seal(text: string, purpose: string): Promise<string>
  /** Throws when it was sealed by another key or for another purpose. */
  open(sealed: string, purpose: string): Promise<string>
}

/** Reads a page's proof of who is signed in there. */
export interface IdentityProof {
  /**
   * Whom the deployment's own key signed for, or undefined: no key, another's, too old, or no proof at all.
   * `now`: epoch milliseconds. Throws {@link StoreUnavailable} when it cannot know.
   */
  personOf(proof: string, of: DeploymentRecord, now: number): Promise<ProvenPerson | undefined>
}

/** Makes ids that only we can make, the same each time, with nothing stored. */
export interface VisitorIdentity {
  visitorId(deploymentId: Id<'deployment'>, visitorSecret: string): Promise<Id<'visitor'>>
  /** Of whom the page's owner has signed for: the same on every device, and never a secret's. */
  subjectId(deploymentId: Id<'deployment'>, subject: string): Promise<Id<'visitor'>>
  conversationId(deploymentId: Id<'deployment'>, visitorId: Id<'visitor'>, number: number): Promise<Id<'conversation'>>
}

/** Leads whom the doors admitted to their room. */
export interface Door<Claims> {
  /** A socket; `next`: what it is sent for its next opening. */
  open(request: Request, claims: Claims, next?: string): Promise<Response>
  /** One request of the line over HTTP: the room sees its method, its path and `after`, and answers in its own time. */
  forward(request: Request, claims: Claims, body: Uint8Array<ArrayBuffer> | undefined): Promise<Response>
}
/** For visitors. */
export type RoomDoor = Door<ConnectionClaims>
/** For people of the celebrity's side. */
export type PeopleDoor = Door<PersonClaims>

/**
 * Counts who comes, over every place where we run. Each answers the seconds to wait, 0 for "come in", and throws when it
 * cannot know.
 */
export interface FloodGate {
  /** A session more. `address`: where the request came from, when that is known. */
  session(deploymentId: Id<'deployment'>, address: string | undefined): Promise<number>
  /** A session more: do more ask than people do? Answers from what this place has seen, and never keeps anybody out. */
  rush(deploymentId: Id<'deployment'>): Promise<Rush>
  /** A request to the admin route more. */
  admin(address: string | undefined): Promise<number>
  /** A socket, a stream or a post more. */
  line(visitor: Pick<ConnectionClaims, 'deploymentId' | 'visitorId' | 'address'>): Promise<number>
}

/** What may be spent in a tenant's name. Throws when it cannot know. */
export interface BudgetPlans {
  load(tenantId: Id<'tenant'>): Promise<readonly BudgetPlan[]>
}

/** An address as we keep it: a keyed digest, of an IPv6 one that of its network. */
export interface AddressDigest {
  of(address: string): Promise<string>
}

/** Who asks for a session. */
export interface Applicant {
  readonly tenantId: Id<'tenant'>
  readonly deploymentId: Id<'deployment'>
  readonly visitorId: Id<'visitor'>
  readonly origin: string
}

/** What is asked of a browser under attack. `now`: epoch milliseconds. */
export interface Challenges {
  offer(to: Applicant, bits: number, now: number): Promise<SessionChallenge>
  /** Is this the answer to one of ours, for this applicant, for the first time? Throws {@link StoreUnavailable} when it cannot know. */
  accepts(proof: string | undefined, from: Applicant, now: number): Promise<boolean>
}

/** Remembers what has been used, for all places where we run. */
export interface SingleUse {
  /** True for the first who takes it. `until`: epoch milliseconds after which nobody could. */
  take(tenantId: Id<'tenant'>, name: string, until: number): Promise<boolean>
}

/** Files built for browsers. */
export interface StaticFiles {
  /** By path, such as `/v1/twin.js`; undefined when there is none. */
  read(path: string, request: Request): Promise<Response | undefined>
}

/** Where the widget build has put what pages load. */
export interface ScriptPaths {
  /** The module that defines the element on pages of our own, such as `/assets/page-1a2b3c4d.js`. */
  readonly page: string
  /** The module that the loader brings, such as `/assets/panel-1a2b3c4d.js`. */
  readonly panel: string
  /** The folder of the languages, such as `/assets/words-1a2b3c4d/`. */
  readonly words: string
}

export interface BuiltScripts {
  paths(): Promise<ScriptPaths>
}

/** Milliseconds since the epoch. */
export type Clock = () => number
