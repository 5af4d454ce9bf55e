import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateWords } from './date-words.ts'

const now = new Date(2026, 10, 21, 18, 30)
const english = { locale: 'en-GB', yesterday: 'Yesterday', now }
const on = (...[year, month, day, hour = 9, minute = 5]: number[]): string =>
  new Date(year ?? 0, month ?? 0, day ?? 0, hour, minute).toISOString()

describe('dateWords', () => {
  it.each([
    ['the time today', on(2026, 10, 21), '09:05'],
    ['yesterday, also late in the evening', on(2026, 10, 20, 23, 59), 'Yesterday'],
    ['the weekday within a week', on(2026, 10, 16), 'Monday'],
    ['the day and month of this year', on(2026, 10, 14), '14 November'],
    ['the year of another', on(2025, 11, 31), '31 December 2025'],
    ['the date of a day to come', on(2026, 10, 22), '22 November'],
    ['nothing for what is no instant', 'soon', ''],
  ])('says %s', (_case, at, words) => {
    expect(dateWords(at, english)).toBe(words)
  })

  it('speaks the language of its reader', () => {
    expect(dateWords(on(2026, 10, 16), { ...english, locale: 'ja' })).toBe('月曜日')
    expect(dateWords(on(2026, 10, 14), { ...english, locale: 'de' })).toBe('14. November')
  })

  it('has words for every instant, and never breaks', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (then) => {
        expect(dateWords(then.toISOString(), english)).not.toBe('')
      }),
    )
  })
})
