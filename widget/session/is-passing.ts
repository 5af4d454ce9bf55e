/** Which refusals of a message are about the moment and not about the message: it stays in the outbox and goes again. */
import type { ProblemCode } from '../../schema/wire/problem.ts'

/** Will the same message be welcome later? */
export function isPassing(code: ProblemCode): boolean {
  return (
    code === 'rate_limited' ||
    code === 'budget_exhausted' ||
    code === 'service_unavailable' ||
    code === 'internal_error' ||
    code === 'session_expired'
  )
}
