/** Which language is spoken, and its words: the element's own language, else the page's, else the reader's, else English. */
import { localeOf, type Locale } from '../../schema/wire/locales.ts'
import { loadWords } from '../locales/load-words.ts'
import { speechOf, type Speech } from './speech.ts'
import { warnOnce } from './warn-once.ts'

/** What the page wishes: a tag, and words of its own as JSON. */
export interface LanguageWish {
  readonly locale: string
  readonly texts: string
}

/** Fetches what is needed to speak; rejects when not even English can be had. */
export async function learn({ locale, texts }: LanguageWish): Promise<Speech> {
  const tags = [locale, document.documentElement.lang, ...navigator.languages]
  if (locale && !localeOf(locale)) warnOnce(`locale="${locale}" is not a language it speaks`)
  const tag = tags.map(localeOf).find(Boolean) ?? 'en'
  const chunk = texts ? import('./own-words.ts').catch(() => undefined) : undefined
  const [spoken, words] = await loadWords(tag).then(
    (found) => [tag, found] as const,
    async (error) => {
      if (tag === 'en') throw error
      return ['en', await loadWords('en')] as const
    },
  )
  const own = (await chunk)?.ownWords(texts, words)
  return speechOf(words, spoken, withRegion(spoken, tags), own)
}

/** `en` as the reader writes it, such as `en-GB`: it decides about clocks and dates. */
function withRegion(tag: Locale, tags: readonly string[]): string {
  return tags.find((one) => localeOf(one) === tag && /^[a-z]+-[A-Z]{2}$/.test(one)) ?? tag
}
