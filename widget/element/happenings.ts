/** What became different between two states of a conversation, as the events a page may hear. Pure. */
import type { ConversationState } from '../session/conversation-state.ts'
import type { TwinEventDetails } from './twin-event-map.ts'

/** An event to come, by name, with its detail. */
export type Happening = {
  [Name in keyof TwinEventDetails]: { readonly name: Name; readonly detail: TwinEventDetails[Name] }
}[keyof TwinEventDetails]

/** Only the last messages can change between two states; older ones are settled. */
const RECENT = 8

export function happenings(before: ConversationState, after: ConversationState, origin: string): Happening[] {
  const told: Happening[] = []
  if (after.line !== before.line) told.push({ name: 'twin:connection-change', detail: { line: after.line } })
  const streamedBefore = new Set(before.messages.slice(-RECENT).flatMap((m) => (m.streaming ? [m.messageId] : [])))
  for (const { messageId, turnId, role, streaming, outcome, reason } of after.messages.slice(-RECENT)) {
    if (role !== 'twin' || streaming === streamedBefore.has(messageId)) continue
    if (streaming) told.push({ name: 'twin:response-start', detail: { turnId, messageId } })
    else told.push({ name: 'twin:response-end', detail: { turnId, messageId, outcome, reason } })
  }
  for (const problem of [
    after.refusal !== before.refusal && after.refusal,
    after.warning !== before.warning && after.warning,
  ]) {
    if (problem) told.push({ name: 'twin:error', detail: { code: problem.code, origin } })
  }
  return told
}
