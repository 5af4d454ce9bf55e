/** What a person of the celebrity's side says: their name over it, and a frame around it, as neither the twin's has nor the visitor's. */
import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../element/icons.ts'
import type { Say } from '../element/tools-port.ts'
import { typeset } from '../element/typeset.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import { badgeView } from './badge-view.ts'

/** `meta`: its time, and what can be done with it. */
export function personView(message: ShownMessage, name: string, say: Say, meta: TemplateResult): TemplateResult {
  const { messageId, author, text } = message
  return html`<div class="message person" part="person message" data-message=${messageId}>
    <p class="by">
      ${author ? html`${badgeView(author)} <bdi class="author">${author}</bdi>` : nothing}
      <span>${say('by_person', { name })}</span>
    </p>
    <div class="reply" part="reply" dir="auto" ${typeset(text, false, NO_PICTURES)}></div>
    ${meta}
  </div>`
}

/** Pictures are the twin's, from hosts its owner has named. */
const NO_PICTURES: readonly string[] = []

const eye = icon(
  'M2.5 10s2.8-5 7.5-5 7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5zM10 7.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z',
)

/** A reply that is written, and that nobody but a person has seen. */
export function heldView({ messageId }: ShownMessage, say: Say): TemplateResult {
  return html`<p class="thinking held" part="thinking" data-message=${messageId}>${eye} ${say('reply_held')}</p>`
}
