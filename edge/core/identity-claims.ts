/** What a page's proof must say once its signature has held. Pure. */
import { VISITOR_TIERS } from '../../schema/domain/enums.ts'
import type { VisitorTier } from '../../schema/domain/enums.ts'

/** Longest subject, in UTF-16 code units. */
const MAX_SUBJECT_CHARS = 128
/** A proof that lived longer would be a password. */
const MAX_PROOF_SECONDS = 24 * 60 * 60
/** How far the owner's clock and ours may stand apart. */
export const PROOF_SKEW_SECONDS = 30

interface ProofClaims {
  readonly sub?: unknown
  readonly exp?: unknown
  readonly aud?: unknown
  readonly tier?: unknown
}

/** Who is signed in at the page, as its owner knows them. */
export interface ProvenPerson {
  readonly subject: string
  readonly tier: VisitorTier
}

/** The person, or undefined. That `exp` has not passed is the verifier's part. */
export function readPerson(
  { sub, exp, aud, tier: given = 'FREE' }: ProofClaims,
  deploymentId: string,
  now: number,
): ProvenPerson | undefined {
  if (typeof exp !== 'number' || exp > now / 1000 + MAX_PROOF_SECONDS + PROOF_SKEW_SECONDS) return undefined
  if (aud !== undefined && aud !== deploymentId && !(Array.isArray(aud) && aud.includes(deploymentId))) return undefined
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT_CHARS) return undefined
  // Half a character becomes the same byte sequence as any other half: two people would be one.
  if (/\p{Surrogate}/u.test(sub)) return undefined
  // A tier we do not know is a mistake of the owner's, who sees it at once; taken for FREE it would be found by a customer.
  const tier = VISITOR_TIERS.find((one) => one === given)
  return tier && { subject: sub, tier }
}
