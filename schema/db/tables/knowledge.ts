/** What a twin may draw on: approved texts, in passages that full-text search finds. */
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Id } from '../../domain/id.ts'
import { campaigns } from './brands.ts'
import { celebrities } from './celebrities.ts'
import { entityStatus } from './enums.ts'
import { tenants } from './tenancy.ts'
import { timestamptz } from './timestamptz.ts'

/** A text with a title; with a campaign it belongs to that campaign's conversations alone. */
export const knowledgeSources = pgTable(
  'knowledge_sources',
  {
    id: uuid('id').$type<Id<'source'>>().primaryKey().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    celebrityId: uuid('celebrity_id').$type<Id<'celebrity'>>().notNull(),
    campaignId: uuid('campaign_id').$type<Id<'campaign'>>(),
    title: text('title').notNull(),
    url: text('url'),
    /** BCP 47. */
    language: text('language').notNull().default('en'),
    /** Only an ACTIVE source is drawn on. */
    status: entityStatus('status').notNull().default('PENDING_SETUP'),
    approvedAt: timestamptz('approved_at'),
    body: text('body').notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'knowledge_sources_celebrity_fk',
      columns: [table.tenantId, table.celebrityId],
      foreignColumns: [celebrities.tenantId, celebrities.id],
    }),
    foreignKey({
      name: 'knowledge_sources_campaign_fk',
      columns: [table.tenantId, table.campaignId],
      foreignColumns: [campaigns.celebrityTenantId, campaigns.id],
    }),
    unique('knowledge_sources_tenant_id_key').on(table.tenantId, table.id),
    index('knowledge_sources_celebrity_idx').on(table.tenantId, table.celebrityId),
  ],
)

/** A piece of a source, small enough to quote. */
export const knowledgePassages = pgTable(
  'knowledge_passages',
  {
    id: uuid('id').$type<Id<'passage'>>().primaryKey().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    sourceId: uuid('source_id').$type<Id<'source'>>().notNull(),
    ordinal: integer('ordinal').notNull(),
    heading: text('heading'),
    text: text('text').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'knowledge_passages_source_fk',
      columns: [table.tenantId, table.sourceId],
      foreignColumns: [knowledgeSources.tenantId, knowledgeSources.id],
    }).onDelete('cascade'),
    unique('knowledge_passages_ordinal_key').on(table.sourceId, table.ordinal),
    // 'simple': the texts have many languages, and an expression index needs a fixed configuration
    index('knowledge_passages_search_idx').using(
      'gin',
      sql`to_tsvector('simple', coalesce(${table.heading}, '') || ' ' || ${table.text})`,
    ),
  ],
)
