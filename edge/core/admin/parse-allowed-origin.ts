/**
 * An entry of an allow-list, parsed once, when it is written, into the exact string a browser will send. The failure is a
 * sentence for the owner that says what to write instead.
 */
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { isHostname } from '../../../schema/domain/hostname.ts'
import { isLocalName } from './local-name.ts'

export function parseAllowedOrigin(
  text: unknown,
  { development }: { readonly development: boolean },
): Result<string, string> {
  if (typeof text !== 'string' || text.trim() === '') return fail(`must be an origin, such as ${EXAMPLE}`)
  const entry = text.trim()
  if (entry.length > 300) return fail('must have at most 300 characters')
  if (entry.toLowerCase() === 'null') return fail('cannot be null: sandboxed frames and files have no origin to trust')
  if (entry.includes('*')) return fail(`cannot hold a wildcard: add each origin by itself, such as ${EXAMPLE}`)
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(entry)) return fail(`must begin with https://${suggestion(`https://${entry}`)}`)
  const url = URL.parse(entry)
  if (!url) return fail(`must be an origin, such as ${EXAMPLE}`)
  if (entry.includes('%')) return fail(`must not hold a per cent sign${suggestion(entry)}`)
  if (!isAscii(entry)) return fail(`must be in ASCII (punycode)${suggestion(entry)}`)
  const local = development && isLocalName(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    return fail(`must be https${suggestion(entry.replace(/^[^:]+/, 'https'))}`)
  if (url.username !== '' || url.password !== '') return fail(`must not hold a user name${suggestion(entry)}`)
  if (url.hostname.endsWith('.')) return fail(`must not end in a dot${suggestion(entry)}`)
  // '/' alone is a path too: whoever writes one may expect it to mean something.
  if (!/^[^/]+:\/\/[^/?#\\]+$/.test(entry)) return fail(`must not hold a path${suggestion(entry)}`)
  if (!isHostname(url.hostname) || isAddress(url.hostname)) return fail('must be a host name, not an address')
  if (!url.hostname.includes('.') && !local) return fail('must be a full host name, such as www.example.com')
  return ok(url.origin)
}

const EXAMPLE = 'https://www.example.com'

/** The nearest entry that would be accepted, when there is one. */
function suggestion(entry: string): string {
  const url = URL.parse(entry)
  if (!url) return ''
  const hostname = url.hostname.replace(/\.$/, '')
  const port = url.port === '' ? '' : `:${url.port}`
  const fixed = `https://${hostname}${port}`
  return isHostname(hostname) && hostname.includes('.') && !isAddress(hostname) ? `: write ${fixed}` : ''
}

/** The URL parser has turned every form of an IPv4 address into four numbers by now. */
function isAddress(hostname: string): boolean {
  return /(?:^|\.)\d+$/.test(hostname)
}

function isAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text)
}
