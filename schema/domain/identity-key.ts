/** What a deployment verifies its page's proofs of identity with, as it is kept. */

/** `HS256`: a secret that both sides hold. `ES256`: the owner signs, and we hold the public half alone. */
export const IDENTITY_ALGORITHMS = ['HS256', 'ES256'] as const
export type IdentityAlgorithm = (typeof IDENTITY_ALGORITHMS)[number]
