/** A deployment's key for proofs of identity, out of Neon, as its tenant: no function that pages reach can tell it. */
import { eq } from 'drizzle-orm'
import type { Database } from '../../schema/db/database.ts'
import { identityKeys } from '../../schema/db/tables/identity-keys.ts'
import { withTenant } from '../../schema/db/with-tenant.ts'
import type { IdentityAlgorithm } from '../../schema/domain/identity-key.ts'
import { identityKeyRule } from '../core/identity-key.ts'
import type { IdentityKey } from '../core/identity-key.ts'
import type { IdentityKeys, KeyVault } from '../core/ports.ts'
import { check } from '../core/validate.ts'
import { inTime } from './in-time.ts'

export function neonIdentityKeys(database: Database, vault: KeyVault): IdentityKeys {
  return {
    async keyOf({ id, tenantId }) {
      const query = database
        .select({ alg: identityKeys.alg, material: identityKeys.material })
        .from(identityKeys)
        .where(eq(identityKeys.deploymentId, id))
      const [[row]] = await inTime(withTenant(database, tenantId, query))
      return row && readKey(row, id, vault)
    },
  }
}

async function readKey(
  { alg, material }: { readonly alg: IdentityAlgorithm; readonly material: string },
  deploymentId: string,
  vault: KeyVault,
): Promise<IdentityKey> {
  const kept: unknown =
    alg === 'HS256'
      ? { alg, secret: await vault.open(material, deploymentId) }
      : { alg, publicKey: JSON.parse(material) }
  const key = check(identityKeyRule, kept)
  if (!key.ok) throw new Error('The database holds an identity key that is none.')
  return key.value
}
