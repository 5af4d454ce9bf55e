/** What went wrong with a model, by its kind and never by its words: an upstream's message may quote the prompt. */
import type { ModelFailure } from '../core/ports.ts'

/** The upstream answered with this status instead of a stream. */
export function statusFailure(status: number): ModelFailure {
  if (status === 429) return 'model_rate_limited'
  if (status === 408 || status === 504) return 'model_timeout'
  return 'model_unavailable'
}

/** The stream ended, and never said that it was complete. */
export function cutOff(began: boolean): ModelFailure {
  return began ? 'model_cut_off' : 'model_garbled'
}
