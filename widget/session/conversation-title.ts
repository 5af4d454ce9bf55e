/** What a conversation is called until its visitor says otherwise: the beginning of the first question. */

const MAX_CHARS = 60

/** At most sixty characters on one line, cut between two words where there is such a place. */
export function conversationTitle(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim()
  if (line.length <= MAX_CHARS) return line
  const begin = line.slice(0, MAX_CHARS)
  const end = begin.lastIndexOf(' ')
  // (Not every script has spaces; half an emoji is none.)
  return `${end > MAX_CHARS / 2 ? begin.slice(0, end) : begin.slice(0, -1).replace(/\p{Cs}$/u, '')}…`
}
