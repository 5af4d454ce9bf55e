/** Joins surrogate pairs that a stream split, and drops what could not be kept: lone surrogates and U+0000. Pure. */

export interface WellFormed {
  push(text: string): string
}

const UNKEEPABLE = /[\p{Cs}\0]/gu
const HIGH_SURROGATE_AT_END = /[\ud800-\udbff]$/

/** A filter for one reply; a half pair at the very end is dropped by never being said. */
export function wellFormed(): WellFormed {
  let half = ''
  return {
    push(delta) {
      const text = half + delta
      half = HIGH_SURROGATE_AT_END.exec(text)?.[0] ?? ''
      return text.slice(0, text.length - half.length).replace(UNKEEPABLE, '')
    },
  }
}
