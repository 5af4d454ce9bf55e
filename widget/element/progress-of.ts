import type { ConversationState } from '../session/conversation-state.ts'

/** Is a reply on its way, and has it no word yet? */
export function progressOf({ messages, activeTurnId, line }: ConversationState): {
  readonly running: boolean
  readonly thinking: boolean
} {
  const last = messages.at(-1)
  const awaited = last?.role === 'visitor' && last.delivery === 'pending' && line === 'open'
  const running = activeTurnId !== null || awaited
  const speaking = messages.slice(-4).some(({ streaming, text }) => streaming && text !== '')
  return { running, thinking: running && !speaking && line === 'open' }
}
