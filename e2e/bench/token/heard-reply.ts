/** Follows a reply whose words are times, and insists that every one of them came, once and in order. */
import { ticksToMs, wordToTicks } from './bench-clock.ts'

export interface HeardReply {
  /** Text as it arrived, and when. */
  hear(text: string, at: number): void
  /** Rejects a reply with a word too few, too many, twice or out of order. */
  finish(): ReplyTimes
}

export interface ReplyTimes {
  readonly tokens: number
  /** From asking to the first word, less what the upstream itself took. */
  readonly firstTokenOverheadMs: number
  /** Of each word but the first: from the upstream's sending to here. */
  readonly relayMs: readonly number[]
}

/** The upstream's first word tells when it was asked; words that are no times are the twin's own code's. */
export function heardReply(orderedTokens: number, askedAt: number): HeardReply {
  const times: number[] = []
  const relayMs: number[] = []
  let rest = ''
  let firstAt: number | undefined

  return {
    hear(text, at) {
      firstAt ??= at
      rest += text
      const words = rest.split(' ')
      rest = words.pop() ?? ''
      for (const word of words) {
        const ticks = wordToTicks(word)
        if (ticks === undefined) continue // the disclosure
        if (ticks <= (times.at(-1) ?? 0)) throw new Error(`A word came twice or too early: ${word}.`)
        times.push(ticks)
        if (times.length > 2) relayMs.push(ticksToMs(at - ticks))
      }
    },
    finish() {
      const [upstreamAskedAt, upstreamSaidAt] = times
      const tokens = times.length - 1
      if (tokens !== orderedTokens || rest !== '')
        throw new Error(`${tokens} of ${orderedTokens} words came (${rest}).`)
      if (firstAt === undefined || upstreamAskedAt === undefined || upstreamSaidAt === undefined)
        throw new Error('Nothing came.')
      const firstTokenOverheadMs = ticksToMs(firstAt - askedAt - (upstreamSaidAt - upstreamAskedAt))
      return { tokens, firstTokenOverheadMs, relayMs }
    },
  }
}
