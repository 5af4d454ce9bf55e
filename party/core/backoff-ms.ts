/** How long to wait before trying again: doubling, with jitter, so that rooms do not return in step. Pure. */

/** Between half and the whole of `firstMs * 2^(attempt-1)`, at most `maxMs`. `random` is in [0, 1). */
export function backoffMs(attempt: number, firstMs: number, maxMs: number, random: number): number {
  const whole = Math.min(maxMs, firstMs * 2 ** Math.min(30, Math.max(0, attempt - 1)))
  return Math.round(whole / 2 + (whole / 2) * random)
}
