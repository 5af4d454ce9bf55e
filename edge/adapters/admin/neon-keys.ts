/** Keys in Neon: made and told once, kept as a digest that this login cannot read back. */
import { and, asc, eq, exists, isNull, sql } from 'drizzle-orm'
import { apiKeys, memberships, tenants, users } from '../../../schema/db/tables/tenancy.ts'
import { hexOf } from '../../../schema/domain/hex-of.ts'
import { newId } from '../../../schema/domain/id.ts'
import type { Id } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import { digestOf, newApiKey } from '../../core/admin/api-key.ts'
import type { KeyStore } from '../../core/admin/ports.ts'
import type { FieldError } from '../../core/refusal.ts'
import type { Clock } from '../../core/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

const shown = {
  id: apiKeys.id,
  tenantId: apiKeys.tenantId,
  userId: apiKeys.userId,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  role: apiKeys.role,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  revokedAt: apiKeys.revokedAt,
  lastUsedAt: apiKeys.lastUsedAt,
  rotatedFrom: apiKeys.rotatedFrom,
}

interface KeyRules {
  readonly environment: 'live' | 'test'
  readonly clock: Clock
}

export function neonKeys(database: Desk, { environment, clock }: KeyRules): KeyStore {
  const find = async (id: Id<'key'>) => {
    const [[row]] = await askPlatform(database, database.select(shown).from(apiKeys).where(eq(apiKeys.id, id)))
    return row
  }
  const mint = async () => {
    const { key, prefix } = await newApiKey(environment)
    return { id: newId<'key'>(), secret: key, prefix, hash: hexOf(await digestOf(key)) }
  }
  return {
    find,

    create: (input) =>
      refusedWrite(async () => {
        const { tenantId = database.actor.tenantId, userId, role, name, scopes } = input
        const [[tenant], [member]] = await askPlatform(
          database,
          database.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, tenantId)),
          database
            .select({ id: users.id })
            .from(users)
            .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.tenantId, tenantId)))
            .where(userId === undefined ? sql`false` : and(eq(users.id, userId), isNull(users.deactivatedAt)))
            .limit(1),
        )
        const errors: FieldError[] = []
        if (!tenant) errors.push({ field: 'tenantId', message: 'is no tenant' })
        if ((userId === undefined) === (role === undefined))
          errors.push({ field: 'role', message: 'is what a service’s key has; a person’s has userId instead' })
        if (userId !== undefined && !member)
          errors.push({ field: 'userId', message: 'is nobody with a role in this tenant' })
        if (input.expiresAt !== undefined && Date.parse(input.expiresAt) <= clock())
          errors.push({ field: 'expiresAt', message: 'must be in the future' })
        if (errors.length > 0) return fail({ reason: 'request_invalid', errors })

        const { id, secret, prefix, hash } = await mint()
        const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt)
        const [[key]] = await askPlatform(
          database,
          database
            .insert(apiKeys)
            .values({ id, tenantId, userId, name, prefix, hash, scopes: [...new Set(scopes)], role, expiresAt })
            .returning(shown),
          platformEvent(database, { tenantId, action: 'created', entity: 'key', id, input }),
        )
        return key ? ok({ key, secret }) : fail({ reason: 'not_found' })
      }),

    async list(page) {
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(apiKeys)
          .where(afterRow(apiKeys, page.after))
          .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    rotate: (id, { overlapSeconds }) =>
      refusedWrite(async () => {
        const present = await find(id)
        if (!present) return fail({ reason: 'not_found' })
        const { id: successor, secret, prefix, hash } = await mint()
        // The successor lives as long as its predecessor was to live, and none is made of a key that opens nothing.
        const [, , [key]] = await askPlatform(
          database,
          database.execute(sql`
            insert into api_keys (id, tenant_id, user_id, name, prefix, hash, scopes, role, expires_at, rotated_from)
            select ${successor}, k.tenant_id, k.user_id, k.name, ${prefix}, ${hash}, k.scopes, k.role,
              now() + (k.expires_at - k.created_at), k.id
            from (${database.select(shown).from(apiKeys).where(eq(apiKeys.id, id))}) as k
            where k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`),
          database
            .update(apiKeys)
            .set({ expiresAt: sql`least(${apiKeys.expiresAt}, now() + ${overlapSeconds} * interval '1 second')` })
            .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt))),
          database.select(shown).from(apiKeys).where(eq(apiKeys.id, successor)),
          platformEvent(database, {
            tenantId: present.tenantId,
            action: 'rotated',
            entity: 'key',
            id,
            input: { overlapSeconds },
            provided: exists(database.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, successor))),
          }),
        )
        const detail = 'This key opens nothing any more; make another one.'
        return key ? ok({ key, secret }) : fail({ reason: 'conflict', detail })
      }),

    async revoke(id) {
      const present = await find(id)
      if (!present) return fail({ reason: 'not_found' })
      const [[key]] = await askPlatform(
        database,
        database
          .update(apiKeys)
          .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
          .where(eq(apiKeys.id, id))
          .returning(shown),
        platformEvent(database, { tenantId: present.tenantId, action: 'revoked', entity: 'key', id }),
      )
      return key ? ok(key) : fail({ reason: 'not_found' })
    },
  }
}
