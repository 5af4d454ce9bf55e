/** What the admin route answers, resource by resource. Moments are dates here and ISO 8601 in JSON. */
import type {
  CampaignStatus,
  CelebrityType,
  DeploymentStatus,
  DomainStatus,
  EntityStatus,
  LicenceScope,
  StepUp,
} from '../../../schema/domain/enums.ts'
import type { ExclusivityRule } from '../../../schema/domain/exclusivity.ts'
import type { CampaignGuidelines } from '../../../schema/domain/guidelines.ts'
import type { Id } from '../../../schema/domain/id.ts'
import type { OriginEntryKind } from '../../../schema/domain/origin-entry.ts'
import type { IdentityAlgorithm } from '../../../schema/domain/identity-key.ts'
import type { TwinConfig } from '../../../schema/domain/twin-config.ts'
import type { HostnameDescription } from '../hostnames/describe-hostname.ts'
import type { Consent, DeploymentType, Proactive, Theme } from '../../../schema/wire/embed.ts'

export interface CelebrityView {
  readonly id: Id<'celebrity'>
  readonly tenantId: Id<'tenant'>
  readonly name: string
  readonly slug: string
  readonly type: CelebrityType
  readonly tagline: string
  readonly portrait: string | null
  readonly twinConfig: TwinConfig
  readonly twinConfigVersion: number
  readonly status: EntityStatus
  readonly createdAt: Date
}

export interface ContractView {
  readonly id: Id<'contract'>
  readonly celebrityId: Id<'celebrity'>
  readonly licenceScopes: readonly LicenceScope[]
  readonly territory: string
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly signedAt: Date | null
  readonly terminatedAt: Date | null
  /** What it reserves: campaigns that collide with it are refused. */
  readonly exclusivity: readonly ExclusivityRule[]
  readonly directShareBp: number
  readonly campaignShareBp: number
  readonly createdAt: Date
}

export interface BrandView {
  readonly id: Id<'brand'>
  readonly tenantId: Id<'tenant'>
  readonly slug: string
  readonly name: string
  readonly website: string | null
  /** Null collides with every category that is reserved. */
  readonly category: string | null
  readonly createdAt: Date
}

export interface CampaignView {
  readonly id: Id<'campaign'>
  readonly celebrityId: Id<'celebrity'>
  readonly brandId: Id<'brand'>
  readonly slug: string
  readonly name: string
  readonly startsAt: Date
  /** Not inside any more. */
  readonly endsAt: Date | null
  readonly timeZone: string
  /** The same two as clocks show them in that time zone, with the offset. */
  readonly startsAtLocal: string
  readonly endsAtLocal: string | null
  readonly exclusive: boolean
  readonly feeMinor: number
  readonly currency: string
  readonly guidelines: CampaignGuidelines
  readonly guidelinesVersion: number
  /** Below `guidelinesVersion`: the present guidelines wait for approval and the campaign does not resolve. */
  readonly approvedVersion: number | null
  readonly approvedAt: Date | null
  /** What was decided, as it is kept. */
  readonly decision: CampaignStatus
  /** What follows from it now: SCHEDULED, ACTIVE and ENDED once it is approved. */
  readonly status: CampaignStatus
  readonly createdAt: Date
}

export interface DeploymentView {
  readonly id: Id<'deployment'>
  readonly tenantId: Id<'tenant'>
  readonly celebrityId: Id<'celebrity'>
  readonly celebritySlug: string
  readonly campaignSlug: string | null
  readonly type: DeploymentType
  readonly status: DeploymentStatus
  /** Raised with each revocation of its sessions. */
  readonly epoch: number
  readonly stepUp: StepUp
  readonly campaignId: Id<'campaign'> | null
  readonly brandId: Id<'brand'> | null
  readonly name: string
  readonly theme: Theme
  readonly greeting: string
  readonly suggestions: readonly string[]
  readonly proactive: Proactive | null
  readonly consent: Consent | null
  readonly imageHosts: readonly string[]
  readonly contextKeys: readonly string[]
  readonly page: { readonly title: string; readonly intro: string } | null
  readonly createdAt: Date
  readonly allowedOrigins: readonly string[]
  /** Active hostnames. */
  readonly hosts: readonly string[]
}

/** What is told of a key; the key itself never is. */
export interface IdentityKeyView {
  readonly deploymentId: Id<'deployment'>
  readonly alg: IdentityAlgorithm
  /** ES256: the JWK's thumbprint (RFC 7638). HS256: half of the secret's SHA-256. */
  readonly fingerprint: string
  readonly setAt: Date
}

export interface AllowedDomainView {
  readonly id: Id<'domain'>
  readonly deploymentId: Id<'deployment'>
  readonly origin: string
  /** Null: nothing that could be compared; the deployment is closed until it is gone. */
  readonly kind: OriginEntryKind | null
  readonly createdAt: Date
}

export interface WrittenAllowedDomainView extends AllowedDomainView {
  /** Another entry of the deployment that lets in whatever this one does. */
  readonly coveredBy?: string
}

/** A claim on a hostname: what is known of it, and what its owner is to do. */
export interface DomainView extends HostnameDescription {
  readonly id: Id<'domain'>
  readonly deploymentId: Id<'deployment'>
  readonly hostname: string
  /** Only ACTIVE is served. */
  readonly status: DomainStatus
  /** Since when ownership is proved. */
  readonly verifiedAt: Date | null
  readonly checkedAt: Date | null
  readonly nextCheckAt: Date | null
  readonly createdAt: Date
}

export interface KnowledgeView {
  readonly id: Id<'source'>
  readonly celebrityId: Id<'celebrity'>
  readonly campaignId: Id<'campaign'> | null
  readonly title: string
  readonly text: string
  readonly url: string | null
  readonly language: string
  readonly status: EntityStatus
  readonly approvedAt: Date | null
  readonly createdAt: Date
  readonly passages: number
}

export interface ConversationView {
  readonly id: Id<'conversation'>
  readonly deploymentId: Id<'deployment'>
  readonly visitorId: Id<'visitor'>
  readonly campaignId: Id<'campaign'> | null
  /** The page it began on. */
  readonly origin: string
  readonly startedAt: Date
  readonly lastMessageAt: Date
  /** As many as the archive has. */
  readonly messages: number
}
