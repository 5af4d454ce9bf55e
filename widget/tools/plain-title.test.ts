import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainTitle } from './plain-title.ts'

describe('plainTitle', () => {
  it.each([
    ['keeps an ordinary name', 'The final of 2014', 'The final of 2014'],
    ['makes one line of many', ' a\n\n b\tc\u2028d ', 'a b c d'],
    ['takes out what turns text around', 'safe\u202Egpj.exe\u2066', 'safegpj.exe'],
    ['keeps what joins a family into one sign', '👨‍👩‍👧 talk', '👨‍👩‍👧 talk'],
    ['keeps Hindi and its vowel signs', 'क्रिकेट', 'क्रिकेट'],
    ['leaves markup the text it is', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['sees nothing in what shows nothing', '\u200b\u00ad \u0000', ''],
    ['sees nothing in accents alone', '\u0301\u0301', ''],
    ['says nothing for nothing', '', ''],
  ])('%s', (_case, title, plain) => {
    expect(plainTitle(title)).toBe(plain)
  })

  it('cuts a long one between characters, with a sign that it goes on', () => {
    const cut = plainTitle('🏆'.repeat(400))
    expect([...cut]).toHaveLength(120)
    expect(cut.endsWith('🏆…')).toBe(true)
  })

  it('is one short visible line without a control, whatever comes, and the same said twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (title) => {
        const plain = plainTitle(title)
        expect([...plain].length).toBeLessThanOrEqual(120)
        expect(plain).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u)
        expect(plainTitle(plain)).toBe(plain)
      }),
    )
  })
})
