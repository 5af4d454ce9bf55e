/** What the page has told of itself: small facts that go along with a message, where the deployment lets them. */
import { MAX_CONTEXT_KEYS, MAX_CONTEXT_VALUE_CHARS } from '../../schema/wire/limits.ts'
import { warnOnce } from './warn-once.ts'

export class PageFacts {
  #facts: Readonly<Record<string, unknown>> = {}

  /** Merges; null takes a fact back. */
  merge(facts: unknown): void {
    if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) {
      throw new TypeError('A context is an object of names and values')
    }
    this.#facts = { ...this.#facts, ...facts }
  }

  /** The same from an attribute's JSON. */
  mergeJson(json: string): void {
    try {
      if (json) this.merge(JSON.parse(json))
    } catch {
      warnOnce('dynamic-variables is no JSON object of names and values')
    }
  }

  clear(): void {
    this.#facts = {}
  }

  /** Those with an allowed name and a value that may travel. */
  told(allowed: readonly string[]): Record<string, string> {
    const facts = Object.entries(this.#facts).flatMap(([name, value]): [string, string][] => {
      if (value === null) return []
      const isFact = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      if (!allowed.includes(name)) warnOnce(`context: this deployment takes no "${name}"`)
      else if (!isFact || String(value).length > MAX_CONTEXT_VALUE_CHARS) {
        warnOnce(`context: "${name}" is no text, number or boolean of ${MAX_CONTEXT_VALUE_CHARS} characters at most`)
      } else return [[name, String(value)]]
      return []
    })
    return Object.fromEntries(facts.slice(0, MAX_CONTEXT_KEYS))
  }
}
