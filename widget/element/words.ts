/** Every "no" and every broken reply in plain, calm words that say what happens next. The codes are the wire's. */
import type { ReplyOutcome, ReplyReason } from '../../schema/wire/frames.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'

/** What a person is told, and what they may do about it. */
export interface Words {
  readonly text: string
  readonly offer?: 'reconnect' | 'start-anew' | 'edit'
}

/** There is no network; seen and heard alike. */
export const offlineWords = 'You are offline. What you write is kept and sent when you are back.'

/** Why the twin or its room said no. No default: a new code must find its words. */
export function problemWords(code: ProblemCode): Words {
  switch (code) {
    case 'twin_not_found':
    case 'host_unknown':
      return { text: 'This twin is away at the moment. Please come back another time.' }
    case 'origin_missing':
    case 'origin_not_allowed':
    case 'deployment_ambiguous':
      return { text: 'This twin does not speak on this page.' }
    case 'campaign_not_started':
      return { text: 'It is not time yet. Come back when the campaign has begun.' }
    case 'campaign_ended':
      return { text: 'This campaign has come to its end, and this conversation with it. Thank you for being here.' }
    case 'session_missing':
    case 'session_invalid':
    case 'session_expired':
      return { text: 'The connection has expired. Your conversation is kept.', offer: 'reconnect' }
    case 'rate_limited':
      return { text: 'That was a little fast. Give it a few seconds, then send again.', offer: 'edit' }
    case 'message_empty':
      return { text: 'There was nothing in that message. Write a few words and send it again.', offer: 'edit' }
    case 'message_too_long':
    case 'frame_too_large':
    case 'request_too_large':
      return { text: 'That message is too long. Shorten it a little and send it again.', offer: 'edit' }
    case 'message_malformed':
      return {
        text: 'That message holds characters that cannot be read here. Change it and send it again.',
        offer: 'edit',
      }
    case 'conversation_full':
      return { text: 'This conversation is full. Start a new one, and we go on from there.', offer: 'start-anew' }
    case 'turn_unknown':
    case 'turn_not_retryable':
      return { text: 'That reply can no longer be asked for again. Send your question once more.' }
    case 'turn_not_editable':
      return { text: 'That message can no longer be changed. Send your question once more.' }
    case 'conversation_deleted':
      return { text: 'This conversation was deleted. Start a new one whenever you like.', offer: 'start-anew' }
    case 'identity_invalid':
      return { text: 'Your sign-in could not be confirmed. Sign in again on this site, then come back.' }
    case 'consent_required':
    case 'context_invalid':
      return { text: 'Something was lost between us. Please send that again.', offer: 'edit' }
    case 'history_invalid':
      return { text: 'The earlier messages could not be read. Scroll up to try again.' }
    case 'message_id_invalid':
    case 'frame_invalid':
    case 'frame_unknown':
    case 'request_invalid':
    case 'media_type_unsupported':
    case 'method_not_allowed':
    case 'not_found':
    case 'conflict':
    case 'unauthorized':
      return { text: 'Something was lost between us. Please send that again.', offer: 'edit' }
    case 'service_unavailable':
    case 'internal_error':
      return { text: 'The twin cannot be reached right now. Your words are kept.', offer: 'reconnect' }
  }
}

/** Why a reply ended before it was whole; nothing is said of one that was answered. */
export function replyWords(outcome: ReplyOutcome, reason: ReplyReason | undefined): string | undefined {
  switch (outcome) {
    case 'answered':
      return undefined
    case 'stopped':
      return 'Stopped here, as you asked.'
    case 'interrupted':
      return 'The line broke off here.'
    case 'blocked':
    case 'failed':
      return reason ? reasonWords(reason) : 'The reply ended early.'
  }
}

function reasonWords(reason: ReplyReason): string {
  switch (reason) {
    case 'model_timeout':
      return 'No answer came in time.'
    case 'model_rate_limited':
      return 'Many people are asking at once. Try again in a moment.'
    case 'model_unavailable':
    case 'twin_unavailable':
      return 'The twin cannot answer right now.'
    case 'model_garbled':
      return 'The answer could not be read.'
    case 'model_cut_off':
    case 'room_restarted':
      return 'The line broke off here.'
    case 'banned_topic':
      return 'That is not something this twin talks about. Ask something else.'
    case 'avoided_term':
      return 'This reply was ended here by the rules of this page.'
    case 'too_long':
      return 'That is as long as a reply may be. Ask on, and it continues.'
  }
}
