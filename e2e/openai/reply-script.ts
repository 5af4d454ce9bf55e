/** What a scripted model answers, and how it fails. */

export interface ReplyScript {
  /** Sent word by word; what the model was asked, when absent. */
  readonly text?: string
  /** Sent as they are cut here, in place of `text`. */
  readonly tokens?: readonly string[]
  /** Words a second; 0 sends all at once. */
  readonly tokensPerSecond?: number
  readonly fault?: ModelFault
}

export type ModelFault =
  /** Answers with a status and OpenAI's error body. */
  | { readonly kind: 'status'; readonly status: number }
  /** Answers 200 with an event stream of nonsense. */
  | { readonly kind: 'garbage' }
  /** Breaks the connection after so many words. */
  | { readonly kind: 'cut'; readonly afterTokens: number }
  /** Says so many words and then nothing, for ever; 0 never says one. */
  | { readonly kind: 'hang'; readonly afterTokens: number }
