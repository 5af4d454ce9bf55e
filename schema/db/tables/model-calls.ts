/** What models cost, a row a call. Figures alone: a conversation's erasure leaves them, for what was used was used. */
import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Id } from '../../domain/id.ts'
import { conversations } from './conversations.ts'
import { tenants } from './tenancy.ts'
import { timestamptz } from './timestamptz.ts'

/** The id is given by the room before it calls, so that however often the row is sent, it is counted once. */
export const modelCalls = pgTable(
  'model_calls',
  {
    id: uuid('id').$type<Id<'call'>>().notNull(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    conversationId: uuid('conversation_id').$type<Id<'conversation'>>().notNull(),
    turnId: uuid('turn_id').$type<Id<'turn'>>().notNull(),
    /** Which of the turn's replies it was for, from 1. */
    attempt: integer('attempt').notNull(),
    model: text('model').notNull(),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    /** The provider did not say. */
    estimated: boolean('estimated').notNull(),
    startedAt: timestamptz('started_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'model_calls_conversation_fk',
      columns: [table.tenantId, table.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }),
    check('model_calls_attempt_check', sql`${table.attempt} >= 1`),
    check('model_calls_tokens_check', sql`${table.inputTokens} >= 0 and ${table.outputTokens} >= 0`),
    index('model_calls_when_idx').on(table.tenantId, table.startedAt),
    index('model_calls_conversation_idx').on(table.tenantId, table.conversationId),
  ],
)
