/**
 * Opens the admin route to whom a key belongs. The root key's SHA-256 is configured; every other key's is in Neon, where it
 * is found by its whole digest: what answers, and when, is the same for a wrong key that begins like a right one. Digests
 * are compared in constant time.
 */
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../../schema/db/database.ts'
import { resolveApiKey } from '../../schema/db/resolve.ts'
import { apiKeys } from '../../schema/db/tables/tenancy.ts'
import type { ApiKeyRecord } from '../../schema/domain/api-key-record.ts'
import { hexOf } from '../../schema/domain/hex-of.ts'
import { platformTenantId } from '../../schema/domain/platform-tenant.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import type { Actor } from '../core/admin/actor.ts'
import { digestOf, prefixOf } from '../core/admin/api-key.ts'
import type { AdminGate } from '../core/admin/ports.ts'
import type { Clock } from '../core/ports.ts'
import { askForPlatform, unlessAway } from './admin/ask-platform.ts'

interface GateParts {
  /** SHA-256 of the root key. */
  readonly root: Uint8Array<ArrayBuffer>
  /** Of the platform's login. */
  readonly database: Database
  readonly clock: Clock
}

/** Of no prefix's form. */
const ROOT_NAME = 'root'
/** A key in use is written down as used so often; each write is one more row version. */
const USED_EVERY_MS = 5 * 60_000

export function neonAdminGate({ root, database, clock }: GateParts): AdminGate {
  const noteUse = async ({ id, lastUsedAt }: ApiKeyRecord): Promise<void> => {
    const before = new Date(clock() - USED_EVERY_MS)
    if (lastUsedAt !== null && Date.parse(lastUsedAt) > before.getTime()) return
    const unused = or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, before))
    const use = database
      .update(apiKeys)
      .set({ lastUsedAt: sql`now()` })
      .where(and(eq(apiKeys.id, id), unused))
    await askForPlatform(database, use)
  }

  return {
    // what wrong keys of no form cost is not the root key's to pay: it is told from them without a question to anybody
    nameOf: async (key) => (isSame(await digestOf(key), root) ? ROOT_NAME : prefixOf(key)),

    async open(key) {
      const digest = await digestOf(key)
      if (isSame(digest, root)) return ok(rootActor())
      const prefix = await prefixOf(key)
      if (prefix === undefined) return fail({ why: 'NONE_OF_OURS', prefix: null, key: null })
      const record = await unlessAway(() => resolveApiKey(database, hexOf(digest)))
      if (!record || !isSame(digest, octetsOf(record.hash))) return fail({ why: 'UNKNOWN', prefix, key: null })
      if (record.state !== 'LIVE') return fail({ why: record.state, prefix, key: record })
      await noteUse(record)
      return ok(actorOf(record))
    },
  }
}

function isSame(one: Uint8Array<ArrayBuffer>, other: Uint8Array<ArrayBuffer>): boolean {
  return one.byteLength === other.byteLength && crypto.subtle.timingSafeEqual(one, other)
}

/** Whoever has it has set up the platform, and makes the first keys with it. */
const rootActor = (): Actor => ({
  tenantId: platformTenantId(),
  tenantKind: 'PLATFORM',
  userId: null,
  keyId: null,
  roles: ['OWNER'],
  scopes: ['read', 'write'],
  endsAt: null,
})

function actorOf({ tenantId, tenantKind, userId, id, roles, scopes, expiresAt }: ApiKeyRecord): Actor {
  const endsAt = expiresAt === null ? null : Date.parse(expiresAt)
  return { tenantId, tenantKind, userId, keyId: id, roles, scopes, endsAt }
}

function octetsOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
}
