/** What a page's proof must say once its signature has held. Pure. */

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
}

/** The subject, or undefined. That `exp` has not passed is the verifier's part. */
export function readSubject({ sub, exp, aud }: ProofClaims, deploymentId: string, now: number): string | undefined {
  if (typeof exp !== 'number' || exp > now / 1000 + MAX_PROOF_SECONDS + PROOF_SKEW_SECONDS) return undefined
  if (aud !== undefined && aud !== deploymentId && !(Array.isArray(aud) && aud.includes(deploymentId))) return undefined
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT_CHARS) return undefined
  // Half a character becomes the same byte sequence as any other half: two people would be one.
  return /\p{Surrogate}/u.test(sub) ? undefined : sub
}
