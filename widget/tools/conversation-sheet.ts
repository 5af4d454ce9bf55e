/**
 * The visitor's conversations, over the log: which there are, another one, a name, an end, a copy to keep. Not modal: the
 * composer stays, and words sent from there bring the conversation back.
 */
import { nothing, type TemplateResult } from 'lit'
import type { ToolsPorts } from '../element/tools-port.ts'
import type { Ending } from './keep-copy.ts'
import { sheetStyles } from './sheet-styles.ts'
import { sheetView, type RowState, type Saving } from './sheet-view.ts'
import { showAndFocus } from './show-and-focus.ts'

export interface ConversationSheet {
  /** What it wears beside the other tools. */
  readonly styles: string
  view(): TemplateResult | typeof nothing
  toggle(from: HTMLElement): void
  /** Closes what is open, the innermost first; false when nothing is. */
  dismiss(): boolean
}

interface Open {
  readonly from: HTMLElement
  /** The visitor's newest message when it was opened. */
  readonly newest: string | undefined
  readonly row?: RowState | undefined
  readonly saving?: Saving | undefined
}

export function conversationSheet(ports: ToolsPorts): ConversationSheet {
  const { host, say, announce } = ports
  let open: Open | undefined

  const newest = (): string | undefined => ports.shown().messages.findLast(({ role }) => role === 'visitor')?.messageId

  function change(next: Partial<Open>, ...focus: readonly string[]): void {
    if (open) open = { ...open, ...next }
    void showAndFocus(host, ...focus)
  }

  /** `to`: where to go on; back to where it was opened from unless told. */
  function close(to?: string): void {
    const from = open?.from
    open = undefined
    void showAndFocus(host, ...(to ? [to] : [])).then(() => (to ? undefined : from?.focus()))
  }

  async function erase(number: number): Promise<void> {
    change({ row: { number, act: 'deleting' } })
    announce(say('deleting'))
    const list = ports.session().conversations()
    const next = list[list.findIndex((one) => one.number === number) + 1]
    const told = (): void => {
      announce(say('deleted_now'))
      change({ row: undefined }, next ? `[data-pick="${next.number}"]` : '.sheet')
    }
    try {
      await ports.session().delete(number)
      told()
    } catch {
      // The room itself may have said that it is gone, before the answer was lost.
      if (
        !ports
          .session()
          .conversations()
          .some((one) => one.number === number)
      )
        return told()
      announce(say('delete_failed'))
      change({ row: { number, act: 'undeleted' } }, '.sheet [data-sure]')
    }
  }

  async function keep(ending: Ending): Promise<void> {
    if (open?.saving === 'gathering') return
    const tell = (saving: Saving): void => {
      announce(say(saving))
      change({ saving })
    }
    tell('gathering')
    try {
      const [{ keepCopy }, messages] = await Promise.all([import('./keep-copy.ts'), ports.session().everything()])
      const whole = { config: ports.config(), messages, exportedAt: new Date().toISOString() }
      keepCopy(whole, ending, { say, locale: ports.locale() })
      tell('saved')
    } catch {
      tell('export_failed')
    }
  }

  return {
    styles: sheetStyles,
    view() {
      if (open && open.newest !== newest() && ports.shown().messages.at(-1)?.delivery === 'pending') open = undefined
      if (!open) return nothing
      const session = ports.session()
      const { row, saving } = open
      return sheetView({
        say,
        locale: ports.locale(),
        conversations: session.conversations(),
        canKeep: session.state.messages.length > 0,
        row,
        saving,
        onClose: () => close(),
        onNew() {
          session.startAnew()
          ports.emit({ name: 'twin:new-conversation', detail: null })
          close('.composer textarea')
        },
        onPick({ number, current }) {
          if (!current) session.switchTo(number)
          close('.composer textarea')
        },
        onRename: ({ number }) => change({ row: { number, act: 'renaming' } }, '.sheet input'),
        onRenamed(number, title) {
          session.rename(number, title.trim())
          change({ row: undefined }, `#rename-${number}`)
        },
        onDelete: ({ number }) => change({ row: { number, act: 'sure' } }, '.sheet [data-cancel]'),
        onSure: (number) => void erase(number),
        onCancel: () => void cancelRow(),
        onKeep: (ending) => void keep(ending),
      })
    },
    toggle(from) {
      if (open) return close()
      open = { from, newest: newest() }
      void showAndFocus(host, '.sheet')
    },
    dismiss() {
      if (!open) return false
      if (!cancelRow()) close()
      return true
    },
  }

  function cancelRow(): boolean {
    const row = open?.row
    if (!row) return false
    if (row.act !== 'deleting')
      change({ row: undefined }, `#${row.act === 'renaming' ? 'rename' : 'delete'}-${row.number}`)
    return true
  }
}
