/** What a visitor thinks of a reply: up, down, taken back; and after a down the question why, which nobody must answer. */
import type { TemplateResult } from 'lit'
import type { Rating, RatingReason } from '../../schema/wire/frames.ts'
import { MAX_COMMENT_CHARS } from '../../schema/wire/limits.ts'
import type { ToolsPorts } from '../element/tools-port.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import { reasonView } from './reason-view.ts'
import type { SaidBeside } from './said-beside.ts'
import { actButton, showAndFocus, showWhole } from './show-and-focus.ts'

export interface Feedback {
  /** A press on the thumb that stands for this; on the one that is down already it is taken back. */
  rate(message: RatedMessage, rating: Rating): void
  /** The question why, while it is open at this message. */
  reasons(messageId: string): TemplateResult | undefined
  /** Closes the question; false when none is open. */
  dismiss(): boolean
}

/** Only a reply with a turn can be rated. */
export interface RatedMessage extends ShownMessage {
  readonly turnId: string
}

interface Asking {
  readonly message: RatedMessage
  readonly reason?: RatingReason
  readonly comment: string
}

export function feedback(ports: ToolsPorts, beside: SaidBeside): Feedback {
  const { host, say } = ports
  let asking: Asking | undefined

  function tell(
    { turnId, messageId }: RatedMessage,
    rating: Rating | null,
    reason?: RatingReason,
    comment?: string,
  ): void {
    ports.session().rate(turnId, rating, reason, comment)
    ports.emit({ name: 'twin:feedback', detail: { turnId, messageId, rating, reason } })
  }

  function change(next: Asking | undefined): void {
    asking = next
    host.requestUpdate()
  }

  function close(): void {
    const messageId = asking?.message.messageId ?? ''
    asking = undefined
    void showAndFocus(host, actButton(messageId, 'down'))
  }

  function submit(): void {
    if (!asking) return
    const { message, reason, comment } = asking
    const words = comment.trim()
    if (words.length > MAX_COMMENT_CHARS) return
    if (reason || words) tell(message, 'down', reason, words || undefined)
    close()
    beside.say(message.messageId, 'thanks')
  }

  return {
    rate(message, rating) {
      const back = message.rating === rating
      tell(message, back ? null : rating)
      change(rating === 'down' && !back ? { message, comment: '' } : undefined)
      if (asking) {
        ports.announce(say('bad_reply_why'))
        void showWhole(host, '.why')
      } else if (!back) beside.say(message.messageId, 'thanks')
    },
    reasons(messageId) {
      if (!asking || asking.message.messageId !== messageId) return undefined
      const { reason, comment } = asking
      return reasonView({
        say,
        reason,
        comment,
        onReason: (chosen) => asking && change({ ...asking, reason: chosen }),
        onComment: (words) => asking && change({ ...asking, comment: words }),
        onSubmit: submit,
        onCancel: close,
      })
    },
    dismiss() {
      if (!ports.shown().messages.some(({ messageId }) => messageId === asking?.message.messageId)) return false
      close()
      return true
    },
  }
}
