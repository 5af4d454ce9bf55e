/** Half an emoji, as a cut paste leaves it, has no place in any database; it costs its character, not the message. */
export function wellFormed(words: string): string {
  return words.replace(/[\p{Cs}\0]/gu, '\ufffd')
}
