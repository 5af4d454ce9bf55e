/** What a bench asks the upstream for, as the words of a visitor's message. */

export interface ReplyOrder {
  readonly tokens: number
  readonly tokensPerSecond: number
  /** What the upstream waits before its first word. */
  readonly delayMs: number
}

export function writeOrder({ tokens, tokensPerSecond, delayMs }: ReplyOrder): string {
  return `Say ${tokens} words, ${tokensPerSecond} a second, after ${delayMs} ms.`
}

/** Undefined for a text that orders nothing. */
export function readOrder(text: string): ReplyOrder | undefined {
  const [, tokens, tokensPerSecond, delayMs] = /Say (\d+) words, (\d+) a second, after (\d+) ms\./.exec(text) ?? []
  if (tokens === undefined) return undefined
  return { tokens: Number(tokens), tokensPerSecond: Number(tokensPerSecond), delayMs: Number(delayMs) }
}
