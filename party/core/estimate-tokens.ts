/**
 * About how many tokens a text is, where no provider has counted. Four bytes of UTF-8 are a token of English, a little more
 * than one of other scripts. Never a bound: `tokensAtMost` is. Pure.
 */
import type { ReplyRequest } from './ports.ts'

const BYTES_A_TOKEN = 4
/** Role and marks around a message. */
const MESSAGE_TOKENS = 4

export function estimateTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / BYTES_A_TOKEN)
}

/** What a model is asked, all of it. */
export function estimatePromptTokens({
  instructions,
  messages,
}: Pick<ReplyRequest, 'instructions' | 'messages'>): number {
  return [instructions, ...messages.map(({ text }) => text)].reduce(
    (sum, text) => sum + estimateTokens(text) + MESSAGE_TOKENS,
    0,
  )
}
