/** What a saved conversation is made of; both forms of it say first that one of the two speakers is an AI. */
import type { TwinConfig } from '../launcher/parse-embed-config.ts'
import type { ShownMessage } from '../session/conversation-state.ts'

export interface WholeConversation {
  readonly config: TwinConfig
  readonly messages: readonly ShownMessage[]
  /** ISO 8601, UTC. */
  readonly exportedAt: string
}

/** What the room refused was never said; what waits for the line was, and is marked. */
export function said({ messages }: WholeConversation): readonly ShownMessage[] {
  return messages.filter(({ delivery }) => delivery !== 'refused')
}
