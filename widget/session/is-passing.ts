/** Which refusals of a message are about the moment and not about the message: it stays in the outbox and goes again. */
import type { ProblemCode } from '../../schema/wire/problem.ts'

const PASSING: readonly ProblemCode[] = [
  'rate_limited',
  'twin_resting',
  'service_unavailable',
  'internal_error',
  'session_expired',
]

/** Will the same message be welcome later? */
export function isPassing(code: ProblemCode): boolean {
  return PASSING.includes(code)
}
