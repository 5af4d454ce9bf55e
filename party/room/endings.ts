/** How lines of a room end, or never begin: the words, the close code of a socket, the status over HTTP. */
import {
  CLOSE_CAMPAIGN_ENDED,
  CLOSE_REFUSED,
  CLOSE_SESSION_EXPIRED,
  CLOSE_TOO_MANY,
  CLOSE_TWIN_NOT_FOUND,
} from '../../schema/wire/problem.ts'
import type { Ending } from '../core/session-end.ts'

/** RFC 6455 section 7.4.1: a server that met what it did not expect. */
const CLOSE_INTERNAL = 1011

export const NOT_YOURS: Ending = {
  closeCode: CLOSE_REFUSED,
  status: 403,
  code: 'session_invalid',
  detail: 'This session does not open this conversation.',
}
/** To people alone: whoever may not know of a conversation is told that it is not theirs. */
export const NOT_FOUND: Ending = {
  closeCode: CLOSE_TWIN_NOT_FOUND,
  status: 404,
  code: 'not_found',
  detail: 'There is no such conversation.',
}
/** Paused, suspended, without contract or approval: visitors are not told which. */
export const GONE: Ending = {
  closeCode: CLOSE_TWIN_NOT_FOUND,
  status: 404,
  code: 'twin_not_found',
  detail: 'No twin lives here.',
}
export const CAMPAIGN_NOT_STARTED: Ending = {
  closeCode: CLOSE_REFUSED,
  status: 403,
  code: 'campaign_not_started',
  detail: 'This campaign has not begun.',
}
export const CAMPAIGN_ENDED: Ending = {
  closeCode: CLOSE_CAMPAIGN_ENDED,
  status: 410,
  code: 'campaign_ended',
  detail: 'This campaign has ended.',
}
/** To whoever had it the same as an expired one: a new one is given, or the door says why not. */
export const REVOKED: Ending = {
  closeCode: CLOSE_SESSION_EXPIRED,
  status: 401,
  code: 'session_expired',
  detail: 'The session was revoked; ask for a new one.',
}
/** A ticket opens one line; whoever lost that one asks for a session. */
export const USED: Ending = {
  closeCode: CLOSE_SESSION_EXPIRED,
  status: 401,
  code: 'session_expired',
  detail: 'This ticket has opened a line before; ask for a new session.',
}
export const TOO_MANY: Ending = {
  closeCode: CLOSE_TOO_MANY,
  status: 429,
  code: 'rate_limited',
  detail: 'This conversation is open in too many places.',
  retryAfterSeconds: 10,
}
/** For every line that is open, and for every later one. */
export const DELETED: Ending = {
  closeCode: CLOSE_CAMPAIGN_ENDED, // gone for good, as a campaign is
  status: 410,
  code: 'conversation_deleted',
  detail: 'This conversation was deleted; begin a new one.',
}
export const AWAY: Ending = {
  closeCode: CLOSE_INTERNAL,
  status: 503,
  code: 'service_unavailable',
  detail: 'The twin cannot be reached right now.',
  retryAfterSeconds: 2,
}
export const BROKEN: Ending = {
  closeCode: CLOSE_INTERNAL,
  status: 500,
  code: 'internal_error',
  detail: 'Something of ours went wrong. Nothing you sent is the cause.',
}
