/**
 * Keeps whoever guesses at ids, hosts and slugs from asking the database for each: what an address asked for that is not
 * there is counted, beside the answer and never before it; beyond the limit nothing unknown is looked up for it for a while.
 * What this place knows it is told as ever, so that a page beside a guesser is kept waiting for nothing.
 */
import type { AddressDigest, Clock } from '../core/ports.ts'

export interface LookupBrake {
  isBraked(address: string | undefined): Promise<boolean>
  /** Something that is not there was asked for from there. */
  missed(address: string | undefined): void
}

interface BrakeParts {
  /** What of a rate limit binding is needed here. */
  readonly limiter: { limit(options: { readonly key: string }): Promise<{ readonly success: boolean }> }
  readonly addresses: AddressDigest
  readonly clock: Clock
  readonly background: (work: Promise<unknown>) => void
}

/** The period of the limit. */
export const BRAKED_SECONDS = 60
const CAPACITY = 10_000

export function lookupBrake({ limiter, addresses, clock, background }: BrakeParts): LookupBrake {
  const brakedUntil = new Map<string, number>() // the first is the oldest

  async function count(address: string): Promise<void> {
    const digest = await addresses.of(address)
    const { success } = await limiter.limit({ key: `unknown:${digest}` })
    if (success) return
    brakedUntil.delete(digest)
    brakedUntil.set(digest, clock() + BRAKED_SECONDS * 1000)
    const [oldest] = brakedUntil.keys()
    if (brakedUntil.size > CAPACITY && oldest !== undefined) brakedUntil.delete(oldest)
  }

  return {
    async isBraked(address) {
      if (address === undefined || brakedUntil.size === 0) return false // as good as always: nothing is computed
      const digest = await addresses.of(address)
      const until = brakedUntil.get(digest)
      if (until === undefined || until > clock()) return until !== undefined
      brakedUntil.delete(digest)
      return false
    },
    missed(address) {
      if (address !== undefined) background(count(address).catch(() => undefined)) // a brake that fails stops nobody
    },
  }
}
