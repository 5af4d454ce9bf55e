import type { ConversationState } from './conversation-state.ts'

/** Up to this place of the conversation a person has answered, or will: nobody asks the twin for any of it again. */
export function personsUpTo({ people, messages }: ConversationState): number {
  if (people?.controller === 'human') return Infinity
  return messages.findLast(({ role }) => role === 'person')?.position ?? 0
}
