/** Every moment is an absolute one. */
import { timestamp } from 'drizzle-orm/pg-core'

/** A `timestamp with time zone` column, a `Date` in TypeScript. */
export function timestamptz<Name extends string>(name: Name) {
  return timestamp(name, { withTimezone: true, mode: 'date' })
}
