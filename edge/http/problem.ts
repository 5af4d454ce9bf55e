/**
 * Every refusal over HTTP, in the one form of RFC 9457. The only file that writes error bodies: its switch has no default,
 * so a new reason must be given words here. Owners are told what to do, strangers little.
 */
import { originAdvice } from '../core/origin-advice.ts'
import type { Refusal } from '../core/refusal.ts'
import type { Problem } from '../../schema/wire/problem.ts'

type Answer = Omit<Problem, 'type' | 'requestId'>

/** The refusal as a response. `requestId` names the line in our log, for the two that are our own fault. */
export function problem(refusal: Refusal, requestId?: string): Response {
  const answer = describeRefusal(refusal)
  const body: Problem = {
    type: `/problems/${answer.code}`,
    ...answer,
    ...(requestId === undefined ? {} : { requestId }),
  }
  return new Response(JSON.stringify(body), {
    status: answer.status,
    headers: { ...HEADERS, ...extraHeaders(refusal) },
  })
}

/** The words of a refusal; the socket's `error` frame takes code and detail from here too. */
export function describeRefusal(refusal: Refusal): Answer {
  switch (refusal.reason) {
    case 'deployment_unknown':
    case 'deployment_not_active':
    case 'deployment_elsewhere':
    case 'celebrity_not_active':
    case 'contract_not_running':
    case 'campaign_missing':
    case 'campaign_not_approved': // indistinguishable on purpose
      return { status: 404, code: 'twin_not_found', title: 'No twin lives here' }
    case 'campaign_not_started':
      return {
        status: 403,
        code: 'campaign_not_started',
        title: 'This campaign has not begun',
        startsAt: refusal.startsAt,
      }
    case 'campaign_ended':
      return { status: 410, code: 'campaign_ended', title: 'This campaign has ended' }
    case 'host_unknown':
      return { status: 421, code: 'host_unknown', title: 'Nothing is served under this host name' }
    case 'origin_missing':
      return {
        status: 403,
        code: 'origin_missing',
        title: 'The request names no origin',
        detail: 'Twins answer web pages only: browsers send an Origin header by themselves.',
      }
    case 'origin_not_allowed':
      return {
        status: 403,
        code: 'origin_not_allowed',
        title: 'This page may not talk to this twin',
        origin: refusal.origin.slice(0, MAX_ORIGIN_CHARS),
        detail: originAdvice(refusal).detail,
      }
    case 'deployment_ambiguous':
      return {
        status: 409,
        code: 'deployment_ambiguous',
        title: 'More than one deployment fits this page',
        detail: 'Name one of them with data-deployment-id, or take this origin off the other’s allowed domains.',
        deployments: refusal.deployments,
      }
    case 'upgrade_required':
      return { status: 426, code: 'request_invalid', title: 'Only a WebSocket can be opened here' }
    case 'subprotocol_missing':
      return { status: 400, code: 'request_invalid', title: 'The socket does not offer the subprotocol twin.v1' }
    case 'session_missing':
      return { status: 401, code: 'session_missing', title: 'The request carries no session' }
    case 'session_invalid':
      return { status: 401, code: 'session_invalid', title: 'This is no session of ours' }
    case 'session_expired':
      return { status: 401, code: 'session_expired', title: 'The session has expired', detail: 'Ask for a new one.' }
    case 'session_revoked': // to whoever had it the same as an expired one: a new one is given, or the door says why not
      return { status: 401, code: 'session_expired', title: 'The session was revoked', detail: 'Ask for a new one.' }
    case 'session_elsewhere':
      return { status: 403, code: 'session_invalid', title: 'This session belongs elsewhere' }
    case 'identity_invalid': // one answer for every reason: a forger must not learn which
      return {
        status: 401,
        code: 'identity_invalid',
        title: 'The proof of who is signed in does not hold',
        detail:
          'It must be a JWT of this deployment’s own key and algorithm, with `sub` and an `exp` at most 24 hours away.',
      }
    case 'consent_required':
      return {
        status: 403,
        code: 'consent_required',
        title: 'This deployment asks for consent first',
        detail: 'Send the present version of the consent once it was given; the embed configuration names it.',
      }
    case 'challenge_required':
      return {
        status: 428,
        code: 'challenge_required',
        title: 'Very many ask at once',
        detail: 'Answer the challenge, and ask again with the proof.',
        challenge: refusal.challenge,
      }
    case 'flooded':
      return {
        status: 429,
        code: 'rate_limited',
        title: 'Too many requests',
        detail: 'Please try again in a minute.',
      }
    case 'request_malformed':
      return { status: 400, code: 'request_invalid', title: 'The request cannot be read', detail: refusal.detail }
    case 'request_invalid':
      return { status: 422, code: 'request_invalid', title: 'The request is not valid', errors: refusal.errors }
    case 'request_too_large':
      return {
        status: 413,
        code: 'request_too_large',
        title: 'The request is too large',
        detail: `At most ${refusal.limitBytes} bytes are accepted here.`,
      }
    case 'media_type_unsupported':
      return {
        status: 415,
        code: 'media_type_unsupported',
        title: 'Send JSON',
        detail: 'Content-Type: application/json',
      }
    case 'method_not_allowed':
      return {
        status: 405,
        code: 'method_not_allowed',
        title: 'This cannot be done here',
        detail: `Allowed: ${refusal.allow}`,
      }
    case 'not_found':
      return { status: 404, code: 'not_found', title: 'There is nothing here' }
    case 'conflict':
      return {
        status: 409,
        code: 'conflict',
        title: 'This is not possible as things are',
        detail: refusal.detail,
        ...(refusal.collisions && { collisions: refusal.collisions }),
      }
    case 'unauthorized':
      return {
        status: 401,
        code: 'unauthorized',
        title: 'A valid key is needed',
        detail: 'Authorization: Bearer <admin key>',
      }
    case 'forbidden':
      return { status: 403, code: 'forbidden', title: 'This key may not do this', detail: refusal.detail }
    case 'locked_out':
      return {
        status: 429,
        code: 'rate_limited',
        title: 'Too many wrong keys',
        detail: `Nothing is looked at from here for ${refusal.retryAfterSeconds} seconds; each wrong key makes it longer.`,
      }
    case 'service_unavailable':
      return {
        status: 503,
        code: 'service_unavailable',
        title: 'Not available at the moment',
        detail: 'Please try again shortly.',
      }
    case 'internal_error':
      return { status: 500, code: 'internal_error', title: 'Something went wrong on our side' }
  }
}

const HEADERS = {
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  // A refused page must be able to read why, and nothing here depends on who asks with what credentials.
  'access-control-allow-origin': '*',
  vary: 'Origin',
  'x-content-type-options': 'nosniff',
}

function extraHeaders(refusal: Refusal): Record<string, string> {
  switch (refusal.reason) {
    case 'method_not_allowed':
      return { allow: refusal.allow }
    case 'unauthorized':
      return { 'www-authenticate': 'Bearer' }
    case 'upgrade_required':
      return { upgrade: 'websocket', connection: 'Upgrade' }
    case 'flooded':
    case 'locked_out':
      return { 'retry-after': String(refusal.retryAfterSeconds) }
    case 'service_unavailable':
      return { 'retry-after': '2' }
    default:
      return {}
  }
}

const MAX_ORIGIN_CHARS = 300
