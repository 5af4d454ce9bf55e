/** A place in the list of conversations, as a program keeps it between two pages. Pure. */
import { parseId } from '../../../schema/domain/id.ts'
import type { ConversationPlace } from './ports.ts'

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/

export function writePlace({ lastMessageAt, id }: ConversationPlace): string {
  return `${lastMessageAt.toISOString()}_${id}`
}

/** Undefined: nothing that {@link writePlace} wrote. */
export function readPlace(text: string): ConversationPlace | undefined {
  const [, at = '', name] = PLACE.exec(text) ?? []
  const lastMessageAt = new Date(at)
  const id = parseId<'conversation'>(name)
  return id && !Number.isNaN(lastMessageAt.getTime()) ? { lastMessageAt, id } : undefined
}
