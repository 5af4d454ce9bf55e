/** How fast somebody may act: a burst, then a steady rate. Pure: the caller owns the clock and keeps the state. */

export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export interface Bucket {
  readonly tokens: number
  /** Epoch milliseconds at which `tokens` was true. */
  readonly at: number
}

/** Takes one token. `retryAfterSeconds` is 0 when there was one. */
export function takeToken(
  bucket: Bucket | undefined,
  rate: Rate,
  now: number,
): { readonly bucket: Bucket; readonly retryAfterSeconds: number } {
  const elapsedMs = bucket ? Math.max(0, now - bucket.at) : 0
  const filled = bucket ? Math.min(rate.burst, bucket.tokens + (elapsedMs / 1000) * rate.perSecond) : rate.burst
  if (filled >= 1) return { bucket: { tokens: filled - 1, at: now }, retryAfterSeconds: 0 }
  return { bucket: { tokens: filled, at: now }, retryAfterSeconds: Math.ceil((1 - filled) / rate.perSecond) }
}
