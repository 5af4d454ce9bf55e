/**
 * The tools of one element: the acts on its messages, which come with the first whole reply, and the sheet of its
 * visitor's conversations, which is fetched when it is first asked for.
 */
import { nothing } from 'lit'
import { printStyles } from '../element/print-styles.ts'
import type { MakeTools } from '../element/tools-port.ts'
import { codeCopies } from './code-copies.ts'
import type { ConversationSheet } from './conversation-sheet.ts'
import { editing } from './editing.ts'
import { feedback } from './feedback.ts'
import { longPress } from './long-press.ts'
import { messageActs } from './message-acts.ts'
import { printWhole } from './print-whole.ts'
import { saidBeside } from './said-beside.ts'
import { toolsStyles } from './tools-styles.ts'

export const makeTools: MakeTools = (ports) => {
  const styles = new CSSStyleSheet()
  styles.replaceSync(toolsStyles + printStyles)
  const beside = saidBeside(ports)
  const code = codeCopies(ports)
  const pressed = longPress(ports.host, () => ports.host.requestUpdate())
  const tools = { ports, beside, pressed, feedback: feedback(ports, beside), editing: editing(ports) }
  let sheet: ConversationSheet | undefined
  printWhole(ports)

  async function bringSheet(): Promise<ConversationSheet> {
    const { conversationSheet } = await import('./conversation-sheet.ts')
    if (sheet) return sheet
    sheet = conversationSheet(ports)
    styles.replaceSync(toolsStyles + sheet.styles + printStyles)
    return sheet
  }

  return {
    styles,
    acts(message) {
      code.see(message)
      return messageActs(message, tools)
    },
    editor: (message) => tools.editing.editor(message),
    sheet: () => sheet?.view() ?? nothing,
    toggleSheet(from) {
      bringSheet().then(
        (brought) => brought.toggle(from),
        () => ports.announce(ports.say('unreachable')),
      )
    },
    // The sheet lies over the others.
    escape: () => sheet?.dismiss() || tools.feedback.dismiss() || tools.editing.dismiss(),
  }
}
