/**
 * Of the languages somebody reads, the one that we speak: out of an `Accept-Language` header (RFC 9110 section 12.5.4), or
 * a page's list of tags, which is the same without weights. Pure.
 */
import { localeOf } from '../../schema/wire/locales.ts'
import type { Locale } from '../../schema/wire/locales.ts'

/** Nobody reads more languages; a longer header is somebody's experiment. */
const MAX_RANGES = 20

/** English where we speak none of them. */
export function acceptedLocale(list: string | undefined): Locale {
  const wishes = (list ?? '').slice(0, 1_000).split(',', MAX_RANGES).map(readRange)
  const [best] = wishes
    .flatMap(({ tag, weight }) => {
      const locale = localeOf(tag)
      return locale && weight > 0 ? [{ locale, weight }] : []
    })
    .toSorted((one, other) => other.weight - one.weight) // stable: of equals the first named
  return best?.locale ?? 'en'
}

function readRange(range: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim())
  const given = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2)
  if (given === undefined) return { tag, weight: 1 }
  return { tag, weight: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(given) ? Number(given) : 0 }
}
