import { expect, it } from 'vitest'
import { LOCALES } from '../../schema/wire/locales.ts'
import { PAGE_WORDS } from './page-words.ts'

it.each(LOCALES)('our pages have their words in %s, each with the name where one belongs', (locale) => {
  const { skip, portrait, needsScripts } = PAGE_WORDS[locale]
  expect(skip).not.toMatch(/[{}]/)
  for (const sentence of [portrait, needsScripts]) expect(sentence.match(/\{[^}]*\}?/g)).toEqual(['{name}'])
})

it('no two languages share a sentence', () => {
  expect(new Set(LOCALES.map((locale) => PAGE_WORDS[locale].needsScripts)).size).toBe(LOCALES.length)
})
