/** Which refusals of an otherwise honest session a visitor is told on the socket, and with which close code. Pure. */
import {
  CLOSE_CAMPAIGN_ENDED,
  CLOSE_REFUSED,
  CLOSE_SESSION_EXPIRED,
  CLOSE_TOO_SLOW,
  CLOSE_TWIN_NOT_FOUND,
} from '../../schema/wire/problem.ts'
import type { Refusal } from './refusal.ts'

/** Undefined: refuse the upgrade itself. */
export function closeCodeOf({ reason }: Refusal): number | undefined {
  switch (reason) {
    case 'session_expired':
    case 'session_revoked':
      return CLOSE_SESSION_EXPIRED
    case 'deployment_unknown':
    case 'deployment_not_active':
    case 'celebrity_not_active':
    case 'contract_not_running':
    case 'campaign_missing':
    case 'campaign_not_approved':
      return CLOSE_TWIN_NOT_FOUND
    case 'campaign_not_started':
    case 'origin_not_allowed': // it was allowed when the session was signed, so the page is honest and the owner must see it
      return CLOSE_REFUSED
    case 'flooded': // one that a client comes back from
      return CLOSE_TOO_SLOW
    case 'campaign_ended':
      return CLOSE_CAMPAIGN_ENDED
    default:
      return undefined
  }
}
