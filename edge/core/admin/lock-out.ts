/**
 * What wrong keys cost whoever shows them: a few are free, then each makes the wait twice as long, up to a quarter of an
 * hour. Counted by address and, more strictly, by address and key prefix: whoever guesses at a key locks himself out and not
 * its owner, and a colleague's mistyped key does not lock the office out at once. Pure.
 */

export interface Tally {
  readonly misses: number
  readonly lockedUntil: number
  /** When somebody was told of it last; null: nobody yet. */
  readonly toldAt: number | null
}

export const NO_MISSES: Tally = { misses: 0, lockedUntil: 0, toldAt: null }

/** Of one key prefix from one address. */
export const FREE_OF_PREFIX = 5
/** Of all keys from one address. */
export const FREE_OF_ADDRESS = 20
const MAX_WAIT_MS = 15 * 60_000
/** So long after the last wait nothing is held against anybody. */
export const FORGOTTEN_AFTER_MS = 60 * 60_000
const TOLD_EVERY_MS = 60 * 60_000

/** A wrong key more; `told` is whether somebody is to hear of it now. */
export function afterMiss(
  before: Tally,
  { free, now, notable }: { readonly free: number; readonly now: number; readonly notable: boolean },
): { readonly tally: Tally; readonly tell: boolean } {
  const present = isForgotten(before, now) ? NO_MISSES : before
  const misses = present.misses + 1
  const wait = misses < free ? 0 : Math.min(MAX_WAIT_MS, 1000 * 2 ** Math.min(misses - free, 20))
  const due = present.toldAt === null || now - present.toldAt >= TOLD_EVERY_MS
  const tell = due && (notable || wait > 0)
  return {
    tally: { misses, lockedUntil: Math.max(present.lockedUntil, now + wait), toldAt: tell ? now : present.toldAt },
    tell,
  }
}

/** Whole seconds, 0 for "come in". */
export function secondsToWait({ lockedUntil }: Tally, now: number): number {
  return Math.max(0, Math.ceil((lockedUntil - now) / 1000))
}

export function isForgotten({ misses, lockedUntil }: Tally, now: number): boolean {
  return misses > 0 && now - lockedUntil >= FORGOTTEN_AFTER_MS
}
