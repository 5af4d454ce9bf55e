/** Days and times in the reader's own language and zone. */
const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })

export function timeOfDay(at: string): string {
  return Number.isNaN(Date.parse(at)) ? '' : time.format(new Date(at))
}

/** The day as a separator says it; empty for an instant that cannot be read. */
export function dayOf(at: string): string {
  return Number.isNaN(Date.parse(at)) ? '' : day.format(new Date(at))
}
