/** Which words every "no" and every broken reply has: plain, calm, and saying what happens next. The codes are the wire's. */
import type { ReplyOutcome, ReplyReason } from '../../schema/wire/frames.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'
import type { WordKey } from '../locales/words.ts'

/** What a person may do about it. */
export type Offer = 'reconnect' | 'start-anew'

/** Nothing a person could do about it, but to say it once more. */
type Lost =
  | 'message_id_invalid'
  | 'consent_required'
  | 'challenge_required'
  | 'context_invalid'
  | 'frame_invalid'
  | 'frame_unknown'
  | 'request_invalid'
  | 'media_type_unsupported'
  | 'method_not_allowed'
  | 'not_found'
  | 'conflict'
  | 'unauthorized'
  | 'forbidden'
  | 'reply_held'
  | 'reply_not_held'
  | 'reply_not_revisable'

/** Why the twin or its room said no. A new code must find its words. */
export function problemWords(code: ProblemCode): readonly [words: WordKey, offer?: Offer] {
  return isLost(code) ? ['lost'] : PROBLEM_WORDS[code]
}

const isLost = (code: ProblemCode): code is Lost => !(code in PROBLEM_WORDS)

const PROBLEM_WORDS: Readonly<Record<Exclude<ProblemCode, Lost>, readonly [words: WordKey, offer?: Offer]>> = {
  twin_not_found: ['away'],
  host_unknown: ['away'],
  origin_missing: ['not_here'],
  origin_not_allowed: ['not_here'],
  deployment_ambiguous: ['not_here'],
  campaign_not_started: ['not_yet'],
  campaign_ended: ['over'],
  session_missing: ['expired', 'reconnect'],
  session_invalid: ['expired', 'reconnect'],
  session_expired: ['expired', 'reconnect'],
  rate_limited: ['too_fast'],
  twin_resting: ['resting'],
  message_empty: ['empty'],
  message_too_long: ['too_long'],
  frame_too_large: ['too_long'],
  request_too_large: ['too_long'],
  message_malformed: ['unreadable'],
  conversation_full: ['full', 'start-anew'],
  conversation_deleted: ['deleted', 'start-anew'],
  turn_unknown: ['not_retryable'],
  turn_not_retryable: ['not_retryable'],
  turn_not_editable: ['not_editable'],
  identity_invalid: ['identity', 'reconnect'],
  history_invalid: ['older_failed'],
  service_unavailable: ['unreachable', 'reconnect'],
  internal_error: ['unreachable', 'reconnect'],
}

/** Why a reply ended before it was whole; nothing is said of one that was answered. */
export function replyWords(outcome: ReplyOutcome, reason: ReplyReason | undefined): WordKey | undefined {
  switch (outcome) {
    case 'answered':
      return undefined
    case 'stopped':
      return reason ? REASON_WORDS[reason] : 'reply_stopped'
    case 'interrupted':
      return 'reply_broken'
    case 'blocked':
    case 'failed':
      return reason ? REASON_WORDS[reason] : 'reply_early'
  }
}

const REASON_WORDS: Readonly<Record<ReplyReason, WordKey>> = {
  model_timeout: 'reply_late',
  model_rate_limited: 'reply_busy',
  model_unavailable: 'reply_unavailable',
  twin_unavailable: 'reply_unavailable',
  twin_resting: 'resting',
  model_garbled: 'reply_garbled',
  model_cut_off: 'reply_broken',
  room_restarted: 'reply_broken',
  banned_topic: 'reply_topic',
  avoided_term: 'reply_rules',
  too_long: 'reply_long',
  taken_over: 'reply_taken_over',
}
