/** Verifies a page's JWT against its deployment's own key. The key decides the algorithm, whatever the token says. */
import { importJWK, jwtVerify } from 'jose'
import type { IdentityKey } from '../core/identity-key.ts'
import { PROOF_SKEW_SECONDS, readPerson } from '../core/identity-claims.ts'
import type { IdentityKeys, IdentityProof } from '../core/ports.ts'
import { COMPACT_JWS } from './compact-jws.ts'

/** Room for an owner's further claims; more is not worth a MAC. */
const MAX_PROOF_CHARS = 6 * 1024

export function joseProof(keys: IdentityKeys): IdentityProof {
  return {
    async personOf(proof, deployment, now) {
      if (proof.length > MAX_PROOF_CHARS || !COMPACT_JWS.test(proof)) return undefined
      const key = await keys.keyOf(deployment)
      if (!key) return undefined
      const material = await materialOf(key)
      try {
        const { payload } = await jwtVerify(proof, material, {
          algorithms: [key.alg],
          currentDate: new Date(now),
          clockTolerance: PROOF_SKEW_SECONDS,
        })
        return readPerson(payload, deployment.id, now)
      } catch {
        return undefined // jose throws for whatever does not hold, and for nothing of ours: the key was read above
      }
    },
  }
}

async function materialOf(key: IdentityKey) {
  return key.alg === 'HS256' ? new TextEncoder().encode(key.secret) : importJWK({ ...key.publicKey }, key.alg)
}
