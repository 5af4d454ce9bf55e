/** What the database's `resolve_api_key` answers for the hash of a key, also of one that opens nothing any more. */
import type { AdminRole, KeyScope, TenantKind } from './enums.ts'
import type { Id } from './id.ts'

export const KEY_STATES = ['LIVE', 'REVOKED', 'EXPIRED', 'USER_DEACTIVATED'] as const

export interface ApiKeyRecord {
  readonly id: Id<'key'>
  readonly tenantId: Id<'tenant'>
  readonly tenantKind: TenantKind
  /** The person it belongs to; null for a service's key. */
  readonly userId: Id<'user'> | null
  readonly name: string
  readonly prefix: string
  /** SHA-256, lower-case hex. */
  readonly hash: string
  readonly scopes: readonly KeyScope[]
  /** The person's in the key's tenant as they are now, or the service's one. */
  readonly roles: readonly AdminRole[]
  readonly state: (typeof KEY_STATES)[number]
  /** ISO 8601; null: it does not end by itself. */
  readonly expiresAt: string | null
  /** ISO 8601, or null. */
  readonly lastUsedAt: string | null
}
