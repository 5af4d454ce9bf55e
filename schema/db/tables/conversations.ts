/**
 * What visitors, twins and people of the celebrity's side said to each other, written behind by the rooms. Ids are given by the writer, so keys begin
 * with the tenant: an id of another tenant's is neither in the way nor found out. Upserts conflict on
 * `(tenant_id, id)`.
 */
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Id } from '../../domain/id.ts'
import type { MessageRecord, Rating, RatingReason, ReplyOutcome, ReplyReason, Source } from '../../wire/frames.ts'
import { deployments } from './deployments.ts'
import { visitorTier } from './enums.ts'
import { tenants } from './tenancy.ts'
import { timestamptz } from './timestamptz.ts'

/** A person on a page. The id is itself a keyed hash of the visitor's secret; nothing else of the secret is kept. */
export const visitors = pgTable(
  'visitors',
  {
    id: uuid('id').$type<Id<'visitor'>>().notNull(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    deploymentId: uuid('deployment_id').$type<Id<'deployment'>>().notNull(),
    tier: visitorTier('tier').notNull().default('FREE'),
    firstSeenAt: timestamptz('first_seen_at').notNull().defaultNow(),
    lastSeenAt: timestamptz('last_seen_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'visitors_deployment_fk',
      columns: [table.tenantId, table.deploymentId],
      foreignColumns: [deployments.tenantId, deployments.id],
    }),
  ],
)

export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').$type<Id<'conversation'>>().notNull(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    deploymentId: uuid('deployment_id').$type<Id<'deployment'>>().notNull(),
    visitorId: uuid('visitor_id').$type<Id<'visitor'>>().notNull(),
    /** The campaign at the time; no foreign key, so that the record outlives it. */
    campaignId: uuid('campaign_id').$type<Id<'campaign'>>(),
    origin: text('origin').notNull(),
    startedAt: timestamptz('started_at').notNull().defaultNow(),
    lastMessageAt: timestamptz('last_message_at').notNull().defaultNow(),
    /** The visitor deleted it: its words are gone, and none comes back (a trigger drops what was still on its way). */
    erasedAt: timestamptz('erased_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'conversations_deployment_fk',
      columns: [table.tenantId, table.deploymentId],
      foreignColumns: [deployments.tenantId, deployments.id],
    }),
    foreignKey({
      name: 'conversations_visitor_fk',
      columns: [table.tenantId, table.visitorId],
      foreignColumns: [visitors.tenantId, visitors.id],
    }),
    index('conversations_deployment_idx').on(table.tenantId, table.deploymentId, table.lastMessageAt),
    index('conversations_idle_idx').on(table.tenantId, table.lastMessageAt),
  ],
)

export const messages = pgTable(
  'messages',
  {
    id: uuid('id').$type<Id<'message'>>().notNull(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    conversationId: uuid('conversation_id').$type<Id<'conversation'>>().notNull(),
    /** Place in the conversation, 1 to 1,000. */
    position: integer('position').notNull(),
    turnId: uuid('turn_id').$type<Id<'turn'>>().notNull(),
    role: text('role').$type<MessageRecord['role']>().notNull(),
    text: text('text').notNull(),
    outcome: text('outcome').$type<ReplyOutcome>(),
    reason: text('reason').$type<ReplyReason>(),
    /** Which model spoke; null on a visitor's message. */
    model: text('model'),
    sources: jsonb('sources').$type<readonly Source[]>(),
    /** How often the visitor has changed it. */
    edits: integer('edits').notNull().default(0),
    /** Of a person's message: the name visitors see, and who that is. */
    author: text('author'),
    authorId: text('author_id'),
    /** How often people have changed the reply, and who did last. */
    revisions: integer('revisions').notNull().default(0),
    revisedBy: text('revised_by'),
    /** Counts every change of the row in its room: an older one never overwrites a newer. */
    version: integer('version').notNull().default(0),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'messages_conversation_fk',
      columns: [table.tenantId, table.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }),
    unique('messages_position_key').on(table.tenantId, table.conversationId, table.position),
    check('messages_role_check', sql`${table.role} in ('visitor', 'twin', 'person')`),
    check(
      'messages_author_check',
      sql`(${table.role} = 'person') = (${table.author} is not null) and (${table.author} is null) = (${table.authorId} is null)`,
    ),
    check('messages_position_check', sql`${table.position} between 1 and 1000`),
    check(
      'messages_outcome_check',
      sql`${table.outcome} in ('answered', 'stopped', 'blocked', 'failed', 'interrupted')`,
    ),
  ],
)

/** What the visitor thinks of a turn's reply: one row a turn, the last word counts. */
export const ratings = pgTable(
  'ratings',
  {
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    turnId: uuid('turn_id').$type<Id<'turn'>>().notNull(),
    conversationId: uuid('conversation_id').$type<Id<'conversation'>>().notNull(),
    /** Null: taken back, with its reason and comment; the row keeps an older rating from coming in late. */
    rating: text('rating').$type<Rating>(),
    reason: text('reason').$type<RatingReason>(),
    comment: text('comment'),
    ratedAt: timestamptz('rated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.turnId] }),
    foreignKey({
      name: 'ratings_conversation_fk',
      columns: [table.tenantId, table.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }),
    check('ratings_rating_check', sql`${table.rating} in ('up', 'down')`),
    check(
      'ratings_reason_check',
      sql`${table.reason} in ('inaccurate', 'unhelpful', 'off_topic', 'offensive', 'other')`,
    ),
    check(
      'ratings_taken_back_check',
      sql`${table.rating} is not null or (${table.reason} is null and ${table.comment} is null)`,
    ),
    index('ratings_conversation_idx').on(table.tenantId, table.conversationId),
  ],
)
