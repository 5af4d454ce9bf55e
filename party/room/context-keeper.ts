/**
 * The twin's persona, guidelines and knowledge as this room last knew them. Fresh for a while, then fetched anew; while
 * the directory is away the last known serves. A twin that is gone does not: fail closed.
 */
import type { Clock, RoomOwner, RoomTiming, TwinContext, TwinDirectory } from '../core/ports.ts'
import type { Facts } from './facts.ts'

/** Longer than this, and a turn goes on with what is known. */
const PATIENCE_MS = 2_500
/** A database that slept needs seconds to wake, and without it there is nothing to go on with. */
const PATIENCE_UNKNOWN_MS = 10_000

export interface ContextKeeper {
  /** Null: no such twin (any more), or none was ever known and the directory is away. */
  current(owner: RoomOwner): Promise<TwinContext | null>
  /** From now on nothing is kept. */
  close(): void
}

interface Kept {
  readonly at: number
  readonly context: TwinContext
}

export interface ContextKeeperParts {
  readonly facts: Facts
  readonly directory: TwinDirectory
  readonly clock: Clock
  readonly timing: Pick<RoomTiming, 'contextFreshMs'>
}

/** A keeper over a room's facts. */
export function contextKeeper({ facts, directory, clock, timing }: ContextKeeperParts): ContextKeeper {
  let kept: Kept | undefined
  let isRead = false
  let loading: Promise<TwinContext | null> | undefined
  let closed = false

  /** Long texts stand in it: a room that wakes for something else does not read them. */
  function lastKnown(): Kept | undefined {
    if (!isRead) kept = readKept(facts.read('context'))
    isRead = true
    return kept
  }

  async function load(owner: RoomOwner): Promise<TwinContext | null> {
    const context = await directory.load(owner)
    kept = context ? { at: clock.now(), context } : undefined
    isRead = true
    if (!closed) facts.write('context', kept ?? null)
    return context
  }

  return {
    async current(owner) {
      const known = lastKnown()
      if (known && clock.now() - known.at < timing.contextFreshMs) return known.context
      loading ??= load(owner).finally(() => (loading = undefined)) // two turns never ask twice
      try {
        return await within(known ? PATIENCE_MS : PATIENCE_UNKNOWN_MS, loading)
      } catch {
        loading = undefined // a call that hangs must not stand in the way of the next
        return kept?.context ?? null
      }
    },
    close() {
      closed = true
    },
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The directory did not answer in time.')), ms)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function readKept(value: unknown): Kept | undefined {
  return isKept(value) ? value : undefined
}

/** Written by this file alone and bound to this room: its outline is checked, not every field. */
function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    'at' in value &&
    typeof value.at === 'number' &&
    'context' in value &&
    typeof value.context === 'object' &&
    value.context !== null &&
    'twin' in value.context &&
    'config' in value.context &&
    'passages' in value.context &&
    'questions' in value.context && // rooms that slept since before these were known ask anew
    'contextKeys' in value.context
  )
}
