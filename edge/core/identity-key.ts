/** A deployment's key for proofs of identity, as its owner gives it: checked whole before it is kept. */
import { fail, ok } from '../../schema/domain/result.ts'
import { pattern, shape, word, wrong } from './validate.ts'
import type { Rule } from './validate.ts'

/** The public half of a P-256 key (RFC 7517, RFC 7518 section 6.2.1). */
export interface PublicKey {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

/** The secret's bytes are those of its text. */
export type IdentityKey =
  | { readonly alg: 'HS256'; readonly secret: string }
  | { readonly alg: 'ES256'; readonly publicKey: PublicKey }

const SECRET = /^[\x21-\x7e]{32,512}$/
/** 32 bytes as base64url without padding. */
const COORDINATE = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/
const coordinate = pattern(COORDINATE, 'must be 32 bytes as base64url without padding')

const hs256 = shape({
  alg: word(['HS256']),
  secret: pattern(SECRET, 'must be 32 to 512 visible ASCII characters, as your signing library gets them'),
})
const jwk: Rule<PublicKey> = shape({ kty: word(['EC']), crv: word(['P-256']), x: coordinate, y: coordinate })
const es256 = shape({ alg: word(['ES256']), publicKey: withoutPrivateHalf(jwk) })

export const identityKeyRule: Rule<IdentityKey> = (value) => {
  const alg = typeof value === 'object' && value !== null && 'alg' in value ? value.alg : undefined
  switch (alg) {
    case 'HS256':
      return hs256(value)
    case 'ES256':
      return es256(value)
    default:
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? fail([{ field: 'alg', message: 'must be one of HS256, ES256' }])
        : wrong('must be an object')
  }
}

/** What says how a key may be used is let in and dropped; the half that signs must never have been sent. */
function withoutPrivateHalf(rule: Rule<PublicKey>): Rule<PublicKey> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('must be a public JWK')
    if ('d' in value) return wrong('holds a private key: keep it, make a new one, and send the public half alone')
    const checked = rule(
      Object.fromEntries(
        Object.entries(value).filter(([name]) => !['use', 'key_ops', 'alg', 'kid', 'ext'].includes(name)),
      ),
    )
    return checked.ok ? ok(checked.value) : checked
  }
}
