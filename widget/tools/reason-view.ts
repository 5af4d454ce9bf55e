/** The question why a reply was not good: five answers as chips, and room for a sentence. */
import { html, nothing, type TemplateResult } from 'lit'
import type { RatingReason } from '../../schema/wire/frames.ts'
import { MAX_COMMENT_CHARS } from '../../schema/wire/limits.ts'
import type { Say } from '../element/tools-port.ts'
import { growingFieldView } from './growing-field-view.ts'
import { ownKeys } from './own-keys.ts'

export interface Reasons {
  readonly say: Say
  readonly reason: RatingReason | undefined
  readonly comment: string
  readonly onReason: (reason: RatingReason) => void
  readonly onComment: (comment: string) => void
  readonly onSubmit: () => void
  readonly onCancel: () => void
}

const REASONS = ['inaccurate', 'unhelpful', 'off_topic', 'offensive', 'other'] as const
/** From here on the remaining room is told. */
const NEARLY_TOO_LONG = MAX_COMMENT_CHARS - 100

export function reasonView({ say, reason, comment, onReason, onComment, onSubmit, onCancel }: Reasons): TemplateResult {
  const over = comment.length - MAX_COMMENT_CHARS
  const submit = (event: Event): void => {
    event.preventDefault()
    onSubmit()
  }
  return html`<form class="why" part="feedback" @submit=${submit} @keydown=${ownKeys({ onEscape: onCancel })}>
    <fieldset>
      <legend>${say('bad_reply_why')}</legend>
      ${REASONS.map(
        (one) =>
          html`<label class="chip">
            <input type="radio" name="why" .checked=${one === reason} @change=${() => onReason(one)} />
            <span>${say(`bad_${one}`)}</span>
          </label>`,
      )}
    </fieldset>
    ${growingFieldView({
      label: say('comment'),
      text: comment,
      hint: say('comment'),
      room: 'why-room',
      over: over > 0,
      onText: onComment,
    })}
    <div class="choices">
      <button type="submit" class="filled" aria-disabled=${over > 0 ? 'true' : 'false'}>${say('submit')}</button>
      <button type="button" class="act" @click=${onCancel}>${say('cancel')}</button>
      <span id="why-room" class="note">
        ${
          comment.length > NEARLY_TOO_LONG
            ? say(over > 0 ? 'characters_over' : 'characters_left', { n: Math.abs(over) })
            : nothing
        }
      </span>
    </div>
  </form>`
}
