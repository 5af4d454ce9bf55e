import type { ConversationState } from '../session/conversation-state.ts'

/** Is a reply on its way, and has it no word yet? (One that waits for a person has.) */
export function progressOf({ messages, activeTurnId, line, people }: ConversationState): {
  readonly running: boolean
  readonly thinking: boolean
} {
  const last = messages.at(-1)
  const awaited = last?.role === 'visitor' && last.delivery === 'pending' && line === 'open'
  // A person is not to be stopped, and may be written to at any time.
  const running = people?.controller !== 'human' && (activeTurnId !== null || awaited)
  const speaking = messages.slice(-4).some(({ streaming, text, held }) => streaming && (held || text !== ''))
  return { running, thinking: running && !speaking && line === 'open' }
}
