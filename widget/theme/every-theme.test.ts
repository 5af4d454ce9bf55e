import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementTokens } from '../element/element-tokens.ts'
import { launcherStyles } from '../launcher/launcher-styles.ts'
import { contrastRatio } from './contrast-ratio.ts'
import { deriveTheme } from './derive-theme.ts'
import { oklchFromHex } from './oklch-from-hex.ts'

const anyHex = fc.integer({ min: 0, max: 0xffffff }).map((bits) => `#${bits.toString(16).padStart(6, '0')}`)
const anyTheme = fc.record({
  accent: anyHex,
  scheme: fc.constantFrom('light' as const, 'dark' as const, 'auto' as const),
  corner: fc.constantFrom('sharp' as const, 'soft' as const, 'round' as const),
  density: fc.constantFrom('comfortable' as const, 'compact' as const),
  position: fc.constant('bottom-right' as const),
})
const anyPage = fc.record({
  accent: fc.oneof(fc.constant(''), anyHex),
  scheme: fc.constantFrom('light' as const, 'dark' as const, 'auto' as const, undefined),
})

/** What words are written in, and what they stand on. */
const WORDS = ['ink', 'muted', 'accentInk']
const GROUNDS = ['surface', 'raised', 'sunken', 'tint']

/** Declarations of our own style sheets that give this property one of our colours. */
function coloursOf(property: string): string[] {
  const folders = ['element', 'tools', 'launcher', 'markdown'].map((name) => new URL(`../${name}/`, import.meta.url))
  const sheets = folders.flatMap((folder) =>
    readdirSync(fileURLToPath(folder))
      .filter((name) => name.endsWith('-styles.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8')),
  )
  const found = sheets
    .join('\n')
    .matchAll(new RegExp(`(?<![\\w-])${property}: *(?:\\d+px solid )?var\\(--_(\\w+)\\)`, 'g'))
  return [...new Set([...found].map(([, name = '']) => name))].toSorted()
}

describe('every theme a deployment and a page can make together', () => {
  it('can be read: each of its words on each of its grounds at 4.5:1, each control at 3:1', () => {
    fc.assert(
      fc.property(anyTheme, anyPage, fc.boolean(), (theme, page, systemIsDark) => {
        const tokens = elementTokens(theme, page, systemIsDark)
        const ratio = (one: string, other: string): number =>
          contrastRatio(tokens[`--_${one}`] ?? '', tokens[`--_${other}`] ?? '')
        for (const ground of GROUNDS) {
          for (const words of WORDS) expect(ratio(words, ground), `${words} on ${ground}`).toBeGreaterThanOrEqual(4.5)
          expect(ratio('focus', ground), `focus on ${ground}`).toBeGreaterThanOrEqual(3)
        }
        for (const ground of ['surface', 'raised']) {
          for (const sign of ['accent', 'control']) expect(ratio(sign, ground)).toBeGreaterThanOrEqual(3)
        }
        expect(ratio('onAccent', 'accent')).toBeGreaterThanOrEqual(4.5)
      }),
      { numRuns: 500 },
    )
  })

  it('is looked at whole: no style sheet writes in, or on, another colour', () => {
    expect(coloursOf('color').filter((name) => !WORDS.includes(name))).toEqual(['onAccent'])
    expect(coloursOf('background').filter((name) => !GROUNDS.includes(name))).toEqual(['accent'])
    expect(coloursOf('outline')).toEqual(['focus'])
  })

  it('is the deployment’s where the page says something that is no colour', () => {
    const junk = fc.oneof(
      fc.string().filter((text) => !/^#[0-9a-f]{6}$/i.test(text)),
      fc.constantFrom('red', '#fff', '#ffffff00', 'var(--x)', '#12345g', '#ffffff;}', 'url(//evil.example)', 'inherit'),
    )
    fc.assert(
      fc.property(anyTheme, junk, fc.boolean(), (theme, accent, systemIsDark) => {
        const alone = elementTokens(theme, { accent: '', scheme: undefined }, systemIsDark)
        expect(elementTokens(theme, { accent, scheme: undefined }, systemIsDark)).toEqual(alone)
      }),
    )
  })
})

describe('an accent', () => {
  const anyScheme = fc.constantFrom('light' as const, 'dark' as const)

  it('is kept to the letter where it can be told from its grounds, and corrected where it cannot', () => {
    fc.assert(
      fc.property(anyHex, anyScheme, (accent, scheme) => {
        const { accent: shown, surface, raised } = deriveTheme(accent, scheme)
        const legible = [surface, raised].every((ground) => contrastRatio(accent, ground) >= 3)
        if (legible) expect(shown).toBe(accent)
        else expect(shown).not.toBe(accent)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps its hue when it is corrected', () => {
    fc.assert(
      fc.property(anyHex, anyScheme, (accent, scheme) => {
        const wished = oklchFromHex(accent)
        const shown = oklchFromHex(deriveTheme(accent, scheme).accent)
        fc.pre(wished.c > 0.05 && shown.c > 0.05)
        const turn = Math.abs(((shown.h - wished.h + 540) % 360) - 180)
        expect(turn).toBeLessThan(6)
      }),
    )
  })

  it('carries a sign that can be seen, whatever it is, on the launcher of one sign', () => {
    const [, threshold = ''] =
      /oklch\(from var\(--_accent\) calc\(\(([\d.]+) - l\) \* 999\) 0 0\)/.exec(launcherStyles) ?? []
    fc.assert(
      fc.property(anyHex, (accent) => {
        const sign = oklchFromHex(accent).l < Number(threshold) ? '#ffffff' : '#000000'
        expect(contrastRatio(sign, accent)).toBeGreaterThanOrEqual(3)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('the dark scheme', () => {
  it('is a scale of its own: what is raised is lighter, in the light it is not darker', () => {
    fc.assert(
      fc.property(anyHex, (accent) => {
        const [dark, light] = [deriveTheme(accent, 'dark'), deriveTheme(accent, 'light')]
        const lightness = (hex: string): number => oklchFromHex(hex).l
        expect(lightness(dark.sunken)).toBeLessThan(lightness(dark.surface))
        expect(lightness(dark.surface)).toBeLessThan(lightness(dark.raised))
        expect(lightness(dark.raised)).toBeLessThan(lightness(dark.tint))
        expect(lightness(dark.surface)).toBeGreaterThan(0.1) // no black hole in a page
        expect(lightness(light.raised)).toBeGreaterThanOrEqual(lightness(light.surface))
        expect(Math.abs(lightness(dark.surface) - (1 - lightness(light.surface)))).toBeGreaterThan(0.1) // not inverted
      }),
    )
  })
})
