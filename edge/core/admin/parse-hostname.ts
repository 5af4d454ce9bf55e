/**
 * A customer's hostname as it is written down once: lower case, no port, no dot at the end. The failure is a sentence
 * that says what to write instead.
 */
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { isHostname } from '../../../schema/domain/hostname.ts'
import { isLocalName } from './local-name.ts'

export interface HostnameRules {
  readonly platformHost: string
  readonly development: boolean
}

export function parseHostname(text: unknown, { platformHost, development }: HostnameRules): Result<string, string> {
  if (typeof text !== 'string' || text.trim() === '') return fail(`must be a host name, such as ${EXAMPLE}`)
  const entry = text.trim()
  if (entry.includes('*')) return fail(`cannot be a wildcard: add each host by itself, such as ${EXAMPLE}`)
  const url = URL.parse(entry.includes('://') ? entry : `https://${entry}`)
  const hostname = url?.hostname.replace(/\.$/, '') ?? ''
  if (!isHostname(hostname)) return fail(`must be a host name, such as ${EXAMPLE}`)
  if (/(?:^|\.)\d+$/.test(hostname)) return fail('must be a name, not an IP address')
  if (entry.toLowerCase() !== hostname)
    return fail(`must be the host name alone, in ASCII (punycode): write ${hostname}`)
  if (hostname === platformHost) return fail('is the platform’s own host')
  if (!hostname.includes('.')) return fail('must be a full host name with its domain')
  if (isLocalName(hostname) && !development) return fail('leads nowhere but to the visitor’s own machine')
  return ok(hostname)
}

const EXAMPLE = 'twin.example.com'
