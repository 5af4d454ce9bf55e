/** What the admin route answers of people, their roles and keys, and of what happened. */
import type { AdminRole, KeyScope } from '../../../schema/domain/enums.ts'
import type { Id } from '../../../schema/domain/id.ts'

export interface UserView {
  readonly id: Id<'user'>
  readonly email: string
  readonly name: string
  readonly createdAt: Date
  /** None of the person's keys opens anything from then on. */
  readonly deactivatedAt: Date | null
}

export interface MembershipView {
  readonly id: Id<'membership'>
  readonly userId: Id<'user'>
  readonly tenantId: Id<'tenant'>
  readonly role: AdminRole
  readonly createdAt: Date
}

export interface KeyView {
  readonly id: Id<'key'>
  readonly tenantId: Id<'tenant'>
  /** Null: a service's. */
  readonly userId: Id<'user'> | null
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly KeyScope[]
  /** A service's; a person's roles are those of the memberships. */
  readonly role: AdminRole | null
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  /** Within five minutes of the truth. */
  readonly lastUsedAt: Date | null
  readonly rotatedFrom: Id<'key'> | null
}

/** The one answer that holds the key itself. */
export interface NewKeyView {
  readonly key: KeyView
  readonly secret: string
}

/** The one shape of everything that happens, in its own words. */
export interface EventView {
  readonly id: Id<'event'>
  readonly event_type: string
  readonly tenant_id: Id<'tenant'>
  readonly occurred_at: Date
  readonly actor: { readonly user_id: Id<'user'> | null; readonly role: string }
  readonly payload: Readonly<Record<string, unknown>>
}
