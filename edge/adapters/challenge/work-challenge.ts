/**
 * Proof of work. A challenge is a signed token of ours: for one visitor at one deployment from one origin, for two minutes, for
 * one answer. Nothing is kept of it but, once it is answered, its name, until it would have expired.
 */
import { jwtVerify, SignJWT } from 'jose'
import { leadingZeroBits } from '../../core/challenge.ts'
import type { Applicant, SingleUse } from '../../core/ports.ts'

const ALGORITHM = 'HS256'
const TYPE = 'twin-challenge'
const LIFE_SECONDS = 120
/** `<token>.<number>` */
const ANSWER = /^([\w-]+\.[\w-]+\.([\w-]{43}))\.(\d{1,15})$/
const MAX_CHARS = 1_024

export interface WorkChallenge {
  /** `now`: epoch milliseconds. */
  offer(to: Applicant, bits: number, now: number): Promise<string>
  /** Holds the answer, the first time? */
  accepts(answer: string, from: Applicant, now: number): Promise<boolean>
}

export function workChallenge(key: Uint8Array, once: SingleUse): WorkChallenge {
  return {
    offer({ deploymentId, visitorId, origin }, bits, now) {
      const issuedAt = Math.floor(now / 1000)
      return new SignJWT({ ori: origin, bits })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setAudience(deploymentId)
        .setSubject(visitorId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFE_SECONDS)
        .setJti(crypto.randomUUID())
        .sign(key)
    },

    async accepts(answer, { tenantId, deploymentId, visitorId, origin }, now) {
      const [, token = '', signature = '', number = ''] = (answer.length <= MAX_CHARS && ANSWER.exec(answer)) || []
      if (token === '') return false
      const payload = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        audience: deploymentId,
        subject: visitorId,
        currentDate: new Date(now),
      }).then(
        (verified) => verified.payload,
        () => undefined, // forged, expired or somebody else's: all the same
      )
      const { bits, ori, jti, exp } = payload ?? {}
      if (typeof bits !== 'number' || ori !== origin || typeof jti !== 'string' || typeof exp !== 'number') return false
      const work = new TextEncoder().encode(`${signature}.${number}`)
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', work))
      if (leadingZeroBits(digest) < bits) return false
      return once.take(tenantId, jti, exp * 1000)
    },
  }
}
