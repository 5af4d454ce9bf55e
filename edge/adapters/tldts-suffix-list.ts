/** Where customers' domains begin, by the public suffix list with its private section: `you.github.io` is a domain, too. */
import { getDomain } from 'tldts'

/** Undefined: the name is a public suffix itself, or none that could be registered. */
export function registrableDomain(hostname: string): string | undefined {
  return getDomain(hostname, { allowPrivateDomains: true }) ?? undefined
}
