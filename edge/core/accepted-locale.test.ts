import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LOCALES } from '../../schema/wire/locales.ts'
import { acceptedLocale } from './accepted-locale.ts'

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de', 'de'],
  ['tlh,sv-SE,de', 'sv'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['en;q=0.5, ar-EG', 'ar'],
  ['tlh, fr;q=0.3', 'fr'],
  ['nn-NO', 'nb'],
  ['ja;q=0, ko;q=0.1', 'ko'],
  ['fr;q=0.8, it;q=0.8', 'fr'],
  ['de;q=much, sv;q=0.2', 'sv'],
  ['<script>, DE', 'de'],
])('reads %j as %s', (header, locale) => {
  expect(acceptedLocale(header)).toBe(locale)
})

it('answers a language we speak to any header', () => {
  fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (header) => LOCALES.includes(acceptedLocale(header))))
})
