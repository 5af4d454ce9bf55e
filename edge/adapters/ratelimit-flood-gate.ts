/**
 * Counts with Cloudflare's rate limit bindings, for the doors and for the rooms. They count in one location of Cloudflare's
 * and let a little more through than they say: a brake on floods, not an account. Limits stand in wrangler.toml.
 *
 * An address is counted under a keyed digest, an IPv6 one by its network: no key holds what a visitor could be traced by.
 */
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import type { FloodGate } from '../core/ports.ts'

/** What of a binding is needed here. */
interface Limiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}

export interface Limiters {
  /** Of one address at one deployment. */
  readonly sessions: Limiter
  /** Sockets, streams and posts of one visitor. */
  readonly lines: Limiter
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

export function ratelimitFloodGate(limiters: Limiters, keyBytes: Uint8Array<ArrayBuffer>): RatelimitFloodGate {
  let key: Promise<CryptoKey> | undefined // imported at the first use: workerd allows no crypto while the module loads

  async function digest(text: string): Promise<string> {
    key ??= crypto.subtle.importKey('raw', keyBytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    const mac = await crypto.subtle.sign('HMAC', await key, new TextEncoder().encode(`address:${text}`))
    return btoa(String.fromCharCode(...new Uint8Array(mac, 0, 16)))
  }

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
      return secondsToWait([limiters.sessions, `${deploymentId}:${await digest(networkOf(address))}`], everybody)
    },
    line: ({ deploymentId, visitorId }) =>
      secondsToWait([limiters.lines, visitorId], [limiters.deployment, `lines:${deploymentId}`]),
    said: ({ deploymentId, visitorId }) =>
      secondsToWait([limiters.messages, visitorId], [limiters.deployment, `messages:${deploymentId}`]),
  }
}

/** An IPv6 visitor has a network of 64 bits to choose addresses from. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':')
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
