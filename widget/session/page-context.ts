/** What a page says of itself beside a message, cut to what the room takes: a message is never refused for it. */
import type { PageContext } from '../../schema/wire/frames.ts'
import { MAX_CONTEXT_KEY_CHARS, MAX_CONTEXT_KEYS, MAX_CONTEXT_VALUE_CHARS } from '../../schema/wire/limits.ts'
import { wellFormed } from './well-formed.ts'

/** The names with a text, in their order; undefined when there is none. */
export function pageContext(given: unknown): PageContext | undefined {
  const facts = Object.entries(Object(given)).flatMap(([name, value]): [string, string][] =>
    name && name.length <= MAX_CONTEXT_KEY_CHARS && typeof value === 'string'
      ? [[wellFormed(name), wellFormed(value.slice(0, MAX_CONTEXT_VALUE_CHARS))]]
      : [],
  )
  return facts[0] && Object.fromEntries(facts.slice(0, MAX_CONTEXT_KEYS))
}
