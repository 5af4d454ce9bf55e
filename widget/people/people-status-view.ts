/** One calm line above the composer: that a person answers, reads along or is writing. Stands as long as it is so. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Say } from '../element/tools-port.ts'
import type { People } from '../session/conversation-state.ts'
import { badgeView } from './badge-view.ts'
import { standingWords } from './handover-words.ts'

export interface PeopleStatus {
  readonly people: People
  /** Who is writing. */
  readonly writer: string | undefined
  readonly name: string
  readonly say: Say
}

export function peopleStatusView({ people, writer, name, say }: PeopleStatus): TemplateResult | undefined {
  const standing = standingWords(people, name, say)
  const words = writer === undefined ? standing : say('person_writing', { person: writer })
  if (words === undefined) return undefined
  const who = writer ?? people.names[0]
  return html`<p class="status people" part="people">${who ? badgeView(who) : nothing}<bdi>${words}</bdi></p>`
}
