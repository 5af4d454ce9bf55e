/** What the database's `resolve_api_key` answers for a key that is not revoked. */
import type { Id } from './id.ts'

export interface ApiKeyRecord {
  readonly id: Id<'key'>
  readonly tenantId: Id<'tenant'>
  /** The person it belongs to; null for a service's key. */
  readonly userId: Id<'user'> | null
  readonly name: string
  readonly scopes: readonly string[]
}
