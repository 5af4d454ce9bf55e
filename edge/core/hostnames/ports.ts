/** What looking after customers' hostnames needs done for it, named by role. */
import type { DnsRecord } from '../../../schema/domain/hostname-facts.ts'
import type { Id } from '../../../schema/domain/id.ts'
import type { Result } from '../../../schema/domain/result.ts'
import type { HostnameState, Judgement } from './judge-hostname.ts'

/**
 * Asks DNS. That there is no such name, or no such record at it, is an answer; that nobody could or would answer is a
 * failure, and says nothing about the name.
 */
export interface NameLookup {
  /** The text records at a name, each whole. */
  texts(name: string): Promise<Result<readonly string[], 'unanswered'>>
  /** Where a name leads: by which other names, in order, and to which addresses (of IPv4) at the end. */
  path(name: string): Promise<Result<NamePath, 'unanswered'>>
}
export interface NamePath {
  readonly aliases: readonly string[]
  readonly addresses: readonly string[]
}

/** A hostname at the edge: it and its certificate are two things, each with a status. */
export interface EdgeHostname {
  readonly id: string
  readonly hostname: string
  /** Epoch milliseconds; null when the edge does not say. */
  readonly createdAt: number | null
  readonly status: 'pending' | 'active' | 'failed'
  readonly tls: 'pending' | 'active' | 'failed'
  /** The certificate's validation has ended without one and begins again only when asked for. */
  readonly stuck: boolean
  /** What is amiss, in the edge's own words. */
  readonly remarks: readonly string[]
  /** Further records to set. */
  readonly records: readonly DnsRecord[]
}

export type EdgeFailure =
  /** A hostname of that name stands there already. */
  | { readonly reason: 'exists' }
  /** It does not want this hostname; the words are its own. */
  | { readonly reason: 'refused'; readonly remark: string }
  /** Nothing is known: away, out of order, too many questions, or our key does not open it. */
  | { readonly reason: 'unavailable'; readonly cause: EdgeAway }
export type EdgeAway = 'away' | 'rate_limited' | 'key_refused'

/** Where customers' names arrive and their TLS ends. */
export interface HostnameEdge {
  create(hostname: string): Promise<Result<EdgeHostname, EdgeFailure>>
  find(hostname: string): Promise<Result<EdgeHostname | undefined, EdgeFailure>>
  get(id: string): Promise<Result<EdgeHostname | undefined, EdgeFailure>>
  /** Begins the certificate's validation anew. */
  validateAgain(id: string): Promise<Result<EdgeHostname | undefined, EdgeFailure>>
  /** One that is gone already is removed. */
  remove(id: string): Promise<Result<undefined, EdgeFailure>>
}

/** A claim as it was taken for a check. */
export interface HostnameClaim extends HostnameState {
  readonly id: Id<'domain'>
  readonly hostname: string
  readonly token: string
  readonly edgeId: string | null
  readonly edgeIntentAt: number | null
  /** Whoever takes the claim later writes, and this check no more. */
  readonly lease: Id<'lease'>
}

/** A claim that holds its name no more and may have left a hostname at the edge. */
export interface LeftAtEdge {
  readonly id: Id<'domain'>
  readonly hostname: string
  readonly edgeId: string | null
  readonly edgeIntentAt: number | null
}

/** Where claims are kept. What is worth telling is a platform event of the same transaction. */
export interface HostnameBook {
  /** For a check now; undefined when there is no such claim, or it was removed. */
  take(id: Id<'domain'>): Promise<HostnameClaim | undefined>
  /** Those whose time has come, each by one taker. */
  takeDue(now: number, limit: number): Promise<readonly HostnameClaim[]>
  /**
   * The claim is proved and holds its name from now on. Whoever held it gives it up when its own record is not among the
   * texts seen; while that one stands too, it stays the holder, and the answer is false.
   */
  hold(claim: HostnameClaim, seen: { readonly texts: readonly string[]; readonly now: number }): Promise<boolean>
  /** Written before the edge is asked for a hostname. */
  intend(claim: HostnameClaim, now: number): Promise<void>
  /** False: that hostname is another claim's. */
  keepEdge(id: Id<'domain'>, edgeId: string | null): Promise<boolean>
  /** Nothing is written when the claim was removed or taken by another meanwhile. */
  save(claim: HostnameClaim, judgement: Judgement, now: number): Promise<void>
  /** Removes the claims of deployments that are gone. */
  removeOfArchived(): Promise<void>
  leftAtEdge(limit: number): Promise<readonly LeftAtEdge[]>
  /** What it had left at the edge is there no more; should it have another by now, that stays. */
  edgeCleared(id: Id<'domain'>, edgeId: string | null): Promise<void>
}

export interface HostnamePorts {
  readonly book: HostnameBook
  readonly names: NameLookup
  /** Undefined: this platform has none. */
  readonly edge: HostnameEdge | undefined
  /** Where customers' names must lead. */
  readonly target: string
  /** Names of the own machine are served while developing, and nobody else knows them. */
  readonly isOwnMachine: (hostname: string) => boolean
}
