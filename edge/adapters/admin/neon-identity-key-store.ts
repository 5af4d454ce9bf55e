/** Sets and removes identity keys in Neon. Its login may write a key's material and cannot read it back. */
import { eq } from 'drizzle-orm'
import { calculateJwkThumbprint, importJWK } from 'jose'
import { deployments } from '../../../schema/db/tables/deployments.ts'
import { identityKeys } from '../../../schema/db/tables/identity-keys.ts'
import { hexOf } from '../../../schema/domain/hex-of.ts'
import type { Id } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { IdentityKeyStore } from '../../core/admin/ports.ts'
import type { IdentityKey } from '../../core/identity-key.ts'
import type { KeyVault } from '../../core/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { platformEvent } from './platform-event.ts'

const { deploymentId, alg, fingerprint, setAt } = identityKeys
const shown = { deploymentId, alg, fingerprint, setAt }

export function neonIdentityKeyStore(database: Desk, vault: KeyVault): IdentityKeyStore {
  const tenantOf = async (id: Id<'deployment'>): Promise<Id<'tenant'> | undefined> => {
    const query = database.select({ tenantId: deployments.tenantId }).from(deployments).where(eq(deployments.id, id))
    const [[row]] = await askPlatform(database, query)
    return row?.tenantId
  }
  return {
    async set(id, key) {
      const tenantId = await tenantOf(id)
      if (!tenantId) return fail({ reason: 'not_found' })
      if (!(await isOfCurve(key))) {
        const message = 'is no public key: x and y are not a point of P-256'
        return fail({ reason: 'request_invalid', errors: [{ field: 'publicKey', message }] })
      }
      const kept = {
        alg: key.alg,
        material: key.alg === 'HS256' ? await vault.seal(key.secret, id) : JSON.stringify(key.publicKey),
        fingerprint: await fingerprintOf(key),
        setAt: new Date(),
      }
      const [[row]] = await askPlatform(
        database,
        database
          .insert(identityKeys)
          .values({ tenantId, deploymentId: id, ...kept })
          .onConflictDoUpdate({ target: [identityKeys.tenantId, identityKeys.deploymentId], set: kept })
          .returning(shown),
        platformEvent(database, { tenantId, action: 'updated', entity: 'identity_key', id, input: { ...key } }),
      )
      return row ? ok(row) : fail({ reason: 'not_found' })
    },

    async find(id) {
      const query = database.select(shown).from(identityKeys).where(eq(identityKeys.deploymentId, id))
      const [[row]] = await askPlatform(database, query)
      return row
    },

    async remove(id) {
      const tenantId = await tenantOf(id)
      if (!tenantId || !(await this.find(id))) return fail({ reason: 'not_found' })
      const [[row]] = await askPlatform(
        database,
        database.delete(identityKeys).where(eq(identityKeys.deploymentId, id)).returning(shown),
        platformEvent(database, { tenantId, action: 'removed', entity: 'identity_key', id }),
      )
      return row ? ok(row) : fail({ reason: 'not_found' })
    },
  }
}

async function isOfCurve(key: IdentityKey): Promise<boolean> {
  if (key.alg === 'HS256') return true
  try {
    await importJWK({ ...key.publicKey }, key.alg)
    return true
  } catch {
    return false
  }
}

const FINGERPRINT_BYTES = 16

/** Enough to tell two keys apart, and for the owner to find again by his own means. */
async function fingerprintOf(key: IdentityKey): Promise<string> {
  if (key.alg === 'ES256') return calculateJwkThumbprint({ ...key.publicKey })
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key.secret)))
  return hexOf(digest.subarray(0, FINGERPRINT_BYTES))
}
