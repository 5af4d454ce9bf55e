import { expect, it } from 'vitest'
import { exampleClaims } from '../testing/example-twin.ts'
import { sessionEnding, sessionEndsAt } from './session-end.ts'

it.each([
  ['a session that lasts', { expiresAt: 2 }, 1_999, 2_000, undefined],
  ['a session at its end', { expiresAt: 2 }, 2_000, 2_000, 'session_expired'],
  ['a campaign that lasts', { expiresAt: 9, campaignEndsAt: 3_000 }, 2_999, 3_000, undefined],
  ['a campaign at its end', { expiresAt: 9, campaignEndsAt: 3_000 }, 3_000, 3_000, 'campaign_ended'],
  ['a campaign that ended before its session', { expiresAt: 2, campaignEndsAt: 1 }, 5_000, 1, 'campaign_ended'],
])('knows %s', (_case, change, now, endsAt, code) => {
  const claims = exampleClaims(change)
  expect(sessionEndsAt(claims)).toBe(endsAt)
  expect(sessionEnding(claims, now)?.code).toBe(code)
})
