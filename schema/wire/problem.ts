/**
 * Every "no" of the platform has one of these codes: in `application/problem+json` over HTTP
 * (RFC 9457) and in an `error` frame on the socket. Codes are stable; titles are not.
 */

import type { SessionChallenge } from './session.ts'

/** Why a door, a frame or a request was refused. */
export type ProblemCode =
  // the doors
  | 'twin_not_found' // unknown, paused, suspended, without contract: the same answer on purpose
  | 'host_unknown'
  | 'origin_missing'
  | 'origin_not_allowed'
  | 'deployment_ambiguous'
  | 'campaign_not_started'
  | 'campaign_ended'
  | 'session_missing'
  | 'session_invalid'
  | 'session_expired'
  | 'identity_invalid' // the page's proof of who is signed in does not hold
  | 'challenge_required' // under attack a session asks for a proof first, which the answer describes
  | 'consent_required' // the deployment asks for consent, and none was given
  // frames and messages
  | 'frame_invalid'
  | 'frame_unknown'
  | 'frame_too_large'
  | 'rate_limited'
  | 'twin_resting' // the twin rests: whose budget it is, only its owner learns
  | 'message_empty'
  | 'message_too_long'
  | 'message_malformed'
  | 'message_id_invalid'
  | 'conversation_full'
  | 'turn_unknown'
  | 'turn_not_retryable'
  | 'turn_not_editable'
  | 'context_invalid'
  | 'conversation_deleted'
  | 'reply_held' // somebody has to release it first
  | 'reply_not_held'
  | 'reply_not_revisable'
  | 'history_invalid'
  // requests
  | 'request_invalid'
  | 'request_too_large'
  | 'media_type_unsupported'
  | 'method_not_allowed'
  | 'not_found'
  | 'conflict'
  | 'unauthorized'
  | 'forbidden' // a valid key, and not for this
  // ourselves
  | 'service_unavailable'
  | 'internal_error'

/** The body of a refused request (RFC 9457); members beyond the standard's are ours. */
export interface Problem {
  /** A URI reference naming the kind of problem. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  /** What to do about it, in one or two sentences. */
  readonly detail?: string
  /** The origin that was refused, so that an owner can add it. */
  readonly origin?: string
  /** Field by field, what was wrong with the request. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[]
  /** Deployments that matched where exactly one must. */
  readonly deployments?: readonly string[]
  /** What a campaign or a contract collides with; told to whom it may be told. */
  readonly collisions?: readonly Collision[]
  /** What a session asks for first. */
  readonly challenge?: SessionChallenge
  /** When a campaign begins, ISO 8601. */
  readonly startsAt?: string
  readonly requestId?: string
}

/** A campaign, or what a contract reserves, that holds a period already. */
export interface Collision {
  readonly kind: 'campaign' | 'contract'
  readonly id: string
  /** The campaign's name; of a contract, the category it reserves. */
  readonly name: string
  /** Whose it is; null where a contract reserves a category for nobody. */
  readonly brand: string | null
  /** ISO 8601. */
  readonly startsAt: string
  readonly endsAt: string | null
}

/**
 * WebSocket close codes (4000-4999 are the application's, RFC 6455 section 7.4.2). A client takes every 44xx as
 * final, except {@link CLOSE_SESSION_EXPIRED}, upon which it asks for a new session.
 */
export const CLOSE_SESSION_EXPIRED = 4401
export const CLOSE_REFUSED = 4403
export const CLOSE_TWIN_NOT_FOUND = 4404
export const CLOSE_CAMPAIGN_ENDED = 4410
export const CLOSE_TOO_MANY = 4429
/** RFC 6455 registry: try again later. The line did not read; whoever comes back is sent the rest. */
export const CLOSE_TOO_SLOW = 1013
