/** When and how a session ends under an open line: at its own expiry, or with its campaign. Pure. */
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import type { ErrorFrame } from '../../schema/wire/frames.ts'
import { CLOSE_CAMPAIGN_ENDED, CLOSE_SESSION_EXPIRED } from '../../schema/wire/problem.ts'

/** Why a line ends, on a socket and over HTTP. */
export interface Ending {
  readonly closeCode: number
  readonly status: number
  readonly code: ErrorFrame['code']
  readonly detail: string
  /** When asking again may help. */
  readonly retryAfterSeconds?: number
}

/** A visitor's session ends with its campaign too; a person's does not. */
type Lifetime = Pick<ConnectionClaims, 'expiresAt'> & Partial<Pick<ConnectionClaims, 'campaignEndsAt'>>

/** Epoch milliseconds from which the session opens nothing any more. */
export function sessionEndsAt({ expiresAt, campaignEndsAt = null }: Lifetime): number {
  return Math.min(expiresAt * 1000, campaignEndsAt ?? Infinity)
}

/** How it has ended, or undefined while it lasts. A campaign's end is final, an expiry is not. */
export function sessionEnding({ expiresAt, campaignEndsAt = null }: Lifetime, now: number): Ending | undefined {
  if (campaignEndsAt !== null && campaignEndsAt <= now) {
    return { closeCode: CLOSE_CAMPAIGN_ENDED, status: 410, code: 'campaign_ended', detail: 'This campaign has ended.' }
  }
  if (expiresAt * 1000 > now) return undefined
  const detail = 'The session has expired; ask for a new one.'
  return { closeCode: CLOSE_SESSION_EXPIRED, status: 401, code: 'session_expired', detail }
}
