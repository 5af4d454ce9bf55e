/** A checked moment as the column wants it; null and "left out" stay what they are. */
export function toDate<T extends null | undefined>(instant: string | T): Date | T {
  return typeof instant === 'string' ? new Date(instant) : instant
}
