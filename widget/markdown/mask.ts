/**
 * Characters the Markdown parser must see as plain text, though they mean something to it: each is carried through it as a
 * private-use character and turned back before it is shown. Those of the source itself are not let in: they would turn
 * into letters behind the back of whoever has read the source for forbidden words.
 */
const BASE = 0xf0000
const MASKED = /[\u{f0000}-\u{f007f}]/gu

/** The source without stand-ins of its own. */
export function withoutStandIns(source: string): string {
  return source.replace(MASKED, '\ufffd')
}

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
