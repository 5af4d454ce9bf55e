/**
 * What the page has told: who is signed in, and small facts of itself that go along with a message where the deployment
 * lets them. Comes only to a page that tells something.
 */
import { MAX_CONTEXT_KEYS, MAX_CONTEXT_VALUE_CHARS } from '../../schema/wire/limits.ts'
import { warnOnce } from './warn-once.ts'

/** The way to a proof of who is signed in. */
export function wayTo(proof: unknown): () => Promise<string> {
  if (typeof proof === 'string' && proof) return async () => proof
  if (typeof proof === 'function') return async () => Reflect.apply(proof, undefined, [])
  throw new TypeError('A person is identified by a signed token, or by the way to one')
}

export class PageFacts {
  #first: Readonly<Record<string, unknown>> = {}
  #facts: Readonly<Record<string, unknown>> = {}

  /** Merges; null takes a fact back. */
  merge(facts: unknown): void {
    if (!isRecord(facts)) throw new TypeError('A context is an object of names and values')
    this.#facts = { ...this.#facts, ...facts }
  }

  /** What an attribute says, under all that was merged. */
  start(json: string): void {
    let facts: unknown
    try {
      facts = json ? JSON.parse(json) : {}
    } catch {
      // Said below.
    }
    if (isRecord(facts)) this.#first = facts
    else warnOnce('dynamic-variables is no JSON object of names and values')
  }

  /** Those with an allowed name and a value that may travel. */
  told(allowed: readonly string[]): Record<string, string> {
    const facts = Object.entries({ ...this.#first, ...this.#facts }).flatMap(([name, value]): [string, string][] => {
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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
