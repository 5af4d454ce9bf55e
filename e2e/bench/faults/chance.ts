/** Chance that can be had again: the same seed gives the same run, as far as processes and sockets allow. */

export interface Chance {
  /** 0 <= x < 1. */
  next(): number
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number
  pick<T>(from: readonly [T, ...T[]]): T
  /** True so often. */
  happens(share: number): boolean
  /** A stream of its own, so that one part's use does not move another's. */
  fork(name: string): Chance
}

/** Mulberry32: small, and as good as dice need to be. */
export function chanceOf(seed: string): Chance {
  let state = hash(seed)
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    happens: (share) => next() < share,
    fork: (name) => chanceOf(`${seed}/${name}`),
  }
}

/** FNV-1a. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (const unit of Buffer.from(text)) value = Math.imul(value ^ unit, 0x01000193)
  return value >>> 0
}
