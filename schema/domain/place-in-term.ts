/** Where a moment lies in a term of a contract or a campaign. Pure. */

export interface Term {
  /** ISO 8601. */
  readonly startsAt: string
  /** ISO 8601; null is open-ended. */
  readonly endsAt: string | null
}

/** `now` in epoch milliseconds. The start is inside, the end is not; a date that cannot be read is after everything: closed. */
export function placeInTerm(now: number, { startsAt, endsAt }: Term): 'before' | 'inside' | 'after' {
  const start = Date.parse(startsAt)
  const end = endsAt === null ? Number.POSITIVE_INFINITY : Date.parse(endsAt)
  if (Number.isNaN(start) || Number.isNaN(end)) return 'after'
  if (now < start) return 'before'
  return now < end ? 'inside' : 'after'
}
