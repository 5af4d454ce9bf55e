/** Moments as short words, so that a token can carry the time it left: tenths of a millisecond in base 36. */

/** Shared by all processes of a run; short enough that a stamp is about as long as a real token. */
const EPOCH_MS = Math.floor(performance.timeOrigin / 86_400_000) * 86_400_000

/** Milliseconds, comparable between the processes of one machine on one day. */
export function now(): number {
  return performance.timeOrigin + performance.now() - EPOCH_MS
}

export function stamp(moment: number): string {
  return Math.round(moment * 10).toString(36)
}

export function readStamp(word: string): number {
  return Number.parseInt(word, 36) / 10
}
