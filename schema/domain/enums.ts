/** The domain's closed word lists: the same words in Postgres, TypeScript and JSON. */

/** When a session asks for proof of work first: under attack alone, or always. */
export const STEP_UPS = ['AUTO', 'ALWAYS'] as const
export type StepUp = (typeof STEP_UPS)[number]

export const TENANT_KINDS = ['CELEBRITY', 'BRAND', 'ORGANIZATION', 'PLATFORM'] as const
export type TenantKind = (typeof TENANT_KINDS)[number]

export const CELEBRITY_TYPES = [
  'SPORTS_COMMENTATOR',
  'ATHLETE',
  'COACH',
  'ENTERTAINER',
  'INFLUENCER',
  'EXPERT',
] as const
export type CelebrityType = (typeof CELEBRITY_TYPES)[number]

export const ENTITY_STATUSES = ['ACTIVE', 'INACTIVE', 'PENDING_SETUP', 'SUSPENDED', 'ARCHIVED'] as const
export type EntityStatus = (typeof ENTITY_STATUSES)[number]

/** Live is ACTIVE; paused INACTIVE; kill switch SUSPENDED; gone ARCHIVED. Everything but ACTIVE is refused at the door. */
export const DEPLOYMENT_STATUSES = [...ENTITY_STATUSES, 'SCHEDULED'] as const
export type DeploymentStatus = (typeof DEPLOYMENT_STATUSES)[number]

export const DEPLOYMENT_TYPES = ['VIBETHINK_PORTAL', 'EMBEDDED_WIDGET', 'BRAND_CAMPAIGN', 'WHITE_LABEL'] as const

export const CAMPAIGN_STATUSES = ['REQUESTED', 'APPROVED', 'REJECTED', 'SCHEDULED', 'ACTIVE', 'ENDED'] as const
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number]

export const VISITOR_TIERS = ['FREE', 'PREMIUM', 'ENTERPRISE'] as const
/** @public */
export type VisitorTier = (typeof VISITOR_TIERS)[number]

export const TRANSACTION_TYPES = [
  'SUBSCRIPTION',
  'CAMPAIGN_FEE',
  'TRANSACTION_FEE',
  'SETUP_FEE',
  'PLATFORM_FEE',
] as const

export const CONTENT_RATINGS = ['G', 'PG', 'PG-13', 'R'] as const
export type ContentRating = (typeof CONTENT_RATINGS)[number]

export const LICENCE_SCOPES = ['TEXT', 'VOICE', 'LIKENESS'] as const
export type LicenceScope = (typeof LICENCE_SCOPES)[number]

export const DOMAIN_STATUSES = ['PENDING', 'ACTIVE', 'REMOVED'] as const
export type DomainStatus = (typeof DOMAIN_STATUSES)[number]

/** What a person or a service may do in a tenant: `edge/core/admin/access.ts` says what that is. */
export const ADMIN_ROLES = ['OWNER', 'EDITOR', 'APPROVER', 'VIEWER'] as const
export type AdminRole = (typeof ADMIN_ROLES)[number]

/** How far a key reaches at all, whatever its holder may do. */
export const KEY_SCOPES = ['read', 'write'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]
