/** What a final close code means when no `error` frame said it in words. */
import { CLOSE_CAMPAIGN_ENDED, CLOSE_TOO_MANY, CLOSE_TWIN_NOT_FOUND } from '../../schema/wire/problem.ts'
import type { Refusal } from './conversation-state.ts'

/** The refusal behind a close code of 4400 to 4499. */
export function refusalOfClose(code: number): Refusal {
  if (code === CLOSE_CAMPAIGN_ENDED) return { code: 'campaign_ended', detail: '' }
  if (code === CLOSE_TWIN_NOT_FOUND) return { code: 'twin_not_found', detail: '' }
  if (code === CLOSE_TOO_MANY) return { code: 'rate_limited', detail: '' }
  return { code: 'session_invalid', detail: '' }
}
