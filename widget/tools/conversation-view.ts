/** One conversation in the list: its name and day, and in their place what is being done with it. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Say } from '../element/tools-port.ts'
import type { KeptConversation } from '../session/twin-session.ts'
import { dateWords } from './date-words.ts'
import { ownKeys } from './own-keys.ts'
import { plainTitle } from './plain-title.ts'
import type { RowActs, RowState } from './sheet-view.ts'
import { toolIcons } from './tool-icons.ts'

export interface Row extends RowActs {
  readonly now: Date
  readonly act: RowState['act'] | undefined
}

export function conversationView(conversation: KeptConversation, row: Row): TemplateResult {
  const { act } = row
  return html`<li ?data-current=${conversation.current} ?data-busy=${act !== undefined}>
    ${act === 'renaming' ? nameView(conversation, row) : act ? sureView(conversation, row) : restView(conversation, row)}
  </li>`
}

function restView(
  conversation: KeptConversation,
  { say, locale, now, onPick, onRename, onDelete }: Row,
): TemplateResult {
  const { number, at, current } = conversation
  return html`<button
      class="pick"
      type="button"
      data-pick=${number}
      aria-current=${current ? 'true' : nothing}
      @click=${() => onPick(conversation)}
    >
      ${calledView(conversation, say)}
      <span class="when">
        <time datetime=${at}>${dateWords(at, { locale, yesterday: say('yesterday'), now })}</time>
        ${current ? html`<span class="open-now">${say('current')}</span>` : nothing}
      </span>
    </button>
    <button
      class="tool"
      type="button"
      id="rename-${number}"
      aria-label=${say('rename')}
      aria-labelledby="rename-${number} called-${number}"
      title=${say('rename')}
      @click=${() => onRename(conversation)}
    >
      ${toolIcons.edit}
    </button>
    <button
      class="tool"
      type="button"
      id="delete-${number}"
      aria-label=${say('delete')}
      aria-labelledby="delete-${number} called-${number}"
      title=${say('delete')}
      @click=${() => onDelete(conversation)}
    >
      ${toolIcons.bin}
    </button>`
}

function nameView({ number, title }: KeptConversation, { say, onRenamed, onCancel }: Row): TemplateResult {
  const rename = (event: Event): void => {
    event.preventDefault()
    const { currentTarget } = event
    if (currentTarget instanceof HTMLFormElement)
      onRenamed(number, String(new FormData(currentTarget).get('title') ?? ''))
  }
  return html`<form class="renaming" @submit=${rename} @keydown=${ownKeys({ onEscape: onCancel })}>
    <input
      name="title"
      dir="auto"
      maxlength="120"
      autocomplete="off"
      aria-label=${say('title')}
      placeholder=${say('untitled')}
      .value=${plainTitle(title)}
    />
    <div class="choices">
      <button type="button" class="act" @click=${onCancel}>${say('cancel')}</button>
      <button type="submit" class="filled">${say('save')}</button>
    </div>
  </form>`
}

function sureView(conversation: KeptConversation, { say, act, onSure, onCancel }: Row): TemplateResult {
  const { number } = conversation
  const running = act === 'deleting'
  return html`<div class="sure" role="group" aria-labelledby="called-${number} sure-${number}" aria-busy=${running}>
    ${calledView(conversation, say)}
    <p id="sure-${number}">${say(running ? 'deleting' : act === 'undeleted' ? 'delete_failed' : 'delete_sure')}</p>
    ${
      running
        ? nothing
        : html`<div class="choices">
            <button type="button" class="act" data-cancel @click=${onCancel}>${say('cancel')}</button>
            <button type="button" class="filled" data-sure @click=${() => onSure(number)}>${say('delete')}</button>
          </div>`
    }
  </div>`
}

function calledView({ number, title }: KeptConversation, say: Say): TemplateResult {
  return html`<span class="called" id="called-${number}"><bdi>${plainTitle(title) || say('untitled')}</bdi></span>`
}
