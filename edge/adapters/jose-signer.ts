/** Signs sessions as JWS with HMAC-SHA-256. The algorithm and the type are ours, whatever a token's header says. */
import { errors, jwtVerify, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import type { SessionClaims } from '../../schema/domain/claims.ts'
import { parseId } from '../../schema/domain/id.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import { MAX_SESSION_SECONDS } from '../../schema/wire/limits.ts'
import type { SessionSigner } from '../core/ports.ts'

const ALGORITHM = 'HS256'
const TYPE = 'twin-session'
/** Two machines' clocks may differ so much; a session from further in the future is forged. */
const CLOCK_SKEW_SECONDS = 5
/** Ours have about 500; a longer one is not worth a MAC. */
const MAX_TOKEN_CHARS = 2_048
/** The parser forgives padding; a session has one spelling. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/

export function joseSigner(key: Uint8Array): SessionSigner {
  return {
    sign({ deploymentId, visitorId, origin, conversationId, expiresAt }, issuedAt) {
      return new SignJWT({ ori: origin, cid: conversationId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setAudience(deploymentId)
        .setSubject(visitorId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .setJti(crypto.randomUUID())
        .sign(key)
    },

    async verify(token, now) {
      if (token.length > MAX_TOKEN_CHARS || !COMPACT.test(token)) return fail({ reason: 'session_invalid' })
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          typ: TYPE,
          currentDate: new Date(now),
        })
        const claims = readClaims(payload, now)
        return claims ? ok(claims) : fail({ reason: 'session_invalid' })
      } catch (error) {
        // jose looks at the age only after the signature has held.
        const claims = error instanceof errors.JWTExpired ? readClaims(error.payload, now) : undefined
        return fail(claims ? { reason: 'session_expired', claims } : { reason: 'session_invalid' })
      }
    },
  }
}

function readClaims({ aud, sub, ori, cid, exp, iat }: JWTPayload, now: number): SessionClaims | undefined {
  const deploymentId = parseId<'deployment'>(aud)
  const visitorId = parseId<'visitor'>(sub)
  const conversationId = parseId<'conversation'>(cid)
  if (!deploymentId || !visitorId || !conversationId || typeof ori !== 'string') return undefined
  if (typeof exp !== 'number' || typeof iat !== 'number') return undefined
  if (iat > now / 1000 + CLOCK_SKEW_SECONDS || exp - iat > MAX_SESSION_SECONDS) return undefined
  return { deploymentId, origin: ori, conversationId, visitorId, expiresAt: exp }
}
