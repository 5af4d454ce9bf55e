/** What happened, what was cut, and which JSON shapes are valid. */
import { foreignKey, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Id } from '../../domain/id.ts'
import { conversations } from './conversations.ts'
import { tenants } from './tenancy.ts'
import { timestamptz } from './timestamptz.ts'

/** A guardrail's or a person's remark on a turn. The id is given by the writer. */
export const flags = pgTable(
  'flags',
  {
    id: uuid('id').$type<Id<'flag'>>().notNull().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    conversationId: uuid('conversation_id').$type<Id<'conversation'>>().notNull(),
    turnId: uuid('turn_id').$type<Id<'turn'>>().notNull(),
    /** Which rule: `avoided_term`, `banned_topic`, `too_long`. */
    rule: text('rule').notNull(),
    reason: text('reason').notNull(),
    /** What tripped it, cut short. */
    excerpt: text('excerpt').notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'flags_conversation_fk',
      columns: [table.tenantId, table.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }),
    index('flags_conversation_idx').on(table.tenantId, table.conversationId),
  ],
)

/** Who did it: a person, or nobody but a role (`platform-admin`, `room`). */
export interface EventActor {
  readonly user_id: Id<'user'> | null
  readonly role: string
}

/** Everything that happens, in one shape, appended and never changed. */
export const platformEvents = pgTable(
  'platform_events',
  {
    id: uuid('id').$type<Id<'event'>>().notNull().defaultRandom(),
    eventType: text('event_type').notNull(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    occurredAt: timestamptz('occurred_at').notNull().defaultNow(),
    actor: jsonb('actor').$type<EventActor>().notNull(),
    payload: jsonb('payload').$type<Readonly<Record<string, unknown>>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('platform_events_when_idx').on(table.tenantId, table.occurredAt),
  ],
)

/** JSON Schemas of versioned JSONB; an old version stays valid until its rows are backfilled. */
export const jsonbSchemas = pgTable(
  'jsonb_schemas',
  {
    schemaName: text('schema_name').notNull(),
    version: integer('version').notNull(),
    schema: jsonb('schema').$type<Readonly<Record<string, unknown>>>().notNull(),
    isActive: boolean('is_active').notNull().default(false),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.schemaName, table.version] })],
)
