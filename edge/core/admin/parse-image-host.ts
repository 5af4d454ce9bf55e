/**
 * A host that pictures in replies may come from, as it stands in a page's policy: exactly that host, over https. The
 * failure is a sentence that says what to write instead.
 */
import { isHostname } from '../../../schema/domain/hostname.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { isLocalName } from '../local-name.ts'

export function parseImageHost(text: unknown): Result<string, string> {
  if (typeof text !== 'string' || text.trim() === '') return fail(`must be a host name, such as ${EXAMPLE}`)
  const entry = text.trim()
  if (entry.includes('*')) return fail(`cannot be a wildcard: add each host by itself, such as ${EXAMPLE}`)
  const hostname = URL.parse(entry.includes('://') ? entry : `https://${entry}`)?.hostname.replace(/\.$/, '') ?? ''
  if (!isHostname(hostname)) return fail(`must be a host name, such as ${EXAMPLE}`)
  if (/(?:^|\.)\d+$/.test(hostname)) return fail('must be a name, not an IP address')
  if (!hostname.includes('.')) return fail('must be a full host name with its domain')
  if (isLocalName(hostname)) return fail('leads nowhere but to the visitor’s own machine')
  return entry === hostname ? ok(hostname) : fail(`must be the host name alone, in lower-case ASCII: write ${hostname}`)
}

const EXAMPLE = 'images.example.com'
