/** The body of `POST /v1/sessions`, checked field by field. */
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'
import type { Id } from '../../schema/domain/id.ts'
import { MAX_CONVERSATIONS_A_VISITOR } from '../../schema/wire/limits.ts'
import type { Refusal } from './refusal.ts'
import { check, id, integer, optional, pattern, shape, text } from './validate.ts'

export interface SessionWish {
  readonly deploymentId: Id<'deployment'>
  readonly visitorSecret: string
  readonly conversation: number
  /** A page's proof of who is signed in there; whether it holds is for its key to say. */
  readonly identity: string | undefined
  readonly consent: string | undefined
  readonly proof: string | undefined
}

/** 32 bytes as base64url without padding: 43 characters, whose last carries two zero bits. */
const VISITOR_SECRET = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

const sessionShape = shape({
  deploymentId: id<'deployment'>(),
  visitorSecret: pattern(VISITOR_SECRET, 'must be 32 random bytes as base64url without padding'),
  conversation: integer({ min: 0, max: MAX_CONVERSATIONS_A_VISITOR - 1 }),
  identity: optional(pattern(/^/, 'must be text')),
  consent: optional(text({ max: 64 })),
  proof: optional(pattern(/^[\x21-\x7e]{1,16} [\x21-\x7e]{1,2048}$/, 'must be what the challenge asked for')),
})

export function parseSessionRequest(body: unknown): Result<SessionWish, Refusal> {
  const checked = check(sessionShape, body)
  return checked.ok ? ok(checked.value) : fail({ reason: 'request_invalid', errors: checked.failure })
}
