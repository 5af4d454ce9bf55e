/**
 * Security events in Neon: of whom a key is or was, else the platform's. An address stands there as a part of its digest,
 * enough to see that two came from one place; of a key its prefix.
 */
import { eq } from 'drizzle-orm'
import type { Database } from '../../../schema/db/database.ts'
import { platformEvents } from '../../../schema/db/tables/operations.ts'
import { apiKeys } from '../../../schema/db/tables/tenancy.ts'
import type { Id } from '../../../schema/domain/id.ts'
import { platformTenantId } from '../../../schema/domain/platform-tenant.ts'
import { roleOf } from '../../core/admin/actor.ts'
import type { SecurityReports } from '../../core/admin/ports.ts'
import { askForPlatform } from './ask-platform.ts'

const ADDRESS_CHARS = 8
const tenantsOwn = (tenantId: Id<'tenant'>): string => `tenant:${tenantId}`

export function neonSecurityReports(database: Database, mayTell: (kind: string) => Promise<boolean>): SecurityReports {
  /** The key that a guess has the prefix of. */
  const namedBy = async (prefix: string) => {
    const [[named]] = await askForPlatform(
      database,
      database
        .select({ id: apiKeys.id, tenantId: apiKeys.tenantId })
        .from(apiKeys)
        .where(eq(apiKeys.prefix, prefix))
        .limit(1),
    )
    return named
  }
  return {
    async wrongKey({ why, prefix, key, from, wait }) {
      const of = key ?? (prefix === null ? undefined : await namedBy(prefix))
      // A tenant's own keys are told of whatever strangers do, to the tenant or to others.
      const kind = key ? tenantsOwn(key.tenantId) : of ? `guesses:${of.tenantId}` : 'strangers'
      if (!(await mayTell(kind))) return
      const event = database.insert(platformEvents).values({
        eventType: 'SECURITY_EVENT',
        tenantId: of?.tenantId ?? platformTenantId(),
        actor: { user_id: null, role: 'stranger' },
        payload: {
          action: wait > 0 ? 'locked_out' : 'refused',
          entity: 'key',
          id: of?.id ?? null,
          why,
          key_prefix: prefix,
          from: from.slice(0, ADDRESS_CHARS),
          seconds: wait,
        },
      })
      await askForPlatform(database, event)
    },

    async refusedRoute(actor, route) {
      const { tenantId, userId, keyId } = actor
      if (!(await mayTell(tenantsOwn(tenantId)))) return
      const event = database.insert(platformEvents).values({
        eventType: 'SECURITY_EVENT',
        tenantId,
        actor: { user_id: userId, role: roleOf(actor) },
        payload: { action: 'refused', entity: 'key', id: keyId, route },
      })
      await askForPlatform(database, event)
    },
  }
}
