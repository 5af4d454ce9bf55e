import { describe, expect, it } from 'vitest'
import { LOCALES } from '../../schema/wire/locales.ts'
import { LEGAL_WORDS, legalWords } from './legal-words.ts'

describe('what the law wants said', () => {
  it.each(LOCALES)('is said in %s, each sentence with its name', (locale) => {
    const words = LEGAL_WORDS[locale]
    expect(words?.disclosure).toContain('{name}')
    expect(words?.invitation).toContain('{name}')
    expect(words?.sponsor).toContain('{brand}')
    for (const sentence of Object.values(words ?? {}))
      expect(sentence.replaceAll('{name}', '').replaceAll('{brand}', '')).not.toMatch(/[{}<>&"]/)
  })

  it('is said in another way in every language', () => {
    for (const part of ['disclosure', 'invitation', 'sponsor'] as const) {
      const said = LOCALES.map((locale) => LEGAL_WORDS[locale]?.[part])
      expect(new Set(said).size).toBe(LOCALES.length)
    }
  })

  it.each([
    ['de-AT', 'de'],
    ['DE_ch', 'de'],
    ['nn', 'nb'],
    ['iw', 'he'],
    ['zh-Hant-TW', 'zh'],
    ['tlh', 'en'],
    ['', 'en'],
    ['__proto__', 'en'],
    ['constructor', 'en'],
    ['../de', 'en'],
  ] as const)('answers %j in %s', (tag, locale) => {
    expect(legalWords(tag)).toBe(LEGAL_WORDS[locale])
  })
})
