/** The domain's closed word lists as Postgres enums. The words themselves stand in schema/domain/enums.ts alone. */
import { pgEnum } from 'drizzle-orm/pg-core'
import {
  CAMPAIGN_STATUSES,
  CELEBRITY_TYPES,
  CONTENT_RATINGS,
  DEPLOYMENT_STATUSES,
  DEPLOYMENT_TYPES,
  DOMAIN_STATUSES,
  ENTITY_STATUSES,
  LICENCE_SCOPES,
  TENANT_KINDS,
  TRANSACTION_TYPES,
  VISITOR_TIERS,
} from '../../domain/enums.ts'

export const tenantKind = pgEnum('tenant_kind', TENANT_KINDS)
export const celebrityType = pgEnum('celebrity_type', CELEBRITY_TYPES)
export const entityStatus = pgEnum('entity_status', ENTITY_STATUSES)
export const deploymentStatus = pgEnum('deployment_status', DEPLOYMENT_STATUSES)
export const deploymentType = pgEnum('deployment_type', DEPLOYMENT_TYPES)
export const campaignStatus = pgEnum('campaign_status', CAMPAIGN_STATUSES)
export const visitorTier = pgEnum('visitor_tier', VISITOR_TIERS)
/** @public The migrations make it; tables use it once they hold such a value. */
export const transactionType = pgEnum('transaction_type', TRANSACTION_TYPES)
/** @public The migrations make it; tables use it once they hold such a value. */
export const contentRating = pgEnum('content_rating', CONTENT_RATINGS)
export const licenceScope = pgEnum('licence_scope', LICENCE_SCOPES)
export const domainStatus = pgEnum('domain_status', DOMAIN_STATUSES)
