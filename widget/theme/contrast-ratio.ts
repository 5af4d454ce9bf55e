/** WCAG 2 contrast of two `#rrggbb` colours, 1 to 21; order does not matter. */
export function contrastRatio(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(hex: string): number {
  const bits = Number.parseInt(hex.slice(1), 16)
  const [r, g, b] = [bits >> 16, (bits >> 8) & 255, bits & 255].map((channel) => {
    const s = channel / 255
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}
