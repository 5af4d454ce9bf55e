/** A quiet line in the log wherever somebody else began to answer. */
import { html } from 'lit'
import type { Item } from '../element/message-list.ts'
import type { Say } from '../element/tools-port.ts'
import type { ConversationState } from '../session/conversation-state.ts'
import { handoverWords } from './handover-words.ts'

/** The items of a log with those lines among them, each behind what had been said by then. */
export function handoverLines(
  items: readonly Item[],
  { people, messages }: ConversationState,
  name: string,
  say: Say,
): readonly Item[] {
  const lines = (people?.changes ?? []).map(({ controller, person, at, after }, index) => {
    const words = handoverWords(controller, person, name, say)
    const view = (): ReturnType<Item['view']> => html`<p class="handover"><bdi>${words}</bdi></p>`
    return { after, item: { key: `handover ${index} ${at}`, seen: [words], view } }
  })
  const placed = items.flatMap((item, index) => {
    // What the room has not placed yet comes after all that it has.
    const { position = Infinity } = messages[index] ?? {}
    const behind = lines.findIndex(({ after }) => after >= position)
    const before = lines.splice(0, behind < 0 ? lines.length : behind)
    return [...before.map((line) => line.item), item]
  })
  return [...placed, ...lines.map((line) => line.item)]
}
