/** What may be spent: one plan a celebrity, deployment or campaign. What was spent is counted elsewhere, by one who must be exact. */
import { sql } from 'drizzle-orm'
import { check, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { BudgetHolder, BudgetRule } from '../../domain/budget.ts'
import type { Id } from '../../domain/id.ts'
import { tenants } from './tenancy.ts'
import { timestamptz } from './timestamptz.ts'

/** `tenantId` is the celebrity's, of a campaign's plan too: whoever is asked pays. */
export const budgets = pgTable(
  'budgets',
  {
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    /** Of the celebrity, deployment or campaign itself: it has one plan. */
    holderId: uuid('id').notNull(),
    holder: text('holder').$type<BudgetHolder>().notNull(),
    /** IANA name: whose midnight ends a day. */
    timeZone: text('time_zone').notNull().default('UTC'),
    rules: jsonb('rules').$type<readonly BudgetRule[]>().notNull(),
    setAt: timestamptz('set_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.holderId] }),
    check('budgets_holder_check', sql`${table.holder} in ('celebrity', 'deployment', 'campaign')`),
  ],
)
