import { expect, it } from 'vitest'
import { LOCALES } from '../../schema/wire/locales.ts'
import { PAGE_WORDS } from './page-words.ts'

it.each(LOCALES)('our pages have their words in %s, with the name where one belongs', (locale) => {
  const { skip, portrait, needsScripts } = PAGE_WORDS[locale]
  expect(skip + needsScripts).not.toMatch(/[{}]/)
  expect(portrait.match(/\{[^}]*\}?/g)).toEqual(['{name}'])
  expect(needsScripts).toContain('JavaScript')
})

it('no two languages share a sentence', () => {
  expect(new Set(LOCALES.map((locale) => PAGE_WORDS[locale].needsScripts)).size).toBe(LOCALES.length)
})
