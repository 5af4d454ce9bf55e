/** The places where a twin lives, and the pages and hostnames it may be met at. */
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { HostnameFacts } from '../../domain/hostname-facts.ts'
import type { StepUp } from '../../domain/enums.ts'
import type { Id } from '../../domain/id.ts'
import type { Consent, Proactive, Theme } from '../../wire/embed.ts'
import { campaigns } from './brands.ts'
import { celebrities } from './celebrities.ts'
import { deploymentStatus, deploymentType, domainStatus } from './enums.ts'
import { tenants } from './tenancy.ts'
import { timestamptz } from './timestamptz.ts'

/** `tenantId` is the celebrity's, for a brand's campaign too: the twin and its conversations are the celebrity's. */
export const deployments = pgTable(
  'deployments',
  {
    id: uuid('id').$type<Id<'deployment'>>().primaryKey().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    celebrityId: uuid('celebrity_id').$type<Id<'celebrity'>>().notNull(),
    type: deploymentType('type').notNull(),
    status: deploymentStatus('status').notNull().default('ACTIVE'),
    /** Raised to revoke every session that was given before. */
    epoch: integer('epoch').notNull().default(0),
    /** Set by hand under attack: every session asks for proof of work first. */
    stepUp: text('step_up').$type<StepUp>().notNull().default('AUTO'),
    campaignId: uuid('campaign_id').$type<Id<'campaign'>>(),
    brandId: uuid('brand_id').$type<Id<'brand'>>(),
    name: text('name').notNull(),
    portalUrl: text('portal_url'),
    theme: jsonb('theme').$type<Theme>().notNull(),
    branding: jsonb('branding').$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    greeting: text('greeting').notNull(),
    suggestions: jsonb('suggestions').$type<readonly string[]>().notNull().default([]),
    proactive: jsonb('proactive').$type<Proactive>(),
    consent: jsonb('consent').$type<Consent>(),
    imageHosts: jsonb('image_hosts').$type<readonly string[]>().notNull().default([]),
    contextKeys: jsonb('context_keys').$type<readonly string[]>().notNull().default([]),
    page: jsonb('page').$type<{ readonly title: string; readonly intro: string }>(),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'deployments_celebrity_fk',
      columns: [table.tenantId, table.celebrityId],
      foreignColumns: [celebrities.tenantId, celebrities.id],
    }),
    foreignKey({
      name: 'deployments_campaign_fk',
      columns: [table.tenantId, table.campaignId],
      foreignColumns: [campaigns.celebrityTenantId, campaigns.id],
    }),
    foreignKey({
      name: 'deployments_campaign_brand_fk',
      columns: [table.campaignId, table.brandId],
      foreignColumns: [campaigns.id, campaigns.brandId],
    }),
    unique('deployments_tenant_id_key').on(table.tenantId, table.id),
    check('deployments_campaign_check', sql`${table.type} <> 'BRAND_CAMPAIGN' or ${table.campaignId} is not null`),
    check('deployments_step_up_check', sql`${table.stepUp} in ('AUTO', 'ALWAYS')`),
    check('deployments_epoch_check', sql`${table.epoch} >= 0`),
    check('deployments_brand_check', sql`${table.campaignId} is null or ${table.brandId} is not null`),
    index('deployments_celebrity_idx').on(table.tenantId, table.celebrityId),
  ],
)

/** Canonical origins of pages that may embed a deployment. No row means closed. */
export const allowedDomains = pgTable(
  'allowed_domains',
  {
    id: uuid('id').$type<Id<'domain'>>().primaryKey().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    deploymentId: uuid('deployment_id').$type<Id<'deployment'>>().notNull(),
    /** An origin as a browser writes it, or one with a wildcard in the first label of its host: domain/origin-entry.ts. */
    origin: text('origin').notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'allowed_domains_deployment_fk',
      columns: [table.tenantId, table.deploymentId],
      foreignColumns: [deployments.tenantId, deployments.id],
    }),
    unique('allowed_domains_origin_key').on(table.deploymentId, table.origin),
    // one wildcard at most, in the first label, with two labels behind it; http on names of the own machine alone
    check(
      'allowed_domains_origin_check',
      sql`${table.origin} ~ '^https?://([a-z0-9-]+(\\.[a-z0-9-]+)*|[a-z0-9-]*[*][a-z0-9-]*(\\.[a-z0-9-]+){2,})(:[1-9][0-9]{0,4})?$'`,
    ),
    check(
      'allowed_domains_scheme_check',
      sql`${table.origin} like 'https://%' or ${table.origin} ~ '^http://([a-z0-9*-]+\\.)*localhost(:[0-9]+)?$'`,
    ),
  ],
)

/**
 * Claims on hostnames that serve a deployment's own page; only ACTIVE ones do. Anybody may claim any name: what holds it is
 * `verifiedAt`, the proof of ownership, and one claim at a time has that.
 */
export const domains = pgTable(
  'domains',
  {
    id: uuid('id').$type<Id<'domain'>>().primaryKey().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    deploymentId: uuid('deployment_id').$type<Id<'deployment'>>().notNull(),
    /** Lower case, without port or trailing dot. */
    hostname: text('hostname').notNull(),
    status: domainStatus('status').notNull().default('PENDING'),
    /** Since when the claim is proved and holds the name. */
    verifiedAt: timestamptz('verified_at'),
    /** What this claim's TXT record says: 122 random bits, so that no other claim can name it. */
    claimToken: text('claim_token')
      .notNull()
      .default(sql`replace(gen_random_uuid()::text, '-', '')`),
    /** As last seen; null before the first check. */
    facts: jsonb('facts').$type<HostnameFacts>(),
    /** Definite failures in a row of one that is active, and when they began. */
    failures: integer('failures').notNull().default(0),
    failingSince: timestamptz('failing_since'),
    checkedAt: timestamptz('checked_at'),
    nextCheckAt: timestamptz('next_check_at').notNull().defaultNow(),
    /** Whose check may write: who takes the claim last. */
    lease: uuid('lease').$type<Id<'lease'>>(),
    /** Of the hostname at the edge, as the edge names it. */
    edgeId: text('edge_id'),
    /** Written before the edge is asked for it: what was made there since is this claim's, even if we never heard of it. */
    edgeIntentAt: timestamptz('edge_intent_at'),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'domains_deployment_fk',
      columns: [table.tenantId, table.deploymentId],
      foreignColumns: [deployments.tenantId, deployments.id],
    }),
    // one claim holds a name; a removed one holds nothing
    uniqueIndex('domains_held_key')
      .on(table.hostname)
      .where(sql`${table.verifiedAt} is not null and ${table.status} <> 'REMOVED'`),
    uniqueIndex('domains_claim_key')
      .on(table.deploymentId, table.hostname)
      .where(sql`${table.status} <> 'REMOVED'`),
    uniqueIndex('domains_edge_key').on(table.edgeId),
    check('domains_hostname_check', sql`${table.hostname} ~ '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'`),
    check('domains_active_check', sql`${table.status} <> 'ACTIVE' or ${table.verifiedAt} is not null`),
    index('domains_deployment_idx').on(table.tenantId, table.deploymentId),
    index('domains_due_idx')
      .on(table.nextCheckAt)
      .where(sql`${table.status} <> 'REMOVED'`),
  ],
)
