import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { campaignMoment, localTime, momentIn, timeZone } from './campaign-moment.ts'

const read = campaignMoment()
const inZone = (text: string, zone: string) => {
  const checked = read(text)
  return checked.ok ? momentIn(checked.value, zone) : checked
}

describe('a campaign’s moment', () => {
  it.each([
    ['with its offset', '2026-06-01T12:00:00+02:00', 'Asia/Tokyo', '2026-06-01T10:00:00.000Z'],
    ['in UTC', '2026-06-01T12:00:00Z', 'Asia/Tokyo', '2026-06-01T12:00:00.000Z'],
    ['on the wall in summer', '2026-06-01T12:00:00', 'Europe/Berlin', '2026-06-01T10:00:00.000Z'],
    ['on the wall in winter', '2026-12-01T12:00', 'Europe/Berlin', '2026-12-01T11:00:00.000Z'],
    ['to the second', '2026-12-01T12:00:01', 'Asia/Kathmandu', '2026-12-01T06:15:01.000Z'],
    ['by its day', '2026-12-01', 'America/New_York', '2026-12-01T05:00:00.000Z'],
    ['by a day without a midnight', '2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['by a day with two midnights', '2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    ['before the clocks go forward', '2026-03-29T01:59:59', 'Europe/Berlin', '2026-03-29T00:59:59.000Z'],
    ['once they have', '2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['a half-hour’s jump away', '2026-04-05T01:29:59', 'Australia/Lord_Howe', '2026-04-04T14:29:59.000Z'],
  ])('is understood %s', (_how, text, zone, moment) => {
    expect(inZone(text, zone)).toEqual({ ok: true, value: moment })
  })

  it.each([
    ['left out', '2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00+01:00 or 2026-03-29T03:30:00+02:00'],
    ['there twice', '2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00'],
    [
      'a whole day that was left out',
      '2011-12-30T12:00:00',
      'Pacific/Apia',
      '2011-12-29T12:00:00-10:00 or 2011-12-31T12:00:00+14:00',
    ],
    ['a day of its own that was left out', '2011-12-30', 'Pacific/Apia', 'leaves out: write 2011-12-31'],
    [
      'half an hour there twice',
      '2026-04-05T01:45:00',
      'Australia/Lord_Howe',
      '2026-04-05T01:45:00+11:00 or 2026-04-05T01:45:00+10:30',
    ],
  ])('is refused where it is %s, with what to write', (_case, text, zone, advice) => {
    expect(inZone(text, zone)).toMatchObject({ ok: false, failure: expect.stringContaining(advice) })
  })

  it.each([
    '2026-02-30',
    '2026-02-30T10:00',
    '2026-13-01',
    '2026-06-01T24:00',
    '2026-06-01T24:00:00',
    '2026-06-01T25:00',
    '2026-06-01T12:00:60',
    '2026-06-01T12:00:00.5Z',
    '2026-06-01 12:00',
    '2026-06-01T12:00:00[Europe/Berlin]',
    '06/01/2026',
    '0000-01-01',
    'tomorrow',
    '',
    1,
    null,
    undefined,
  ])('is not %j', (value) => {
    expect(read(value)).toMatchObject({ ok: false })
  })

  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
  const seconds = fc.integer({ min: Date.UTC(1975, 0) / 1000, max: Date.UTC(2070, 0) / 1000 })

  it('is the same moment when what was answered is sent back, in every time zone', () => {
    fc.assert(
      fc.property(zones, seconds, (zone, second) => {
        const moment = new Date(second * 1000)
        expect(inZone(localTime(moment, zone), zone)).toEqual({ ok: true, value: moment.toISOString() })
      }),
      { numRuns: 3_000 },
    )
  })

  it('read off the wall is that very moment, or is refused because the wall shows it twice, in every time zone', () => {
    fc.assert(
      fc.property(zones, seconds, (zone, second) => {
        const moment = new Date(second * 1000)
        const shown = localTime(moment, zone)
        const found = inZone(shown.slice(0, 19), zone)
        if (found.ok) expect(found.value).toBe(moment.toISOString())
        else expect(found.failure).toEqual(expect.stringContaining(shown))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'UTC', 'america/new_york', 'Asia/Kathmandu'])('is %s', (zone) => {
    expect(timeZone(zone).ok).toBe(true)
  })
  it.each(['+01:00', 'Mars/Olympus', '', 'Europe/Berlin; drop table', 2, null])('is not %j', (zone) => {
    expect(timeZone(zone).ok).toBe(false)
  })
})
