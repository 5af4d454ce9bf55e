import { describe, expect, it } from 'vitest'
import { NOW, nova, novaCampaign } from '../testing/nova.ts'
import { standingOf } from './standing-of.ts'

const HOUR = 3_600_000
const iso = (at: number): string => new Date(at).toISOString()

describe('how things stand', () => {
  it.each([
    ['a live deployment', nova, null],
    ['a live campaign', { ...nova, campaign: novaCampaign }, null],
    ['none at all', undefined, 'gone'],
    ['a paused deployment', { ...nova, status: 'INACTIVE' }, 'gone'],
    ['a suspended one', { ...nova, status: 'SUSPENDED' }, 'gone'],
    ['a paused celebrity', { ...nova, celebrity: { ...nova.celebrity, status: 'INACTIVE' } }, 'gone'],
    ['a contract that ran out', { ...nova, contracts: [{ startsAt: iso(NOW - HOUR), endsAt: iso(NOW) }] }, 'gone'],
    ['an approval withdrawn', { ...nova, campaign: { ...novaCampaign, approved: false } }, 'gone'],
    ['a campaign ended', { ...nova, campaign: { ...novaCampaign, status: 'ENDED' } }, 'campaign_ended'],
    ['a campaign over', { ...nova, campaign: { ...novaCampaign, endsAt: iso(NOW - 1) } }, 'campaign_ended'],
    [
      'a campaign put off',
      { ...nova, campaign: { ...novaCampaign, startsAt: iso(NOW + HOUR) } },
      'campaign_not_started',
    ],
  ] as const)('at %s', (_case, record, refusal) => {
    expect(standingOf(record, NOW)).toMatchObject({ refusal })
  })

  it('tells when the clock alone will change it', () => {
    const contracts = [
      { startsAt: iso(NOW - HOUR), endsAt: iso(NOW + 3 * HOUR) },
      { startsAt: iso(NOW + 2 * HOUR), endsAt: null },
    ]
    expect(standingOf({ ...nova, contracts }, NOW).until).toBe(NOW + 2 * HOUR)
    expect(standingOf({ ...nova, contracts }, NOW + 2 * HOUR).until).toBe(NOW + 3 * HOUR)
    expect(standingOf({ ...nova, contracts }, NOW + 3 * HOUR).until).toBeNull()
  })
})
