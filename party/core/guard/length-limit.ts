/**
 * Keeps a reply within its length and lets it end like a reply: at a sentence, else at a word. Text flows freely until
 * the last stretch; there it is held back to whole sentences until the reply proves to fit. Pure.
 */

/** What may be said, and whether the reply ends here because it would be too long. */
export interface Limited {
  readonly safe: string
  readonly cut: boolean
}

export interface LengthLimit {
  push(text: string): Limited
  /** The reply ended by itself: everything fits. */
  end(): string
}

const LAST_STRETCH_CHARS = 300
const SENTENCE_END = /[.!?…。！？]["'”’)\]*_]*(?=\s)|\n/g

/** A limit for one reply, in UTF-16 code units. */
export function lengthLimit(maxChars: number): LengthLimit {
  const freeChars = maxChars - Math.min(LAST_STRETCH_CHARS, Math.floor(maxChars / 3))
  let saidChars = 0
  let saidSentence = true
  let held = ''
  let over = false

  function say(chars: number): string {
    const safe = held.slice(0, chars)
    held = held.slice(chars)
    saidChars += chars
    if (safe !== '') saidSentence = /[.!?…。！？\n]["'”’)\]*_\s]*$/.test(safe.slice(-8))
    return safe
  }

  function cut(): string {
    const room = maxChars - saidChars
    const whole = lastSentenceEnd(held.slice(0, room + 1))
    if (whole > 0) return say(Math.min(whole, room)).trimEnd()
    if (saidSentence && saidChars > 0) return ''
    const words = held.slice(0, room).lastIndexOf(' ')
    const end = words > 0 ? words : wholeCharacters(held, room - 1)
    return end > 0 || room > 0 ? `${say(end).trimEnd()}…` : ''
  }

  return {
    push(text) {
      if (over) return { safe: '', cut: true }
      held += text
      if (saidChars + held.length > maxChars) {
        over = true
        return { safe: cut(), cut: true }
      }
      const free = wholeCharacters(held, freeChars - saidChars)
      if (free === held.length) return { safe: say(free), cut: false } // most of a reply: no sentence need be looked for
      return { safe: say(Math.max(free, lastSentenceEnd(held))), cut: false }
    },
    end() {
      return over ? '' : say(held.length)
    },
  }
}

function lastSentenceEnd(text: string): number {
  let end = 0
  for (const match of text.matchAll(SENTENCE_END)) end = match.index + match[0].length
  return end
}

/** At most so many code units, but never half of a surrogate pair. */
function wholeCharacters(text: string, chars: number): number {
  const end = Math.max(0, Math.min(text.length, chars))
  return end > 0 && end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end
}
