/**
 * What one isolate has asked of the database, told to the others of its place: Cloudflare's Cache API, which is each data
 * centre's own and does nothing on hosts without a zone. Whatever it answers is checked as the database's answers are, and
 * belongs to the key it was asked under or to nobody; where it is slow or absent, the database is asked.
 */
import type { Clock } from '../core/ports.ts'
import type { Dated, SharedMemory } from './remembered.ts'

/** The part of Cloudflare's cache that is needed here. */
export interface ColoCache {
  match(url: string): Promise<Response | undefined>
  put(url: string, response: Response): Promise<void>
  delete(url: string): Promise<boolean>
}

interface ColoParts<T> {
  /** What kind of question, such as `id`: part of the key. */
  readonly kind: string
  readonly open: () => Promise<ColoCache>
  readonly clock: Clock
  /** The answer, or undefined when it is none to a question under this key. */
  readonly parse: (value: unknown, key: string) => Dated<T>['value'] | undefined
  /** Longest that an answer is kept. */
  readonly keepMs: number
}

/** Raised with each change of the record's shape: what an older Worker wrote is then read by nobody. */
const VERSION = 1
/** Longer than this the database is asked instead. */
const PATIENCE_MS = 150

export function coloMemory<K extends string, T>({
  kind,
  open,
  clock,
  parse,
  keepMs,
}: ColoParts<T>): SharedMemory<K, T> {
  // No host that anybody can ask: a request from outside never meets what is kept here.
  const urlOf = (key: string): string => `https://directory.invalid/${VERSION}/${kind}/${encodeURIComponent(key)}`

  return {
    async read(key) {
      try {
        const found = await Promise.race([open().then((cache) => cache.match(urlOf(key))), late()])
        const kept: unknown = await found?.json()
        if (typeof kept !== 'object' || kept === null || !('key' in kept) || kept.key !== key) return undefined
        const askedAt = 'askedAt' in kept ? kept.askedAt : undefined
        const value = parse('value' in kept ? kept.value : undefined, key)
        // One from the future is another machine's clock, or a forgery: it would never grow old.
        if (typeof askedAt !== 'number' || askedAt > clock() || value === undefined) return undefined
        return { value, askedAt }
      } catch {
        return undefined
      }
    },
    async write(key, { value, askedAt }) {
      try {
        const headers = { 'cache-control': `max-age=${Math.ceil(keepMs / 1000)}`, 'content-type': 'application/json' }
        const cache = await open()
        await cache.put(urlOf(key), new Response(JSON.stringify({ key, askedAt, value: value ?? null }), { headers }))
      } catch {
        // told to nobody; each asks for itself
      }
    },
    async forget(key) {
      try {
        await (await open()).delete(urlOf(key))
      } catch {
        // it grows old by itself
      }
    },
  }
}

function late(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS))
}
