/**
 * Who is kept apart from whom. Tenants, people and keys are written by the platform's login only, so that the global
 * uniqueness of a slug or an e-mail address tells no tenant anything about another.
 */
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { AdminRole, KeyScope } from '../../domain/enums.ts'
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
export const users = pgTable(
  'users',
  {
    id: uuid('id').$type<Id<'user'>>().primaryKey().defaultRandom(),
    /** In lower case: no mailbox of ours to tell apart by more. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
    deactivatedAt: timestamptz('deactivated_at'),
  },
  (table) => [uniqueIndex('users_email_key').on(sql`lower(${table.email})`)],
)

/** A person's role in a tenant. */
export const memberships = pgTable(
  'memberships',
  {
    id: uuid('id').$type<Id<'membership'>>().notNull().defaultRandom(),
    userId: uuid('user_id')
      .$type<Id<'user'>>()
      .notNull()
      .references(() => users.id),
    tenantId: uuid('tenant_id')
      .$type<Id<'tenant'>>()
      .notNull()
      .references(() => tenants.id),
    role: text('role').$type<AdminRole>().notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId, table.role] }),
    unique('memberships_id_key').on(table.tenantId, table.id),
    index('memberships_user_idx').on(table.userId),
    check('memberships_role_check', sql`${table.role} in ('OWNER', 'EDITOR', 'APPROVER', 'VIEWER')`),
  ],
)

/**
 * A key of a person or a service. Only its hash is kept; the prefix is what a list shows. A person's key has no role of its
 * own: it may what the person's memberships allow when it is used. One without either may nothing.
 */
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
    scopes: text('scopes').array().$type<KeyScope[]>().notNull().default([]),
    /** A service's. */
    role: text('role').$type<AdminRole>(),
    createdAt: timestamptz('created_at').notNull().defaultNow(),
    /** Null: it does not end by itself. A rotated key ends when its overlap does. */
    expiresAt: timestamptz('expires_at'),
    revokedAt: timestamptz('revoked_at'),
    /** Written seldom: within a few minutes of the truth. */
    lastUsedAt: timestamptz('last_used_at'),
    /** The key that this one takes the place of. */
    rotatedFrom: uuid('rotated_from').$type<Id<'key'>>(),
  },
  (table) => [
    unique('api_keys_hash_key').on(table.hash),
    unique('api_keys_rotated_from_key').on(table.tenantId, table.rotatedFrom), // a key is rotated once; then its successor is
    unique('api_keys_tenant_id_key').on(table.tenantId, table.id),
    foreignKey({
      name: 'api_keys_rotated_from_fk',
      columns: [table.tenantId, table.rotatedFrom],
      foreignColumns: [table.tenantId, table.id],
    }),
    index('api_keys_tenant_idx').on(table.tenantId),
    check('api_keys_role_check', sql`${table.role} in ('OWNER', 'EDITOR', 'APPROVER', 'VIEWER')`),
    check('api_keys_holder_check', sql`${table.userId} is null or ${table.role} is null`),
  ],
)
