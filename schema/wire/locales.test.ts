import { describe, expect, it } from 'vitest'
import { LOCALES, localeOf, RTL_LOCALES } from './locales.ts'

describe('the languages we speak', () => {
  it('are thirty, each listed once', () => {
    expect(LOCALES).toHaveLength(30)
    expect(new Set(LOCALES).size).toBe(30)
  })

  it('are tags that Intl knows', () => {
    expect(Intl.PluralRules.supportedLocalesOf([...LOCALES])).toEqual([...LOCALES])
  })

  it('are written from right to left exactly where CLDR says so', () => {
    const leftward = LOCALES.filter((locale) => directionOf(locale) === 'rtl')
    expect(leftward).toEqual(LOCALES.filter((locale) => RTL_LOCALES.includes(locale)))
    expect(RTL_LOCALES).toHaveLength(4)
  })

  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['PT_br', 'pt'],
    ['zh-Hant-TW', 'zh'],
    [' fr ', 'fr'],
    ['no', 'nb'],
    ['nn-NO', 'nb'],
    ['iw', 'he'],
    ['in-ID', 'id'],
  ])('understands %j as %s', (tag, locale) => {
    expect(localeOf(tag)).toBe(locale)
  })

  it.each(['', '-', '*', 'tlh', 'dex', 'x-de', 'constructor', '__proto__'])('does not speak %j', (tag) => {
    expect(localeOf(tag)).toBeUndefined()
  })
})

/** (The method is in every engine here, and not yet in TypeScript's library.) */
function directionOf(tag: string): unknown {
  const locale = new Intl.Locale(tag)
  const getTextInfo: unknown = Reflect.get(locale, 'getTextInfo')
  const info: unknown = typeof getTextInfo === 'function' ? Reflect.apply(getTextInfo, locale, []) : undefined
  return Object(info).direction
}
