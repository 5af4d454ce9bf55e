/**
 * What the database's `resolve_deployment` and `resolve_host` answer: ids and public configuration only. It is all the
 * doors need, and what the edge caches.
 */
import type { Consent, DeploymentType, Proactive, Theme } from '../wire/embed.ts'
import type { CampaignStatus, DeploymentStatus, EntityStatus, StepUp } from './enums.ts'
import type { Id } from './id.ts'

/** Questions a deployment may author. */
export const MAX_SUGGESTIONS = 12

export interface DeploymentRecord {
  readonly id: Id<'deployment'>
  readonly type: DeploymentType
  readonly status: DeploymentStatus
  /** Sessions of an earlier one are revoked. */
  readonly epoch: number
  readonly stepUp: StepUp
  /** The celebrity's tenant: owner of the deployment and of its conversations. */
  readonly tenantId: Id<'tenant'>
  readonly celebrity: {
    readonly id: Id<'celebrity'>
    readonly slug: string
    readonly name: string
    readonly tagline: string
    /** Path on the serving host, or null. */
    readonly portrait: string | null
    readonly status: EntityStatus
  }
  /** The term of every signed, unterminated contract that licenses text; ISO 8601, `endsAt` null when open-ended. */
  readonly contracts: readonly { readonly startsAt: string; readonly endsAt: string | null }[]
  readonly campaign: {
    readonly id: Id<'campaign'>
    readonly slug: string
    readonly name: string
    readonly status: CampaignStatus
    /** The celebrity's side approved the present version of the guidelines. */
    readonly approved: boolean
    readonly startsAt: string
    readonly endsAt: string | null
    /** IANA name: in which its dates are read. */
    readonly timeZone: string
    readonly brand: { readonly id: Id<'brand'>; readonly name: string }
  } | null
  /** Which origins a page may have, as origin-entry.ts reads and compares them. Empty is closed. */
  readonly allowedOrigins: readonly string[]
  /** Active hostnames that serve this deployment's own page, lower case, without port. */
  readonly hosts: readonly string[]
  readonly theme: Theme
  readonly greeting: string
  /** Questions worth asking, best first, at most {@link MAX_SUGGESTIONS}: a page shows three, the rest follow replies. */
  readonly suggestions: readonly string[]
  readonly proactive: Proactive | null
  readonly consent: Consent | null
  /** Exact hosts that pictures in replies may come from, lower case; https alone. */
  readonly imageHosts: readonly string[]
  /** Names of page context that may be sent along. */
  readonly contextKeys: readonly string[]
  /** Words for the deployment's own page (portal, white-label). */
  readonly page: { readonly title: string; readonly intro: string } | null
}
