import { expect, it } from 'vitest'
import { budgetDay } from './budget-day.ts'

it.each([
  ['UTC', '2026-11-21T19:00:00Z', '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z'],
  ['Asia/Tokyo', '2026-11-21T19:00:00Z', '2026-11-21T15:00:00Z', '2026-11-22T15:00:00Z'],
  ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'], // 23 hours
  ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'], // 25 hours
  ['America/Santiago', '2026-09-06T12:00:00Z', '2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z'], // it has no midnight
])('in %s at %s lasts from %s to %s', (timeZone, now, from, to) => {
  const { beginsAt, endsAt } = budgetDay(timeZone, Date.parse(now))
  expect([beginsAt, endsAt]).toEqual([Date.parse(from), Date.parse(to)])
})
