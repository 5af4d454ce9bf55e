/** Who pays for a campaign, and the campaign: dated brand context for a twin, readable by both its parties. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CampaignGuidelines } from '../../domain/guidelines.ts'
import type { Id } from '../../domain/id.ts'
import { celebrities } from './celebrities.ts'
import { campaignStatus } from './enums.ts'
import { tenants } from './tenancy.ts'
import { timestamptz } from './timestamptz.ts'

export const brands = pgTable(
  'brands',
  {
    id: uuid('id').$type<Id<'brand'>>().primaryKey().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    website: text('website'),
    /** What kind of brand, such as `soft-drinks`: exclusivity is within one. Null collides with every kind. */
    category: text('category'),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('brands_tenant_slug_key').on(table.tenantId, table.slug),
    unique('brands_tenant_id_key').on(table.tenantId, table.id),
    check('brands_category_check', sql`${table.category} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
  ],
)

/**
 * A campaign belongs to two tenants: the celebrity's, who decides, and the brand's, who proposes. The celebrity approves
 * a version of it; the database raises `guidelinesVersion` when anything changes that was approved, and so makes it wait
 * for approval again. No two may stand beside each other that an exclusivity forbids: triggers refuse the second.
 */
export const campaigns = pgTable(
  'campaigns',
  {
    id: uuid('id').$type<Id<'campaign'>>().primaryKey().defaultRandom(),
    celebrityTenantId: uuid('celebrity_tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    brandTenantId: uuid('brand_tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    celebrityId: uuid('celebrity_id').$type<Id<'celebrity'>>().notNull(),
    brandId: uuid('brand_id').$type<Id<'brand'>>().notNull(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    startsAt: timestamptz('starts_at').notNull(),
    /** Null is open-ended. */
    endsAt: timestamptz('ends_at'),
    /** IANA name: in which days the brand thinks, and in which people read its dates. */
    timeZone: text('time_zone').notNull().default('UTC'),
    exclusive: boolean('exclusive').notNull().default(false),
    feeMinor: bigint('fee_minor', { mode: 'number' }).notNull().default(0),
    /** ISO 4217. */
    currency: text('currency').notNull().default('EUR'),
    guidelines: jsonb('guidelines').$type<CampaignGuidelines>().notNull(),
    guidelinesVersion: integer('guidelines_version').notNull().default(1),
    /** The version the celebrity's side approved last. */
    approvedVersion: integer('approved_version'),
    approvedAt: timestamptz('approved_at'),
    /** What was decided. SCHEDULED and ACTIVE follow from an approval and the time; older rows hold them, meaning APPROVED. */
    status: campaignStatus('status').notNull().default('REQUESTED'),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'campaigns_celebrity_fk',
      columns: [table.celebrityTenantId, table.celebrityId],
      foreignColumns: [celebrities.tenantId, celebrities.id],
    }),
    foreignKey({
      name: 'campaigns_brand_fk',
      columns: [table.brandTenantId, table.brandId],
      foreignColumns: [brands.tenantId, brands.id],
    }),
    unique('campaigns_brand_slug_key').on(table.brandTenantId, table.brandId, table.slug),
    unique('campaigns_celebrity_tenant_id_key').on(table.celebrityTenantId, table.id),
    unique('campaigns_id_brand_key').on(table.id, table.brandId),
    check('campaigns_term_check', sql`${table.endsAt} > ${table.startsAt}`),
    check('campaigns_fee_check', sql`${table.feeMinor} >= 0`),
    check('campaigns_currency_check', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    index('campaigns_celebrity_idx').on(table.celebrityTenantId, table.celebrityId),
  ],
)
