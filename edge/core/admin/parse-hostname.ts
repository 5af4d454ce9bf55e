/**
 * A customer's hostname as it is written down once: lower case, no port, no dot at the end. The failure is a sentence
 * that says what to write instead.
 */
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { MAX_HOSTNAME_CHARS } from '../hostnames/hostname-records.ts'
import { isLocalName } from '../local-name.ts'
import { parseHost } from './parse-host.ts'

export interface HostnameRules {
  /** Our own: the platform's host and the one that customers' names lead to. */
  readonly ownHosts: readonly string[]
  readonly development: boolean
  /** Undefined of a public suffix. */
  readonly registrableDomain: (hostname: string) => string | undefined
}

export function parseHostname(
  text: unknown,
  { ownHosts, development, registrableDomain }: HostnameRules,
): Result<string, string> {
  const host = parseHost(text, 'twin.example.com')
  if (!host.ok) return host
  const hostname = host.value
  if (ownHosts.includes(hostname)) return fail('is the platform’s own host')
  if (!hostname.includes('.')) return fail('must be a full host name with its domain')
  if (isLocalName(hostname)) return development ? ok(hostname) : fail('leads nowhere but to the visitor’s own machine')
  if (hostname.length > MAX_HOSTNAME_CHARS)
    return fail(`must have at most ${MAX_HOSTNAME_CHARS} characters, for its TXT record needs a name too`)
  const domain = registrableDomain(hostname)
  if (domain === undefined) return fail('is a public suffix, which belongs to nobody: name a host of your own domain')
  if (ownHosts.some((own) => registrableDomain(own) === domain)) return fail('is a name of the platform’s own domain')
  return ok(hostname)
}
