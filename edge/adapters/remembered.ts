/**
 * What was asked of the database, remembered in the isolate, so that a warm door asks nothing. What is known stays fresh
 * for seconds, what is unknown no longer than that, and while the database is away what was known serves on. One key, one
 * question.
 */
import { StoreUnavailable } from '../core/ports.ts'
import type { Clock } from '../core/ports.ts'

export interface MemoryTimes {
  /** Also the longest a "not there" is believed. */
  readonly freshMs: number
  /** How long what was known serves while the database is away. */
  readonly staleMs: number
  /** Pause after a failed question, in which what is known serves without asking again. */
  readonly retryMs: number
  /** Longest wait for a question that another request asked: its answer is lost if that request is cancelled. */
  readonly joinMs: number
  /** Entries of each kind. */
  readonly capacity: number
}

export const MEMORY_TIMES: MemoryTimes = {
  freshMs: 5_000,
  staleMs: 3_600_000,
  retryMs: 1_000,
  joinMs: 3_000,
  capacity: 2_000,
}

interface Entry<T> {
  readonly value: T
  readonly askedAt: number
  /** Do not ask again before; set after a failed question. */
  retryAt: number
}

/** `known`: false of an answer that says "not there". */
export function remembered<K extends string, T>(
  load: (key: K) => Promise<T>,
  known: (value: T) => boolean,
  clock: Clock,
  times: MemoryTimes = MEMORY_TIMES,
) {
  const entries = new Map<K, Entry<T>>() // in order of use: the first is the one to forget
  const asking = new Map<K, Promise<T>>()
  let epoch = 0

  function recall(key: K): Entry<T> | undefined {
    const entry = entries.get(key)
    if (!entry) return undefined
    const age = clock() - entry.askedAt
    entries.delete(key)
    if (age >= (known(entry.value) ? times.staleMs : times.freshMs)) return undefined
    entries.set(key, entry)
    return entry
  }

  async function question(key: K): Promise<T> {
    const askedIn = epoch
    const askedAt = clock()
    const value = await load(key)
    if (askedIn === epoch) {
      entries.delete(key)
      entries.set(key, { value, askedAt, retryAt: 0 })
      const [oldest] = entries.keys()
      if (entries.size > times.capacity && oldest !== undefined) entries.delete(oldest)
    }
    return value
  }

  async function askOnce(key: K): Promise<T> {
    const underWay = asking.get(key)
    if (underWay) {
      const joined = await Promise.race([underWay.then((value) => ({ value })), pause(times.joinMs)])
      if (joined) return joined.value
    }
    const own = question(key)
    asking.set(key, own)
    try {
      return await own
    } finally {
      if (asking.get(key) === own) asking.delete(key)
    }
  }

  return {
    async ask(this: void, key: K): Promise<T> {
      const entry = recall(key)
      const now = clock()
      if (entry && (now - entry.askedAt < times.freshMs || now < entry.retryAt)) return entry.value
      try {
        return await askOnce(key)
      } catch (error) {
        const stale = recall(key)
        if (!stale)
          throw error instanceof StoreUnavailable
            ? error
            : new StoreUnavailable('the store did not answer', { cause: error })
        stale.retryAt = clock() + times.retryMs
        return stale.value
      }
    },
    clear(): void {
      epoch += 1
      entries.clear()
      asking.clear()
    },
  }
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms))
}
