/** Step 4: the session as a page offers it, in `Sec-WebSocket-Protocol` (never in the URL, which ends up in logs). */
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'
import { SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../schema/wire/limits.ts'
import type { Refusal } from './refusal.ts'

/** The token offered, when the offer speaks our protocol and holds exactly one. */
export function sessionOffer(header: string | undefined): Result<string, Refusal> {
  const offers = (header ?? '').split(',').map((offer) => offer.trim())
  if (!offers.includes(SUBPROTOCOL)) return fail({ reason: 'subprotocol_missing' })
  const tokens = offers.filter((offer) => offer.startsWith(SESSION_SUBPROTOCOL_PREFIX))
  const [token, second] = tokens.map((offer) => offer.slice(SESSION_SUBPROTOCOL_PREFIX.length))
  if (token === undefined || token === '') return fail({ reason: 'session_missing' })
  return second === undefined ? ok(token) : fail({ reason: 'session_invalid' })
}
