/**
 * What comes with people of the celebrity's side: how their words look, who answers, who is writing. A chunk of its own
 * (`widget/people/`), brought when somebody is there or was; most conversations never pay for it.
 */
import type { TemplateResult } from 'lit'
import type { ConversationState, ShownMessage } from '../session/conversation-state.ts'
import type { Announcement } from './announcement.ts'
import type { Item } from './message-list.ts'
import type { ToolsPorts } from './tools-port.ts'

export interface PeopleLook {
  /** Adopted by the element's shadow root once. */
  readonly styles: CSSStyleSheet
  /** A person's words with what stands under them, or a reply that a person has yet to read; undefined for all others. */
  message(message: ShownMessage, meta: () => TemplateResult): TemplateResult | undefined
  /** The log with a quiet line wherever somebody else began to answer. */
  items(items: readonly Item[], conversation: ConversationState): readonly Item[]
  /** Who answers, and who is writing, above the composer. */
  status(conversation: ConversationState): TemplateResult | null | undefined
  /** What a screen reader is told of them. */
  announcement(before: ConversationState, after: ConversationState): Announcement | undefined
  /** The visitor has written so far: whoever is there may know. */
  typed(draft: string): void
}
/** The chunk's one export. */
export type MakePeople = (ports: ToolsPorts) => PeopleLook
