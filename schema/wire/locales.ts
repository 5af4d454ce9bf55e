/**
 * The languages the element speaks, each once. The files in `widget/locales/` and the edge's legal words follow this
 * list. `pt` is Brazilian, `zh` is written in simplified characters, `nb` serves all of Norway.
 */
// prettier-ignore
export const LOCALES = [
  'en', 'es', 'pt', 'fr', 'de', 'it', 'nl', 'pl', 'ru', 'uk', 'cs', 'sv', 'da', 'nb', 'fi',
  'hu', 'ro', 'el', 'tr', 'ar', 'he', 'fa', 'ur', 'hi', 'id', 'vi', 'th', 'ja', 'ko', 'zh',
] as const

/** A language by its BCP 47 tag. */
export type Locale = (typeof LOCALES)[number]

/** Those that are written from right to left. */
export const RTL_LOCALES: readonly Locale[] = ['ar', 'he', 'fa', 'ur']

/** Which of them a tag asks for: `de-AT` is `de`, `no` and `nn-NO` are `nb`; undefined when we do not speak it. */
export function localeOf(tag: string): Locale | undefined {
  const language = tag.trim().toLowerCase().split(/[-_]/)[0] ?? ''
  const asked = OTHER_TAGS[language] ?? language
  return LOCALES.find((locale) => locale === asked)
}

/** Tags of the same language under another name: Norwegian's, and two that browsers and old pages still say. */
const OTHER_TAGS: Readonly<Record<string, Locale>> = { no: 'nb', nn: 'nb', iw: 'he', in: 'id' }
