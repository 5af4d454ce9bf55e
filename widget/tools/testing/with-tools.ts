/** A conversation with its tools in the test's hands. */
import { remy } from '../../gallery/cast.ts'
import type { TwinConfig } from '../../launcher/parse-embed-config.ts'
import type { ConversationState, ShownMessage } from '../../session/conversation-state.ts'
import type { KeptConversation } from '../../session/twin-session.ts'
import { converse, type Meeting } from '../../testing/meet.ts'
import { until } from '../../testing/paste.ts'

export const question: ShownMessage = {
  messageId: 'v1',
  turnId: 't1',
  position: 1,
  role: 'visitor',
  text: 'Which goal was the best?',
  at: '2026-11-21T18:00:00Z',
  delivery: 'sent',
  streaming: false,
}
export const reply: ShownMessage = {
  ...question,
  messageId: 'r1',
  position: 2,
  role: 'twin',
  text: 'The **last** one.\n\n```js\nconst hush = 1\n```\n',
  outcome: 'answered',
}
export const kept: readonly KeptConversation[] = [
  { number: 2, title: 'Which goal was the best?', at: '2026-11-21T18:00:00Z', current: true },
  { number: 1, title: 'The long road', at: '2026-11-20T18:00:00Z', current: false },
  { number: 0, title: '', at: '2026-11-01T18:00:00Z', current: false },
]

export interface Tooled extends Meeting {
  /** Presses the one button with this selector, with the focus on it as a person's press leaves it. */
  push(selector: string): Promise<void>
  /** Where the focus is, as a selector's test. */
  focused(selector: string): boolean
  /** What a screen reader was told last, politely. */
  heard(): string
  /** The sheet of conversations, open. */
  list(): Promise<void>
}

export async function withTools(
  start: Partial<ConversationState> = { messages: [question, reply] },
  config: TwinConfig = remy,
  list: readonly KeptConversation[] = kept,
): Promise<Tooled> {
  const meeting = await converse(start, config, list)
  const { root, find, settled } = meeting
  await until(() => !start.messages?.some(({ outcome }) => outcome) || root.querySelector('.acts') !== null)
  await settled()
  const push = async (selector: string): Promise<void> => {
    const button = find(selector, HTMLElement)
    button.focus()
    button.click()
    await settled()
  }
  return {
    ...meeting,
    push,
    focused: (selector) => root.activeElement?.matches(selector) ?? false,
    heard: () => root.querySelector('[role=status][aria-live=polite]')?.textContent ?? '',
    async list() {
      find('[part=more-button]', HTMLElement).focus()
      find('[part=more-button]', HTMLElement).click()
      await until(() => root.querySelector('.sheet') !== null)
      await settled()
    },
  }
}

/** Puts something in the place of the browser's, and answers with the way back. */
export function inPlaceOf(target: object, name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name)
  Object.defineProperty(target, name, { configurable: true, writable: true, value })
  return () => {
    if (own) Object.defineProperty(target, name, own)
    else Reflect.deleteProperty(target, name)
  }
}
