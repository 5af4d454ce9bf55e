/** Text as a model gets to see it: without characters that only smuggle (tags, bidi controls, invisible spaces). Pure. */

// joiners and ordinary variation selectors stay: scripts and emoji need them
const SMUGGLING = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/gu

/** The text without what a reader would not see. */
export function modelText(text: string): string {
  return text.replace(SMUGGLING, '')
}
