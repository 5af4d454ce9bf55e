/** What a screen reader is told of people, politely: who answers, what they say, what they changed. Never typing twice. */
import type { Announcement } from '../element/announcement.ts'
import type { Say } from '../element/tools-port.ts'
import type { ConversationState, ShownMessage } from '../session/conversation-state.ts'
import { handoverWords, standingWords } from './handover-words.ts'

/** Only the last messages can change between two states. */
const RECENT = 8

export function peopleAnnouncement(
  before: ConversationState,
  after: ConversationState,
  name: string,
  say: Say,
): Announcement | undefined {
  if (after.refusal !== before.refusal || after.warning !== before.warning) return undefined
  const words = [...standing(before, after, name, say), ...said(before, after, name, say)]
  if (words.length > 0) return { spoken: words.join(' ') }
  // Nobody is thinking while a person answers.
  const isAsked = after.activeTurnId !== null && before.activeTurnId === null
  return isAsked && after.people?.controller === 'human' ? {} : undefined
}

function standing(before: ConversationState, after: ConversationState, name: string, say: Say): string[] {
  const { people } = after
  if (!people || people === before.people) return []
  const change = people.changes.at(-1)
  if (change && change !== before.people?.changes.at(-1)) {
    return [`${handoverWords(change.controller, change.person, name, say)}.`]
  }
  const came = people.names.some((one) => !before.people?.names.includes(one))
  if (came || people.controller !== (before.people?.controller ?? 'twin')) {
    const words = standingWords(people, name, say)
    return words === undefined ? [] : [`${words}.`]
  }
  const { writing } = people
  const person = writing?.name ?? people.names[0]
  return writing && !before.people?.writing && person !== undefined ? [say('person_writing', { person })] : []
}

function said(before: ConversationState, after: ConversationState, name: string, say: Say): string[] {
  const known = new Map(before.messages.slice(-RECENT).map((one) => [one.messageId, one]))
  return after.messages.slice(-RECENT).flatMap((one) => {
    const was = known.get(one.messageId)
    if (one.held && !was?.held) return `${say('reply_held')}.`
    if (one.role === 'person') {
      return was || known.size === 0 ? [] : `${one.author ?? ''}, ${say('by_person', { name })}: ${plain(one)}`
    }
    const isChanged = (one.revisions ?? 0) > (was?.revisions ?? 0) && was?.text !== one.text
    return was && isChanged ? `${say('edited')}. ${say('twin_said', { name })} ${plain(one)}` : []
  })
}

/** Without the marks of Markdown, which are there for the eye. */
const plain = ({ text }: ShownMessage): string => text.replace(/[*`#>|]+/g, '')
