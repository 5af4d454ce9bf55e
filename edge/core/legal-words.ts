/**
 * What the law wants said, in every language the element speaks. The edge says it: it stands in the first answer a page
 * gets, before the element's own words are there, and no page and no tenant can change it.
 */
import { localeOf } from '../../schema/wire/locales.ts'
import type { Locale } from '../../schema/wire/locales.ts'

/** Each holds its placeholder exactly as often as a reader needs the name, and at least once. */
export interface LegalWords {
  /** `{name}`: that this is an AI and not the person (EU AI Act art. 50). */
  readonly disclosure: string
  /** `{name}`: the launcher's accessible name, an imperative, which must say that it is an AI twin. */
  readonly invitation: string
  /** `{brand}`: that this is paid for. */
  readonly sponsor: string
}

const ENGLISH: LegalWords = {
  disclosure: 'You are talking to an AI twin of {name}, not to {name} in person.',
  invitation: 'Talk to the AI twin of {name}',
  sponsor: 'Paid partnership with {brand}',
}

export const LEGAL_WORDS: Readonly<Partial<Record<Locale, LegalWords>>> = {
  en: ENGLISH,
  de: {
    disclosure: 'Sie sprechen mit einem KI-Zwilling von {name}, nicht mit {name} persönlich.',
    invitation: 'Mit dem KI-Zwilling von {name} sprechen',
    sponsor: 'Bezahlte Partnerschaft mit {brand}',
  },
}

/** The words for a language tag as somebody wrote it; English where we do not speak it. */
export function legalWords(tag: string): LegalWords {
  const locale = localeOf(tag)
  return (locale && LEGAL_WORDS[locale]) ?? ENGLISH
}
