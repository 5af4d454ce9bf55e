/**
 * Who is kept apart from whom. Tenants, people and keys are written by the platform's login only, so that the global
 * uniqueness of a slug or an e-mail address tells no tenant anything about another.
 */
import { index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Id } from '../../domain/id.ts'
import { tenantKind } from './enums.ts'
import { timestamptz } from './timestamptz.ts'

/** The unit of isolation: a celebrity, a brand, an organization or the platform itself. */
export const tenants = pgTable('tenants', {
  id: uuid('id').$type<Id<'tenant'>>().primaryKey().defaultRandom(),
  kind: tenantKind('kind').notNull(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  createdAt: timestamptz('created_at').notNull().defaultNow(),
})

/** People. What they may do hangs on their memberships. */
export const users = pgTable('users', {
  id: uuid('id').$type<Id<'user'>>().primaryKey().defaultRandom(),
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  createdAt: timestamptz('created_at').notNull().defaultNow(),
  deactivatedAt: timestamptz('deactivated_at'),
})

/** A person's role in a tenant. */
export const memberships = pgTable(
  'memberships',
  {
    userId: uuid('user_id')
      .$type<Id<'user'>>()
      .notNull()
      .references(() => users.id),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    role: text('role').notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId, table.role] }),
    index('memberships_user_idx').on(table.userId),
  ],
)

/** A key of a person or a service. Only its hash is kept; the prefix is what a list shows. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid('id').$type<Id<'key'>>().primaryKey().defaultRandom(),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    userId: uuid('user_id')
      .$type<Id<'user'>>()
      .references(() => users.id),
    name: text('name').notNull(),
    prefix: text('prefix').notNull(),
    /** SHA-256 of the key, lower-case hex. */
    hash: text('hash').notNull(),
    scopes: text('scopes').array().notNull().default([]),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
    revokedAt: timestamptz('revoked_at'),
    lastUsedAt: timestamptz('last_used_at'),
  },
  (table) => [unique('api_keys_hash_key').on(table.hash), index('api_keys_tenant_idx').on(table.tenantId)],
)
