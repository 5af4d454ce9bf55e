/** The wire's closed word lists as values, to check what came in; the compiler refuses a word the wire does not know. */
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
  'room_restarted',
  'banned_topic',
  'avoided_term',
  'too_long',
]

/** Why something may be refused. */
export const PROBLEM_CODES: readonly ProblemCode[] = [
  'twin_not_found',
  'host_unknown',
  'origin_missing',
  'origin_not_allowed',
  'deployment_ambiguous',
  'campaign_not_started',
  'campaign_ended',
  'session_missing',
  'session_invalid',
  'session_expired',
  'identity_invalid',
  'consent_required',
  'frame_invalid',
  'frame_unknown',
  'frame_too_large',
  'rate_limited',
  'message_empty',
  'message_too_long',
  'message_malformed',
  'message_id_invalid',
  'conversation_full',
  'turn_unknown',
  'turn_not_retryable',
  'turn_not_editable',
  'context_invalid',
  'conversation_deleted',
  'history_invalid',
  'request_invalid',
  'request_too_large',
  'media_type_unsupported',
  'method_not_allowed',
  'not_found',
  'conflict',
  'unauthorized',
  'service_unavailable',
  'internal_error',
]
