/** Who acts on the admin route: read from the key that was shown, never from what the request says. */
import type { AdminRole, KeyScope, TenantKind } from '../../../schema/domain/enums.ts'
import type { Id } from '../../../schema/domain/id.ts'

export interface Actor {
  /** Whose key it is; `PLATFORM` acts for every tenant, any other kind for this one alone. */
  readonly tenantId: Id<'tenant'>
  readonly tenantKind: TenantKind
  /** Null: a service. */
  readonly userId: Id<'user'> | null
  /** Null: the root key, which stands in the Worker's configuration. */
  readonly keyId: Id<'key'> | null
  readonly roles: readonly AdminRole[]
  readonly scopes: readonly KeyScope[]
  /** When the key ends by itself, in epoch milliseconds; null: it does not. */
  readonly endsAt: number | null
}

/** Whoever holds the root key, in every record. */
const ROOT_NAME = 'platform-admin'

/** For whom the database shows and takes rows. */
export function actsFor({ tenantKind, tenantId }: Actor): 'platform' | Id<'tenant'> {
  return tenantKind === 'PLATFORM' ? 'platform' : tenantId
}

/** Who this is, for the record of a conversation: a person, a service's key, or whoever holds the root key. */
export function personIdOf({ userId, keyId }: Pick<Actor, 'userId' | 'keyId'>): string {
  return userId ?? (keyId === null ? ROOT_NAME : `key:${keyId}`)
}

/** The role in which somebody acts; the root key has the name it always had. */
export function roleOf({ keyId, tenantKind, roles }: Actor): string {
  return keyId === null ? ROOT_NAME : `${tenantKind}:${roles.join('+')}`.toLowerCase()
}

/** Whose word lets a twin say what a text says: the platform's, an owner's or an approver's. */
export function mayApprove({ tenantKind, roles }: Actor): boolean {
  return tenantKind === 'PLATFORM' || roles.some((role) => role === 'OWNER' || role === 'APPROVER')
}

/** What VibeThink alone brings back. */
export const HELD_STATUSES: readonly string[] = ['SUSPENDED', 'ARCHIVED']

/** VibeThink's kill switch is not its owner's to turn back. */
export function mayResume({ tenantKind }: Actor, status: string): boolean {
  return tenantKind === 'PLATFORM' || !HELD_STATUSES.includes(status)
}
