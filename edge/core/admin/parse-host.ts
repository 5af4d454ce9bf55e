/**
 * A host name as somebody writes it, which must be the name alone in the one form in which it is kept and compared. The
 * failure is a sentence that says what to write instead.
 */
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { isHostname } from '../../../schema/domain/hostname.ts'
import { isIpAddress } from '../ip-address.ts'

export function parseHost(text: unknown, example: string): Result<string, string> {
  if (typeof text !== 'string' || text.trim() === '') return fail(`must be a host name, such as ${example}`)
  const entry = text.trim()
  if (entry.includes('*')) return fail(`cannot be a wildcard: add each host by itself, such as ${example}`)
  const url = URL.parse(entry.includes('://') ? entry : `https://${entry}`)
  const hostname = url?.hostname.replace(/\.$/, '') ?? ''
  if (!isHostname(hostname)) return fail(`must be a host name, such as ${example}`)
  if (isIpAddress(hostname)) return fail('must be a name, not an IP address')
  if (entry.toLowerCase() !== hostname)
    return fail(`must be the host name alone, in ASCII (punycode): write ${hostname}`)
  return ok(hostname)
}
