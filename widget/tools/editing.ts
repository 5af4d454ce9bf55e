/** The visitor changes their newest question; its reply is given anew. */
import { html, type TemplateResult } from 'lit/html.js'
import { MAX_MESSAGE_CHARS } from '../../schema/wire/limits.ts'
import type { ToolsPorts } from '../element/tools-port.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import { personsUpTo } from '../session/persons-up-to.ts'
import { editorView } from './editor-view.ts'
import { actButton, showAndFocus, showWhole } from './show-and-focus.ts'

export interface Editing {
  /** The newest question, once its turn has ended, while there is somebody to ask and no person has answered it. */
  canEdit(message: ShownMessage): boolean
  begin(message: ShownMessage): void
  /** Instead of the bubble: the field, or the new words while there is no line to send them on. */
  editor(message: ShownMessage): TemplateResult | undefined
  /** Leaves the question as it was; false when none is being changed. */
  dismiss(): boolean
}

interface Draft {
  readonly messageId: string
  readonly turnId: string
  readonly text: string
  /** How often the question had been changed when it was begun. */
  readonly edits: number
}

export function editing(ports: ToolsPorts): Editing {
  const { host, say } = ports
  let draft: Draft | undefined
  /** The last change that was asked for. */
  let asked: Draft | undefined

  function leave(...places: readonly string[]): void {
    draft = undefined
    void showAndFocus(host, ...places)
  }
  const cancel = (): void => leave(actButton(draft?.messageId ?? '', 'edit'), COMPOSER)

  function askAgain(): void {
    if (!draft || draft.text.trim() === '') return
    const over = draft.text.length - MAX_MESSAGE_CHARS
    if (over > 0) return ports.announce(say('characters_over', { n: over }))
    ports.session().edit(draft.turnId, draft.text)
    asked = draft
    // Its button is gone while the reply is given: the next thing to do is to ask on.
    leave(COMPOSER, '.log')
  }

  /** Until the room has them or has refused them, the new words would be nowhere to be seen on a dead line. */
  function kept({ text, edits }: Draft, present: number): TemplateResult | undefined {
    const { line, warning } = ports.shown()
    if (present > edits || warning) asked = undefined
    if (!asked || line === 'open' || line === 'closed') return undefined
    return html`<span class="unseen">${say('you_said')}</span>
      <p class="bubble" part="bubble" dir="auto" data-delivery="pending">${text}</p>
      <p class="note">${say('kept')}</p>`
  }

  /** Id of the one question that can be changed now. */
  function editable(): string | undefined {
    const shown = ports.shown()
    const { messages, activeTurnId, line } = shown
    const newest = messages.findLast(({ role }) => role === 'visitor')
    const isSettled = newest?.turnId !== undefined && newest.delivery === 'sent' && activeTurnId === null
    const isTwins = (newest?.position ?? 0) > personsUpTo(shown)
    return isSettled && isTwins && line !== 'closed' ? newest.messageId : undefined
  }

  return {
    canEdit: ({ messageId }) => messageId === editable(),
    begin({ messageId, turnId, text, edits = 0 }) {
      if (turnId === undefined) return
      asked = undefined
      draft = { messageId, turnId, text, edits }
      void showAndFocus(host, '.editor textarea').then(() => showWhole(host, '.editor'))
    },
    editor({ messageId, edits = 0 }) {
      if (!draft || draft.messageId !== messageId)
        return messageId === asked?.messageId ? kept(asked, edits) : undefined
      return editorView({
        say,
        text: draft.text,
        onText(text) {
          if (draft) draft = { ...draft, text }
          host.requestUpdate()
        },
        onSubmit: askAgain,
        onCancel: cancel,
      })
    },
    dismiss() {
      if (!ports.shown().messages.some(({ messageId }) => messageId === draft?.messageId)) return false
      cancel()
      return true
    },
  }
}

const COMPOSER = '.composer textarea'
