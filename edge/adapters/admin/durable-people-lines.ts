/** Where people of the celebrity's side have lines open, in one object each. */
import type { PeopleLines } from '../../core/admin/ports.ts'

/** What of a Durable Object namespace is needed here. */
interface LinesNamespace {
  getByName(name: string): {
    enter(conversationId: string, until: number): Promise<void>
    gone(personId: string, inMs: number): Promise<void>
  }
}

export function durablePeopleLines(lines: LinesNamespace): PeopleLines {
  return {
    enter: (personId, conversationId, until) => lines.getByName(personId).enter(conversationId, until),
    gone: (personId, inMs) => lines.getByName(personId).gone(personId, inMs),
  }
}
