/**
 * Counts with Cloudflare's rate limit bindings, for the doors and for the rooms. They count in one location of Cloudflare's
 * and let a little more through than they say: a brake on floods, not an account. Limits stand in wrangler.toml.
 *
 * An address is counted under its digest: no key holds what a visitor could be traced by.
 */
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import type { AddressDigest, FloodGate } from '../core/ports.ts'

/** What of a binding is needed here. */
interface Limiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}

export interface Limiters {
  /** Of one address at one deployment. */
  readonly sessions: Limiter
  /** Sessions of one deployment: more than these is a rush, and more than those a storm. */
  readonly busy: Limiter
  readonly storm: Limiter
  /** Sockets, streams and posts of one visitor. */
  readonly lines: Limiter
  /** The same of one address at one deployment, whoever it says it is; and what one address asks of the admin route. */
  readonly addressLines: Limiter
  /** Messages of one visitor. */
  readonly messages: Limiter
  /** Of all visitors of one deployment: sessions, lines and messages, each by itself. */
  readonly deployment: Limiter
}

/** The doors' gate, and the rooms'. */
interface RatelimitFloodGate extends FloodGate {
  said(who: Pick<ConnectionClaims, 'deploymentId' | 'visitorId'>): Promise<number>
}

/** The period of every limit in wrangler.toml; whoever met one may come back after it at the latest. */
const PERIOD_SECONDS = 60

export function ratelimitFloodGate(limiters: Limiters, addresses: AddressDigest): RatelimitFloodGate {
  /** The narrowest first: whoever is refused there uses up nothing that all the others share. */
  async function secondsToWait(...counts: readonly (readonly [Limiter, string])[]): Promise<number> {
    for (const [limiter, key] of counts) {
      const { success } = await limiter.limit({ key })
      if (!success) return PERIOD_SECONDS
    }
    return 0
  }

  return {
    async session(deploymentId, address) {
      const everybody = [limiters.deployment, `sessions:${deploymentId}`] as const
      if (address === undefined) return secondsToWait(everybody)
      return secondsToWait([limiters.sessions, `${deploymentId}:${await addresses.of(address)}`], everybody)
    },
    async rush(deploymentId) {
      const [busy, storm] = await Promise.all(
        [limiters.busy, limiters.storm].map((limiter) => limiter.limit({ key: deploymentId })),
      )
      return storm?.success === false ? 'storm' : busy?.success === false ? 'busy' : 'calm'
    },
    async admin(address) {
      return address === undefined ? 0 : secondsToWait([limiters.addressLines, `admin:${await addresses.of(address)}`])
    },
    line({ deploymentId, visitorId, address }) {
      const everybody = [limiters.deployment, `lines:${deploymentId}`] as const
      if (address === null) return secondsToWait([limiters.lines, visitorId], everybody)
      const there = [limiters.addressLines, `${deploymentId}:${address}`] as const
      return secondsToWait([limiters.lines, visitorId], there, everybody)
    },
    said: ({ deploymentId, visitorId }) =>
      secondsToWait([limiters.messages, visitorId], [limiters.deployment, `messages:${deploymentId}`]),
  }
}
