import type { Oklch } from './oklch.ts'

/** Writes `#rrggbb`; a colour outside sRGB gives up chroma until it fits, and keeps its lightness and hue. */
export function hexFromOklch({ l, c, h }: Oklch): string {
  let [low, high] = [0, c]
  let rgb = channels(l, c, h)
  if (!fits(rgb)) {
    for (let i = 0; i < 12; i++) {
      const middle = (low + high) / 2
      if (fits(channels(l, middle, h))) low = middle
      else high = middle
    }
    rgb = channels(l, low, h)
  }
  return `#${rgb.map(encode).join('')}`
}

function channels(l: number, c: number, h: number): readonly number[] {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

const fits = (rgb: readonly number[]): boolean => rgb.every((channel) => channel > -1e-4 && channel < 1 + 1e-4)

function encode(channel: number): string {
  const x = Math.min(1, Math.max(0, channel))
  const s = x <= 0.0031308 ? x * 12.92 : 1.055 * x ** (1 / 2.4) - 0.055
  return Math.round(s * 255)
    .toString(16)
    .padStart(2, '0')
}
