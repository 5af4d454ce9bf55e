/**
 * One accent in, every colour of the element out. Each is wished for in OKLCH and then moved in lightness until it
 * passes WCAG AA on every ground it stands on (4.5 for words, 3 for controls). Pure; knows no DOM.
 */
import { contrastRatio } from './contrast-ratio.ts'
import { hexFromOklch } from './hex-from-oklch.ts'
import type { Oklch } from './oklch.ts'
import { oklchFromHex } from './oklch-from-hex.ts'

/** Colours as `#rrggbb`. */
export interface ThemeTokens {
  /** The ground of the panel. */
  readonly surface: string
  /** Header, composer and what floats: lighter than the surface in the dark, never inverted. */
  readonly raised: string
  /** Behind code and quotes. */
  readonly sunken: string
  readonly ink: string
  /** Quieter words, still 4.5:1. */
  readonly muted: string
  /** Hairlines; decoration only. */
  readonly line: string
  /** Borders that tell where a control is. */
  readonly control: string
  /** Behind the visitor's words. */
  readonly tint: string
  /** The filled control. */
  readonly accent: string
  /** On the filled control. */
  readonly onAccent: string
  /** Links and small marks in the accent's hue. */
  readonly accentInk: string
  readonly focus: string
}

const TEXT = 4.5
const CONTROL = 3

/** `accent` is `#rrggbb`; anything else is answered with a neutral theme rather than with a broken one. */
export function deriveTheme(accent: string, scheme: 'light' | 'dark'): ThemeTokens {
  const { l, c, h } = oklchFromHex(/^#[0-9a-f]{6}$/i.test(accent) ? accent : '#4a4a4a')
  const dark = scheme === 'dark'
  const away = dark ? 1 : 0
  // A neutral with a breath of the accent's hue; a grey accent stays grey.
  const neutral = (lightness: number, chroma: number): Oklch => ({ l: lightness, c: Math.min(c, chroma), h })

  const surface = hexFromOklch(dark ? neutral(0.195, 0.008) : neutral(0.992, 0.003))
  const raised = hexFromOklch(dark ? neutral(0.24, 0.01) : neutral(1, 0))
  const sunken = hexFromOklch(dark ? neutral(0.155, 0.008) : neutral(0.962, 0.006))
  const tint = hexFromOklch(dark ? neutral(0.32, 0.045) : neutral(0.942, 0.028))
  const grounds = [surface, raised, sunken, tint]

  const fill = legible({ l, c, h }, [surface, raised], CONTROL, away)
  return {
    surface,
    raised,
    sunken,
    tint,
    ink: legible(neutral(dark ? 0.95 : 0.225, 0.012), grounds, 7, away),
    muted: legible(neutral(dark ? 0.73 : 0.5, 0.014), grounds, TEXT, away),
    line: hexFromOklch(dark ? neutral(0.33, 0.012) : neutral(0.905, 0.008)),
    control: legible(neutral(dark ? 0.5 : 0.66, 0.014), [surface, raised], CONTROL, away),
    accent: fill,
    onAccent:
      [hexFromOklch(neutral(0.995, 0.003)), hexFromOklch(neutral(0.17, 0.02)), '#ffffff'].find(
        (words) => contrastRatio(words, fill) >= TEXT,
      ) ?? '#000000',
    accentInk: legible({ l: dark ? Math.max(l, 0.72) : Math.min(l, 0.56), c, h }, grounds, TEXT, away),
    focus: legible({ l, c, h }, grounds, CONTROL, away),
  }
}

/** The wished colour, moved towards black (0) or white (1) until it passes on every ground. */
function legible(wish: Oklch, grounds: readonly string[], ratio: number, towards: 0 | 1): string {
  const step = towards === 1 ? 0.01 : -0.01
  for (let l = wish.l; l > 0 && l < 1; l += step) {
    const hex = hexFromOklch({ ...wish, l })
    if (grounds.every((ground) => contrastRatio(hex, ground) >= ratio)) return hex
  }
  return towards === 1 ? '#ffffff' : '#000000'
}
