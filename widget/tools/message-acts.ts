/** Which acts a message has: its words can be copied, a reply be rated, the newest question be changed. */
import { nothing, type TemplateResult } from 'lit'
import type { Rating } from '../../schema/wire/frames.ts'
import type { ToolsPorts } from '../element/tools-port.ts'
import type { ShownMessage } from '../session/conversation-state.ts'
import { actsView, type Act } from './acts-view.ts'
import type { Editing } from './editing.ts'
import type { Feedback } from './feedback.ts'
import type { LongPress } from './long-press.ts'
import type { SaidBeside } from './said-beside.ts'
import { writeToClipboard } from './write-to-clipboard.ts'

export interface MessageActs {
  readonly ports: ToolsPorts
  readonly beside: SaidBeside
  readonly feedback: Feedback
  readonly editing: Editing
  readonly pressed: LongPress
}

export function messageActs(message: ShownMessage, tools: MessageActs): TemplateResult | typeof nothing {
  const { messageId, text, streaming } = message
  // A reply of nothing to see has nothing to act on; one that is being written changes under the finger.
  if (streaming || text.trim() === '' || tools.editing.editor(message)) return nothing
  const { say } = tools.ports
  const said = tools.beside.at(messageId)
  const reasons = tools.feedback.reasons(messageId)
  const shown = said !== undefined || reasons !== undefined || tools.pressed.messageId() === messageId
  return actsView({ say, acts: actsOf(message, tools), shown, said, reasons })
}

function actsOf(message: ShownMessage, { ports, beside, feedback, editing }: MessageActs): Act[] {
  const { messageId, role, text, turnId, rating, reason } = message
  const { say } = ports
  const copy: Act = {
    name: 'copy',
    label: say('copy'),
    onPress: () => void writeToClipboard(text).then((done) => beside.say(messageId, done ? 'copied' : 'copy_failed')),
  }
  if (role === 'visitor') {
    return editing.canEdit(message)
      ? [copy, { name: 'edit', label: say('edit_question'), onPress: () => editing.begin(message) }]
      : [copy]
  }
  // A person's words are not rated, nor are those a person cut off to answer.
  if (turnId === undefined || role === 'person' || reason === 'taken_over') return [copy]
  const thumb = (name: Rating, label: string): Act => ({
    name,
    label,
    pressed: rating === name,
    onPress: () => feedback.rate({ ...message, turnId }, name),
  })
  return [copy, thumb('up', say('good_reply')), thumb('down', say('bad_reply'))]
}
