/**
 * Signs sessions as JWS with HMAC-SHA-256. The algorithm and the type are ours, whatever a token's header says; of the
 * header only the key's name is read, and it leads to one of ours or to nothing.
 */
import { base64url, calculateJwkThumbprint, decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import type { SessionClaims, SessionGrant } from '../../schema/domain/claims.ts'
import { VISITOR_TIERS } from '../../schema/domain/enums.ts'
import { parseId } from '../../schema/domain/id.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import { MAX_SESSION_SECONDS } from '../../schema/wire/limits.ts'
import type { SessionSigner } from '../core/ports.ts'
import { COMPACT_JWS } from './compact-jws.ts'

const ALGORITHM = 'HS256'
const SESSION = 'twin-session'
const TICKET = 'twin-ticket'
/** Two machines' clocks may differ so much; a session from further in the future is forged. */
const CLOCK_SKEW_SECONDS = 5
/** Ours have about 500; a longer one is not worth a MAC. */
const MAX_TOKEN_CHARS = 2_048

/** The key that signs, and while sessions of the one before may live, that one. */
export interface SessionKeys {
  readonly current: Uint8Array
  readonly previous?: Uint8Array | undefined
}

export function joseSigner({ current, previous }: SessionKeys): SessionSigner {
  // Asked for at the first use: workerd allows no crypto while the module loads.
  let named: Promise<{ readonly kid: string; readonly byName: ReadonlyMap<string, Uint8Array> }> | undefined
  const keys = () => (named ??= nameKeys(current, previous))

  async function make(
    typ: typeof SESSION | typeof TICKET,
    { deploymentId, visitorId, origin, conversationId, epoch, tier }: SessionGrant,
    { issuedAt, goodUntil, ...more }: { issuedAt: number; goodUntil: number; end?: number },
  ): Promise<string> {
    const { kid } = await keys()
    return new SignJWT({ ori: origin, cid: conversationId, ep: epoch, tier, ...more })
      .setProtectedHeader({ alg: ALGORITHM, typ, kid })
      .setAudience(deploymentId)
      .setSubject(visitorId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(goodUntil)
      .setJti(crypto.randomUUID())
      .sign(current)
  }

  return {
    sign: (grant, issuedAt) => make(SESSION, grant, { issuedAt, goodUntil: grant.expiresAt }),
    signTicket: (grant, issuedAt, goodUntil) => make(TICKET, grant, { issuedAt, goodUntil, end: grant.expiresAt }),

    async verify(token, now, accepted = 'session') {
      if (token.length > MAX_TOKEN_CHARS || !COMPACT_JWS.test(token)) return fail({ reason: 'session_invalid' })
      const typ = accepted === 'session or ticket' && saysTicket(token) ? TICKET : SESSION
      const { byName } = await keys()
      const keyOf = ({ kid }: { readonly kid?: string | undefined }): Uint8Array => {
        const key = byName.get(kid ?? '')
        if (!key) throw new errors.JWKSNoMatchingKey()
        return key
      }
      try {
        const { payload } = await jwtVerify(token, keyOf, {
          algorithms: [ALGORITHM],
          typ,
          currentDate: new Date(now),
        })
        const claims = readClaims(payload, typ, now)
        return claims ? ok(claims) : fail({ reason: 'session_invalid' })
      } catch (error) {
        // jose looks at the age only after the signature has held.
        const claims = error instanceof errors.JWTExpired ? readClaims(error.payload, typ, now) : undefined
        return fail(claims ? { reason: 'session_expired', claims } : { reason: 'session_invalid' })
      }
    },
  }
}

/** What it says it is decides only as what it is then verified. */
function saysTicket(token: string): boolean {
  try {
    return decodeProtectedHeader(token).typ === TICKET
  } catch {
    return false
  }
}

/** A key's name is its thumbprint (RFC 7638): it changes with the key, and tells nothing of it. */
async function nameKeys(current: Uint8Array, previous: Uint8Array | undefined) {
  const kid = await nameOf(current)
  const byName = new Map(previous ? [[await nameOf(previous), previous]] : [])
  return { kid, byName: byName.set(kid, current) }
}

function nameOf(key: Uint8Array): Promise<string> {
  return calculateJwkThumbprint({ kty: 'oct', k: base64url.encode(key) })
}

function readClaims(
  { aud, sub, ori, cid, exp, iat, ep, end, tier: given, jti }: JWTPayload,
  typ: typeof SESSION | typeof TICKET,
  now: number,
): SessionClaims | undefined {
  const deploymentId = parseId<'deployment'>(aud)
  const visitorId = parseId<'visitor'>(sub)
  const conversationId = parseId<'conversation'>(cid)
  const tier = VISITOR_TIERS.find((one) => one === given)
  if (!deploymentId || !visitorId || !conversationId || typeof ori !== 'string' || !tier) return undefined
  if (typeof ep !== 'number' || !Number.isInteger(ep) || ep < 0 || typeof jti !== 'string') return undefined
  if (typeof exp !== 'number' || typeof iat !== 'number') return undefined
  const expiresAt = typ === TICKET ? end : exp
  if (typeof expiresAt !== 'number' || exp > expiresAt) return undefined
  if (iat > now / 1000 + CLOCK_SKEW_SECONDS || expiresAt - iat > MAX_SESSION_SECONDS) return undefined
  const ticket = typ === TICKET ? jti : null
  return { deploymentId, origin: ori, conversationId, visitorId, expiresAt, epoch: ep, tier, ticket }
}
