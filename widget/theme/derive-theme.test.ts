import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrastRatio } from './contrast-ratio.ts'
import { deriveTheme, type ThemeTokens } from './derive-theme.ts'
import { hexFromOklch } from './hex-from-oklch.ts'
import { oklchFromHex } from './oklch-from-hex.ts'

const anyAccent = fc.integer({ min: 0, max: 0xffffff }).map((bits) => `#${bits.toString(16).padStart(6, '0')}`)
const anyScheme = fc.constantFrom('light' as const, 'dark' as const)

const pairs: readonly (readonly [words: keyof ThemeTokens, ground: keyof ThemeTokens, ratio: number])[] = [
  ...(['surface', 'raised', 'sunken', 'tint'] as const).flatMap(
    (ground) =>
      [
        ['ink', ground, 7],
        ['muted', ground, 4.5],
        ['accentInk', ground, 4.5],
        ['focus', ground, 3],
      ] as const,
  ),
  ['onAccent', 'accent', 4.5],
  ['accent', 'surface', 3],
  ['accent', 'raised', 3],
  ['control', 'surface', 3],
  ['control', 'raised', 3],
]

describe('the derived theme', () => {
  it.each(pairs)('keeps %s on %s at %d:1 for every accent in both schemes', (words, ground, ratio) => {
    fc.assert(
      fc.property(anyAccent, anyScheme, (accent, scheme) => {
        const tokens = deriveTheme(accent, scheme)
        expect(contrastRatio(tokens[words], tokens[ground])).toBeGreaterThanOrEqual(ratio)
      }),
      { numRuns: 60 },
    )
  })

  it('writes nothing but #rrggbb', () => {
    fc.assert(
      fc.property(fc.oneof(anyAccent, fc.string()), anyScheme, (accent, scheme) => {
        for (const token of Object.values(deriveTheme(accent, scheme))) expect(token).toMatch(/^#[0-9a-f]{6}$/)
      }),
    )
  })

  it.each([
    ['a colour name', 'red'],
    ['a declaration', '#ffffff;background:url(//evil.example)'],
    ['nothing', ''],
  ])('answers %s with the neutral theme', (_case, accent) => {
    expect(deriveTheme(accent, 'light')).toEqual(deriveTheme('#4a4a4a', 'light'))
  })

  it('keeps an accent that already passes', () => {
    expect(deriveTheme('#1d4ed8', 'light').accent).toBe('#1d4ed8')
  })

  it('returns every colour from OKLCH as it went in', () => {
    fc.assert(fc.property(anyAccent, (hex) => hexFromOklch(oklchFromHex(hex)) === hex))
  })
})
