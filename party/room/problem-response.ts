/** Refusals of the room over HTTP, in the one form of RFC 9457. The Worker adds what browsers of other origins need. */
import type { Problem, ProblemCode } from '../../schema/wire/problem.ts'
import type { Ending } from '../core/session-end.ts'

export interface RoomProblem {
  readonly status: number
  readonly code: ProblemCode
  readonly title: string
  readonly detail?: string
  readonly retryAfterSeconds?: number | undefined
}

export function problemResponse({ status, code, title, detail, retryAfterSeconds }: RoomProblem): Response {
  const body: Problem = { type: `/problems/${code}`, title, status, code, ...(detail !== undefined && { detail }) }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}

/** Why nothing can be asked here, in the words a socket would have got. */
export function endingResponse({ status, code, detail, retryAfterSeconds }: Ending): Response {
  return problemResponse({ status, code, title: 'This line is closed', detail, retryAfterSeconds })
}
