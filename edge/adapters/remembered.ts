/**
 * What was asked of the database, remembered in the isolate and, where there is such a thing, shared with the others of its
 * place, so that a warm door asks nothing. What is known stays fresh for seconds, counted from the question and not from
 * when it was passed on; what is unknown no longer than that; and while the database is away what was known serves on. One
 * key, one question. Once told to forget, nothing older is believed any more, wherever it is kept.
 */
import { LookupsBraked, StoreUnavailable } from '../core/ports.ts'
import type { Clock } from '../core/ports.ts'
import { BRAKED_SECONDS } from './lookup-brake.ts'
import type { LookupBrake } from './lookup-brake.ts'

export interface MemoryTimes {
  /** Also the longest a "not there" is believed. */
  readonly freshMs: number
  /** How long what was known serves while the database is away. */
  readonly staleMs: number
  /** Pause after a failed question, in which what is known serves without asking again. */
  readonly retryMs: number
  /** Longest wait for a question that another request asked: its answer is lost if that request is cancelled. */
  readonly joinMs: number
  /** From this age on what is fresh still serves, and is asked again beside. Infinity where nothing can be done beside. */
  readonly aheadMs: number
  /** Entries of each kind. */
  readonly capacity: number
}

export const MEMORY_TIMES: MemoryTimes = {
  freshMs: 5_000,
  staleMs: 3_600_000,
  retryMs: 1_000,
  joinMs: 3_000,
  aheadMs: 3_500,
  capacity: 2_000,
}

export interface Dated<T> {
  readonly value: T
  /** Epoch milliseconds at which the database was asked. */
  readonly askedAt: number
}

/** What others of this place know. Never throws, never keeps anybody waiting for long. */
export interface SharedMemory<K extends string, T> {
  read(key: K): Promise<Dated<T> | undefined>
  write(key: K, answer: Dated<T>): Promise<void>
  forget(key: K): Promise<void>
}

export interface Sharing<K extends string, T> {
  readonly memory: SharedMemory<K, T>
  /** Lets work go on after the request that began it has been answered. */
  background(work: Promise<unknown>): void
}

interface Entry<T> extends Dated<T> {
  /** Do not ask again before; set after a failed question. */
  retryAt: number
}

/** `known`: false of an answer that says "not there". */
export function remembered<K extends string, T>(
  load: (key: K) => Promise<T>,
  known: (value: T) => boolean,
  clock: Clock,
  times: MemoryTimes = MEMORY_TIMES,
  sharing?: Sharing<K, T>,
  brake?: LookupBrake,
) {
  const entries = new Map<K, Entry<T>>() // in order of use: the first is the one to forget
  const asking = new Map<K, Promise<T>>()
  let epoch = 0
  /** What was asked earlier is not believed. */
  let notBefore = 0

  function recall(key: K): Entry<T> | undefined {
    const entry = entries.get(key)
    if (!entry) return undefined
    entries.delete(key)
    if (!isUsable(entry)) return undefined
    entries.set(key, entry)
    return entry
  }

  async function question(key: K): Promise<T> {
    const askedIn = epoch
    const shared = sharing && (await sharedAnswer(key, sharing))
    if (shared && clock() - shared.askedAt < times.aheadMs) {
      keep(key, shared, askedIn)
      return shared.value
    }
    const askedAt = clock()
    try {
      const value = await load(key)
      if (keep(key, { value, askedAt }, askedIn)) sharing?.background(sharing.memory.write(key, { value, askedAt }))
      return value
    } catch (error) {
      // another isolate may know what this one never did, or something newer
      const own = entries.get(key)
      if (!shared || !isUsable(shared) || (own && own.askedAt >= shared.askedAt)) throw error
      keep(key, shared, askedIn, clock() + times.retryMs)
      return shared.value
    }
  }

  async function sharedAnswer(key: K, { memory }: Sharing<K, T>): Promise<Dated<T> | undefined> {
    const shared = await memory.read(key)
    return shared && shared.askedAt > notBefore ? shared : undefined
  }

  function isUsable({ value, askedAt }: Dated<T>): boolean {
    return clock() - askedAt < (known(value) ? times.staleMs : times.freshMs)
  }

  /** False: it is of a time before everything was forgotten, or older than what is known. */
  function keep(key: K, answer: Dated<T>, askedIn: number, retryAt = 0): boolean {
    const present = entries.get(key)
    if (askedIn !== epoch || (present && present.askedAt > answer.askedAt)) return false
    entries.delete(key)
    entries.set(key, { ...answer, retryAt })
    const [oldest] = entries.keys()
    if (entries.size > times.capacity && oldest !== undefined) entries.delete(oldest)
    return true
  }

  /** Still fresh, and not for long: whoever comes after must not have to wait for it. */
  function isDue({ askedAt, retryAt }: Entry<T>, now: number): boolean {
    return now - askedAt >= times.aheadMs && now - askedAt < times.freshMs && now >= retryAt
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
    /** `from`: the address that asks, when that is known. */
    async ask(this: void, key: K, from?: string): Promise<T> {
      const entry = recall(key)
      const now = clock()
      if (entry && sharing && isDue(entry, now) && !asking.has(key))
        sharing.background(askOnce(key).catch(() => undefined))
      if (entry && (now - entry.askedAt < times.freshMs || now < entry.retryAt)) return entry.value
      if (brake && !entry && (await brake.isBraked(from)) && !(sharing && (await sharedAnswer(key, sharing))))
        throw new LookupsBraked(BRAKED_SECONDS)
      try {
        const value = await askOnce(key)
        if (!known(value)) brake?.missed(from)
        return value
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
      notBefore = clock()
      for (const key of entries.keys()) sharing?.background(sharing.memory.forget(key))
      entries.clear()
      asking.clear()
    },
  }
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms))
}
