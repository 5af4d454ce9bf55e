/** Which day it is where a plan is at home: days of 23 and 25 hours among them. */
import { Temporal } from 'temporal-polyfill'
import type { Day } from '../../core/budget/rules-for.ts'

export function budgetDay(timeZone: string, now: number): Day {
  const midnight = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay()
  return { beginsAt: midnight.epochMilliseconds, endsAt: midnight.add({ days: 1 }).startOfDay().epochMilliseconds }
}
