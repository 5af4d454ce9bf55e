/** The sheet of conversations: a list to choose from, and what can be done with each. */
import { html, nothing, type TemplateResult } from 'lit'
import { messageList } from '../element/message-list.ts'
import type { Say } from '../element/tools-port.ts'
import type { KeptConversation } from '../session/twin-session.ts'
import { conversationView } from './conversation-view.ts'
import type { Ending } from './keep-copy.ts'
import { toolIcons } from './tool-icons.ts'

/** What is being done with one conversation, in its row. */
export interface RowState {
  readonly number: number
  readonly act: 'renaming' | 'sure' | 'deleting' | 'undeleted'
}

/** How far a copy has come; each is the key of its words. */
export type Saving = 'gathering' | 'saved' | 'export_failed'

export interface RowActs {
  readonly say: Say
  readonly locale: string
  readonly onPick: (conversation: KeptConversation) => void
  readonly onRename: (conversation: KeptConversation) => void
  readonly onRenamed: (number: number, title: string) => void
  readonly onDelete: (conversation: KeptConversation) => void
  readonly onSure: (number: number) => void
  readonly onCancel: () => void
}

export interface Sheet extends RowActs {
  readonly conversations: readonly KeptConversation[]
  readonly canKeep: boolean
  readonly row: RowState | undefined
  readonly saving: Saving | undefined
  readonly onClose: () => void
  readonly onNew: () => void
  readonly onKeep: (ending: Ending) => void
}

export function sheetView(sheet: Sheet): TemplateResult {
  const { say, conversations, canKeep, row, saving, onClose, onNew, onKeep } = sheet
  const now = new Date()
  return html`<section class="sheet" part="sheet" aria-labelledby="sheet-name" tabindex="-1">
    <div class="sheet-head">
      <button class="plain" type="button" aria-label=${say('back')} title=${say('back')} @click=${onClose}>
        ${toolIcons.back}
      </button>
      <h3 id="sheet-name">${say('conversations')}</h3>
    </div>
    <button class="new" type="button" @click=${onNew}>${toolIcons.add} ${say('new_conversation')}</button>
    ${
      conversations.length === 0
        ? html`<p class="none">${say('no_conversations')}</p>`
        : html`<ul class="conversations">
            ${messageList(
              conversations.map((one) => ({
                key: String(one.number),
                seen: [now],
                view: () =>
                  conversationView(one, { ...sheet, now, act: row?.number === one.number ? row.act : undefined }),
              })),
            )}
          </ul>`
    }
    ${
      canKeep
        ? html`<div class="keep" role="group" aria-labelledby="keep-name">
            <p id="keep-name">${say('keep_copy')}</p>
            <div class="choices">
              <button type="button" class="act" @click=${() => onKeep('txt')}>
                ${toolIcons.keep} ${say('export_text')}
              </button>
              <button type="button" class="act" @click=${() => onKeep('json')}>
                ${toolIcons.keep} ${say('export_json')}
              </button>
            </div>
            ${saving ? html`<p class="note">${say(saving)}</p>` : nothing}
          </div>`
        : nothing
    }
  </section>`
}
