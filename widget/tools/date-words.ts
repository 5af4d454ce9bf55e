/** When something was last said, as a list says it: the nearer, the shorter. In the language and the zone of its reader. */

export interface DayNames {
  readonly locale: string
  readonly yesterday: string
  readonly now: Date
}

/** The time for today, the weekday for a week, then the date; empty for an instant that cannot be read. */
export function dateWords(at: string, { locale, yesterday, now }: DayNames): string {
  const then = new Date(at)
  if (Number.isNaN(then.getTime())) return ''
  const days = daysBetween(then, now)
  if (days === 1) return yesterday
  return then.toLocaleString(locale, form(days, then.getFullYear() === now.getFullYear()))
}

function form(days: number, thisYear: boolean): Intl.DateTimeFormatOptions {
  if (days === 0) return { timeStyle: 'short' }
  if (days > 1 && days < 7) return { weekday: 'long' }
  return { day: 'numeric', month: 'long', ...(!thisYear && { year: 'numeric' }) }
}

/** Midnights between the two; by calendar, for a day of summer time has 23 hours. */
function daysBetween(then: Date, now: Date): number {
  const day = (one: Date): number => Date.UTC(one.getFullYear(), one.getMonth(), one.getDate())
  return Math.round((day(now) - day(then)) / 86_400_000)
}
