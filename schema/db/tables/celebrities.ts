/** Whose twin it is, and by which contract. A celebrity lives in a tenant of its own. */
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { ContractExclusivity } from '../../domain/exclusivity.ts'
import type { Id } from '../../domain/id.ts'
import type { TwinConfig } from '../../domain/twin-config.ts'
import { celebrityType, entityStatus, licenceScope } from './enums.ts'
import { tenants, users } from './tenancy.ts'
import { timestamptz } from './timestamptz.ts'

export const celebrities = pgTable(
  'celebrities',
  {
    id: uuid('id').$type<Id<'celebrity'>>().primaryKey().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    ownerUserId: uuid('owner_user_id')
      .$type<Id<'user'>>()
      .references(() => users.id),
    name: text('name').notNull(),
    slug: text('slug').notNull(),
    type: celebrityType('type').notNull(),
    /** One line of who this is. */
    tagline: text('tagline').notNull().default(''),
    /** Path on the serving host, or null for drawn initials. */
    portrait: text('portrait'),
    twinConfig: jsonb('twin_config').$type<TwinConfig>().notNull(),
    twinConfigVersion: integer('twin_config_version').notNull().default(1),
    status: entityStatus('status').notNull().default('PENDING_SETUP'),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('celebrities_tenant_slug_key').on(table.tenantId, table.slug),
    unique('celebrities_tenant_id_key').on(table.tenantId, table.id),
    index('celebrities_slug_idx').on(table.slug),
  ],
)

/** The licence a twin lives by: scopes, territory, term, exclusivity and the celebrity's two shares in basis points. */
export const contracts = pgTable(
  'contracts',
  {
    id: uuid('id').$type<Id<'contract'>>().primaryKey().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    celebrityId: uuid('celebrity_id').$type<Id<'celebrity'>>().notNull(),
    licenceScopes: licenceScope('licence_scopes').array().notNull(),
    /** ISO 3166 codes separated by commas, or `WORLD`. */
    territory: text('territory').notNull().default('WORLD'),
    startsAt: timestamptz('starts_at').notNull(),
    /** Null is open-ended. */
    endsAt: timestamptz('ends_at'),
    signedAt: timestamptz('signed_at'),
    terminatedAt: timestamptz('terminated_at'),
    exclusivity: jsonb('exclusivity').$type<ContractExclusivity>().notNull().default({}),
    directShareBp: integer('direct_share_bp').notNull().default(7000),
    campaignShareBp: integer('campaign_share_bp').notNull().default(8000),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'contracts_celebrity_fk',
      columns: [table.tenantId, table.celebrityId],
      foreignColumns: [celebrities.tenantId, celebrities.id],
    }),
    check('contracts_direct_share_check', sql`${table.directShareBp} between 0 and 10000`),
    check('contracts_campaign_share_check', sql`${table.campaignShareBp} between 0 and 10000`),
    check('contracts_term_check', sql`${table.endsAt} > ${table.startsAt}`),
    check('contracts_scopes_check', sql`cardinality(${table.licenceScopes}) > 0`),
    index('contracts_celebrity_idx').on(table.tenantId, table.celebrityId),
  ],
)
