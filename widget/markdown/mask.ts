/**
 * Characters the Markdown parser must see as plain text, though they mean something to it: each is carried through it as a
 * private-use character and turned back before it is shown. A private-use character of the source itself becomes
 * ordinary text by this, never markup, since the parser has already passed.
 */
const BASE = 0xf0000
const MASKED = /[\u{f0000}-\u{f007f}]/gu

/** The stand-in of one ASCII character. */
export function mask(char: string): string {
  return String.fromCodePoint(BASE + char.charCodeAt(0))
}

/** Plain text to the parser, and nothing to a reader. */
export const NOTHING = String.fromCodePoint(BASE)

/** The text as its writer meant it. */
export function unmask(text: string): string {
  return text.replace(MASKED, (stand) =>
    stand === NOTHING ? '' : String.fromCodePoint((stand.codePointAt(0) ?? BASE) - BASE),
  )
}
