/** The three channels of `#rrggbb` as light, 0 to 1. The caller has checked the form. */
export function linearRgb(hex: string): readonly [r: number, g: number, b: number] {
  const bits = Number.parseInt(hex.slice(1), 16)
  return [linear(bits >> 16), linear((bits >> 8) & 255), linear(bits & 255)]
}

function linear(channel: number): number {
  const s = channel / 255
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
}
