/**
 * A host that pictures in replies may come from, as it stands in a page's policy: exactly that host, over https. The
 * failure is a sentence that says what to write instead.
 */
import { fail } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { isLocalName } from '../local-name.ts'
import { parseHost } from './parse-host.ts'

export function parseImageHost(text: unknown): Result<string, string> {
  const host = parseHost(text, 'images.example.com')
  if (!host.ok) return host
  const hostname = host.value
  if (!hostname.includes('.')) return fail('must be a full host name with its domain')
  if (isLocalName(hostname)) return fail('leads nowhere but to the visitor’s own machine')
  // the policy says it letter by letter
  return text === hostname ? host : fail(`must be the host name alone, in lower-case ASCII: write ${hostname}`)
}
