import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOW, nova, novaCampaign, uuid } from '../testing/nova.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { findCampaignPage } from './find-campaign-page.ts'
import { freshSeconds } from './fresh-seconds.ts'
import { pageState } from './page-state.ts'

const START = Date.parse(novaCampaign.startsAt)
const END = Date.parse(novaCampaign.endsAt ?? '')
const record: DeploymentRecord = { ...nova, type: 'BRAND_CAMPAIGN', campaign: novaCampaign }
const during = (campaign: Partial<typeof novaCampaign>): DeploymentRecord => ({
  ...record,
  campaign: { ...novaCampaign, ...campaign },
})
const at = (of: DeploymentRecord, now: number) => pageState(of, { kind: 'platform' }, now)?.kind

describe('a page', () => {
  it.each([
    ['before its first second', START - 1, 'before'],
    ['in its first second', START, 'open'],
    ['in its last moment', END - 1, 'open'],
    ['from its end on', END, 'after'],
  ])('of a campaign knows where it is %s', (_case, now, kind) => {
    expect(at(record, now)).toBe(kind)
  })

  it.each<[string, DeploymentRecord]>([
    ['is not approved', during({ approved: false })],
    ['was ended and never approved', during({ approved: false, status: 'ENDED' })],
    ['is of a deployment that is paused', { ...record, status: 'INACTIVE' }],
    ['is of a celebrity who is away', { ...record, celebrity: { ...nova.celebrity, status: 'SUSPENDED' } }],
    ['is of a contract that does not run', { ...record, contracts: [] }],
  ])('tells nobody of a campaign that %s, at any time', (_case, hidden) => {
    for (const now of [START - 1, START, END]) expect(at(hidden, now)).toBeUndefined()
  })

  it('says thank you of a campaign that was ended early', () => {
    expect(at(during({ status: 'ENDED', endsAt: null }), START)).toBe('after')
  })

  it('of a portal has no before and no after', () => {
    expect(at(nova, NOW)).toBe('open')
  })
})

describe('the page of a campaign’s address', () => {
  const other: DeploymentRecord = {
    ...during({ startsAt: '2026-12-01T00:00:00Z', endsAt: null }),
    id: uuid('50000000-0000-4000-8000-0000000000bb'),
  }

  it('is of the campaign that runs, whatever came first', () => {
    expect(findCampaignPage([other, record], 'summit', NOW)?.record).toBe(record)
    expect(findCampaignPage([record, other], 'summit', END)?.record).toBe(other)
    expect(findCampaignPage([record, other], 'summit', START - 1)?.record).toBe(record) // the elder of two to come
  })

  it.each<[string, DeploymentRecord[]]>([
    ['nobody has', [record]],
    ['is another kind of deployment’s', [{ ...nova, campaign: { ...novaCampaign, slug: 'other' } }]],
    [
      'two celebrities have',
      [
        during({ slug: 'other' }),
        {
          ...during({ slug: 'other' }),
          celebrity: { ...nova.celebrity, id: uuid('10000000-0000-4000-8000-0000000000ff') },
        },
      ],
    ],
  ])('is nothing where %s', (_case, records) => {
    expect(findCampaignPage(records, 'other', NOW)).toBeUndefined()
  })
})

describe('an answer', () => {
  it.each([
    ['a minute where nothing is near', NOW, 60],
    ['not past the end', END - 30_000, 30],
    ['not past the beginning', START - 10_500, 10],
    ['not at all in the last second', END - 500, 0],
    ['a minute once all is over', END, 60],
  ])('is kept %s', (_case, now, seconds) => {
    expect(freshSeconds(record, now, 60)).toBe(seconds)
  })

  it('is not kept past a contract’s end', () => {
    const contracts = [{ startsAt: '2026-01-01T00:00:00Z', endsAt: new Date(NOW + 5_000).toISOString() }]
    expect(freshSeconds({ ...nova, contracts }, NOW, 60)).toBe(5)
  })

  it('never says of a page what is not so any more while it is kept', () => {
    fc.assert(
      fc.property(fc.integer({ min: START - 200_000, max: END + 200_000 }), fc.nat({ max: 60_000 }), (now, later) => {
        const seconds = freshSeconds(record, now, 60)
        if (later < seconds * 1000) expect(at(record, now + later)).toBe(at(record, now))
      }),
      { numRuns: 2_000 },
    )
  })
})
