/** What became different between two states of a conversation, as the events a page may hear. Pure. */
import type { Controller } from '../../schema/wire/frames.ts'
import type { ConversationState, ShownMessage } from '../session/conversation-state.ts'
import type { TwinEventDetails } from './twin-event-map.ts'

/** An event to come, by name, with its detail. */
export type Happening = {
  [Name in keyof TwinEventDetails]: { readonly name: Name; readonly detail: TwinEventDetails[Name] }
}[keyof TwinEventDetails]

/** Only the last messages can change between two states; older ones are settled. */
const RECENT = 8

/** `words`: the page is told what was said, too. */
export function happenings(
  before: ConversationState,
  after: ConversationState,
  origin: string,
  words: boolean,
): Happening[] {
  const told: Happening[] = []
  if (after.line !== before.line) told.push({ name: 'twin:connection-change', detail: { line: after.line } })
  const controller = controllerOf(after)
  if (controller !== controllerOf(before)) told.push({ name: 'twin:handoff', detail: { controller } })
  const recent = before.messages.slice(-RECENT)
  const streamedBefore = new Set(recent.flatMap((one) => (one.streaming ? [one.messageId] : [])))
  const known = new Set(recent.map(({ messageId }) => messageId))
  for (const { messageId, turnId, role, streaming, outcome, reason, text } of after.messages.slice(-RECENT)) {
    if (role === 'visitor') continue
    // What was said while nobody listened is new as well; what a conversation begins with is not.
    const isMissed = !streaming && recent.length > 0 && !known.has(messageId) && isAfter(messageId, recent, after)
    if (streaming === streamedBefore.has(messageId) && !isMissed) continue
    if (role === 'twin') {
      if (streaming || isMissed) told.push({ name: 'twin:response-start', detail: { turnId, messageId } })
      if (streaming) continue
      told.push({ name: 'twin:response-end', detail: { turnId, messageId, outcome, reason } })
    }
    const by = role === 'person' && { role }
    if (text) told.push({ name: 'twin:message-received', detail: { turnId, messageId, ...by, ...(words && { text }) } })
  }
  for (const problem of [
    after.refusal !== before.refusal && after.refusal,
    after.warning !== before.warning && after.warning,
  ]) {
    if (problem) told.push({ name: 'twin:error', detail: { code: problem.code, origin } })
  }
  return told
}

const controllerOf = ({ people }: ConversationState): Controller => people?.controller ?? 'twin'

/** Does it stand behind all that was known? */
function isAfter(messageId: string, known: readonly ShownMessage[], { messages }: ConversationState): boolean {
  const last = known.at(-1)?.messageId
  const ids = messages.map((one) => one.messageId)
  const place = ids.indexOf(last ?? '')
  return place >= 0 && ids.indexOf(messageId) > place
}

/** Did the newest reply grow, and nothing else happen? The path of every token. */
export function isOneWordMore(before: ConversationState, after: ConversationState): boolean {
  return (
    !!before.messages.at(-1)?.streaming &&
    !!after.messages.at(-1)?.streaming &&
    before.messages.length === after.messages.length &&
    before.line === after.line &&
    before.people === after.people &&
    before.warning === after.warning &&
    before.refusal === after.refusal
  )
}
