/** The wire's word lists as values, to check what came in; the compiler refuses a word the wire does not know. */
import type { ReplyOutcome, ReplyReason } from '../../schema/wire/frames.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'

/** How a reply may end. */
export const OUTCOMES: readonly ReplyOutcome[] = ['answered', 'stopped', 'blocked', 'failed', 'interrupted']

/** Why a reply may end so. */
export const REASONS: readonly ReplyReason[] = [
  'model_timeout',
  'model_rate_limited',
  'model_unavailable',
  'model_garbled',
  'model_cut_off',
  'twin_unavailable',
  'twin_resting',
  'room_restarted',
  'taken_over',
  'banned_topic',
  'avoided_term',
  'too_long',
]

/**
 * Is this a code of the wire's kind? Not a list of them: a newer room may have another, and a message it refuses must not
 * wait for ever; whoever explains codes has words for the rest. (No member of a prototype looks like one.)
 */
export function isProblemCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && /^[a-z]+(_[a-z]+)+$/.test(value)
}
