/**
 * When a campaign begins and ends, as people write it: a moment with its offset, or a clock on the wall in the campaign's
 * own time zone. Where the clocks jump, a wall's time may not exist or exist twice: such a one is refused, and whoever
 * means it says which by its offset. Pure; time zones are Temporal's to know.
 */
import { Temporal } from 'temporal-polyfill'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { instant, refine, text, wrong } from '../validate.ts'
import type { Rule } from '../validate.ts'

const LOCAL = /^\d{4}-\d{2}-\d{2}(?:T(?:[01]\d|2[0-3]):\d{2}(?::\d{2})?)?$/
const PARTS_OF_A_SECOND = /\.\d*[1-9]/

/**
 * A moment: canonical UTC where it came with an offset, else the wall's date or date and time as it was written. What
 * that means {@link momentIn} tells, once the time zone is known.
 */
export function campaignMoment(): Rule<string> {
  const withOffset = instant()
  return (value) => {
    if (typeof value !== 'string' || !LOCAL.test(value)) {
      const moment = withOffset(value)
      if (!moment.ok) return wrong(FORM)
      return PARTS_OF_A_SECOND.test(moment.value) ? wrong('must be a whole second') : moment
    }
    // the day must exist in any zone: the rule of moments knows which do
    const day = withOffset(`${value.length > 10 ? value : `${value}T00:00`}Z`)
    return day.ok ? ok(value) : day
  }
}

const FORM =
  'must be an ISO 8601 date-time with offset, or a date or date-time without one, which is read in the campaign’s time zone'

/** An IANA name; an offset such as `+01:00` knows no summer and is refused. */
export const timeZone: Rule<string> = refine(text({ max: 60 }), (value) => {
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions()
    return /^[A-Za-z]/.test(known) ? undefined : ZONE
  } catch {
    return ZONE
  }
})
const ZONE = 'must be an IANA time zone, such as Europe/Berlin'

/** The moment in canonical UTC, or why there is no such one. */
export function momentIn(moment: string, zone: string): Result<string, string> {
  if (moment.endsWith('Z')) return ok(moment)
  // a day begins once, also where its midnight does not exist or comes twice
  if (moment.length === 10) return dayIn(Temporal.PlainDate.from(moment), zone)
  const wall = Temporal.PlainDateTime.from(moment)
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return ok(canonical(earlier))
  const either = `${written(earlier)} or ${written(later)}`
  return earlier.toPlainDateTime().equals(wall)
    ? fail(`is a time that ${zone} has twice that day: write ${either}`)
    : fail(`is a time that ${zone} leaves out that day: write ${either}`)
}

/** Where a zone crossed the date line, a whole day is left out. */
function dayIn(day: Temporal.PlainDate, zone: string): Result<string, string> {
  const begins = day.toZonedDateTime(zone)
  return begins.toPlainDate().equals(day)
    ? ok(canonical(begins))
    : fail(`is a day that ${zone} leaves out: write ${begins.toPlainDate().toString()}`)
}

/** A moment as clocks show it there, to the second and with its offset, so that it can be sent back as it is. */
export function localTime(moment: Date, zone: string): string {
  return written(Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone))
}

function written(moment: Temporal.ZonedDateTime): string {
  return moment.toString({ timeZoneName: 'never', smallestUnit: 'second' })
}

function canonical(moment: Temporal.ZonedDateTime): string {
  return new Date(moment.epochMilliseconds).toISOString()
}
