/** A moment on a page: in words of the reader's language and on the clock of a named time zone, and exact for programs. */
import { html } from 'hono/html'
import type { Locale } from '../../schema/wire/locales.ts'

/** A `<time>`; seconds are shown where there are any. */
export function dated(moment: string, language: Locale, timeZone: string): ReturnType<typeof html> {
  return html`<time datetime="${moment}">${momentInWords(moment, language, timeZone)}</time>`
}

/** Such as "Monday, 1 June 2026 at 12:00 CEST". Everywhere in the Gregorian calendar, as the moment was agreed in. */
export function momentInWords(moment: string, language: Locale, timeZone: string): string {
  const date = new Date(moment)
  return new Intl.DateTimeFormat(`${language}-u-ca-gregory`, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    ...(date.getUTCSeconds() === 0 ? {} : { second: '2-digit' }),
    timeZone,
    timeZoneName: 'short',
  }).format(date)
}
