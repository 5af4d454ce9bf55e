import fc from 'fast-check'
import { expect, it } from 'vitest'
import { campaignPhase } from './campaign-phase.ts'
import type { DecidedCampaign } from './campaign-phase.ts'

const START = Date.parse('2026-06-01T10:00:00Z')
const END = Date.parse('2026-06-01T10:00:05Z')
const approved: DecidedCampaign = {
  decision: 'APPROVED',
  guidelinesVersion: 2,
  approvedVersion: 2,
  startsAt: new Date(START),
  endsAt: new Date(END),
}

it.each<[string, Partial<DecidedCampaign>, number, string]>([
  ['SCHEDULED until its first second', {}, START - 1, 'SCHEDULED'],
  ['ACTIVE in its first second', {}, START, 'ACTIVE'],
  ['ACTIVE to its last', {}, END - 1, 'ACTIVE'],
  ['ENDED from its end on', {}, END, 'ENDED'],
  ['ACTIVE for ever without an end', { endsAt: null }, END * 2, 'ACTIVE'],
  ['REQUESTED while a later version waits', { approvedVersion: 1 }, START, 'REQUESTED'],
  ['REQUESTED while nothing was approved', { decision: 'REQUESTED', approvedVersion: null }, START, 'REQUESTED'],
  ['REJECTED whatever the hour', { decision: 'REJECTED' }, START, 'REJECTED'],
  ['ENDED once it was ended', { decision: 'ENDED', endsAt: null }, START, 'ENDED'],
])('a campaign is %s', (_what, change, now, status) => {
  expect(campaignPhase({ ...approved, ...change }, now)).toBe(status)
})

it('goes through its three states in order, whenever one looks', () => {
  const rank = { SCHEDULED: 0, ACTIVE: 1, ENDED: 2 }
  const isRanked = (status: string): status is keyof typeof rank => status in rank
  fc.assert(
    fc.property(fc.integer({ min: START - 9, max: END + 9 }), fc.nat({ max: 9 }), (now, later) => {
      const [one, two] = [campaignPhase(approved, now), campaignPhase(approved, now + later)]
      return isRanked(one) && isRanked(two) && rank[one] <= rank[two]
    }),
  )
})
