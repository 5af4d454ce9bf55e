/**
 * An entry of an allow-list, parsed once, when it is written, into the one form in which origins are compared with it. The
 * failure is a sentence for the owner that says what to write instead.
 */
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { isHostname } from '../../../schema/domain/hostname.ts'
import { originEntryKind } from '../../../schema/domain/origin-entry.ts'
import { isOwnedPreview, previewAdvice } from '../preview-platforms.ts'
import { hasStrangersBelow, registrableDomain } from '../registrable-domain.ts'
import { isIpAddress, isLoopbackAddress } from '../ip-address.ts'
import { isLocalName } from '../local-name.ts'

interface Rules {
  readonly development: boolean
}

export function parseAllowedOrigin(text: unknown, { development }: Rules): Result<string, string> {
  if (typeof text !== 'string') return fail(`must be an origin, such as ${EXAMPLE}`)
  const entry = withoutSpaces(text)
  if (entry === '') return fail(`must be an origin, such as ${EXAMPLE}`)
  if (/[^\S ]/.test(entry)) return fail(`must not hold line breaks or invisible characters${suggestion(entry.trim())}`)
  if (entry.length > 300) return fail('must have at most 300 characters')
  if (entry.toLowerCase() === 'null') return fail('cannot be null: sandboxed frames and files have no origin to trust')
  if (entry.includes('*')) return parsePattern(entry, { development })
  const origin = parseOrigin(entry, { development })
  if (!origin.ok) return origin
  const { hostname } = new URL(origin.value)
  if (!hostname.includes('.') && !(development && isLocalName(hostname)))
    return fail('must be a full host name, such as www.example.com')
  return origin
}

const EXAMPLE = 'https://www.example.com'
const PATTERNS = 'https://*.example.com or https://*--my-site.netlify.app'

/** A host of any number of labels. */
function parseOrigin(entry: string, { development }: Rules): Result<string, string> {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(entry)) return fail(`must begin with https://${suggestion(`https://${entry}`)}`)
  const url = URL.parse(entry)
  if (!url) return fail(`must be an origin, such as ${EXAMPLE}`)
  if (!isAscii(entry)) return fail(`must be in ASCII (punycode)${suggestion(entry)}`)
  if (!development && isLocalName(url.hostname.replace(/\.$/, '')))
    return fail(`must be a public name: below localhost is the visitor’s own machine. Write one such as ${EXAMPLE}`)
  const local = development && isLocalName(url.hostname)
  if (development && isLoopbackAddress(url.hostname))
    return fail(`must be a host name, not an address: ${ownMachine(url)}`)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
    return fail(`must be https${suggestion(entry.replace(/^[^:]+/, 'https'))}`)
  if (url.username !== '' || url.password !== '') return fail(`must not hold a user name${suggestion(entry)}`)
  if (url.hostname.endsWith('.')) return fail(`must not end in a dot${suggestion(entry)}`)
  // '/' alone is a path too: whoever writes one may expect it to mean something.
  if (!/^[^/]+:\/\/[^/?#\\]+$/.test(entry)) return fail(`must not hold a path${suggestion(entry)}`)
  if (isIpAddress(url.hostname)) return fail('must be a host name, not an address')
  if (!isHostname(url.hostname))
    return fail(`must be what a host may be called: letters, digits and hyphens, such as ${EXAMPLE}`)
  if (url.port === '0') return fail('must not name the port 0')
  // What the URL parser has mended (escapes, a zero before the port) was meant to be something else.
  const usualPort = url.protocol === 'https:' ? ':443' : ':80'
  if (![url.origin, `${url.origin}${usualPort}`].includes(entry.toLowerCase()))
    return fail(`must be an origin as browsers write it${suggestion(entry)}`)
  return ok(url.origin)
}

/** One wildcard, in the first label, where every name that fits belongs to whoever has the rest. */
function parsePattern(entry: string, rules: Rules): Result<string, string> {
  const { scheme, label, rest } =
    /^(?<scheme>[^:/]+):\/\/(?<label>[^./:@?#\\]*)\.(?<rest>[^*]+)$/.exec(entry)?.groups ?? {}
  if (scheme === undefined || label === undefined || rest === undefined || label.split('*').length !== 2)
    return fail(`can hold one wildcard alone, in the first part of the host, such as ${PATTERNS}`)
  const base = parseOrigin(`${scheme}://${rest}`, rules)
  const name = label.toLowerCase()
  if (!base.ok) return onBase(base.failure, name, rules)
  const pattern = base.value.replace('://', () => `://${name}.`)
  const kind = originEntryKind(pattern)
  const suffix = new URL(base.value).hostname
  if (registrableDomain(suffix) === undefined) return onSuffix(pattern, name, suffix)
  if (hasStrangersBelow(suffix))
    return fail(`cannot cover ${suffix}: strangers have names below it. Add each origin by itself, such as ${EXAMPLE}`)
  if (kind === undefined) return fail(`must be what a host may be called, such as ${PATTERNS}`)
  return ok(pattern)
}

/** What is wrong with the rest is said of the whole, unless the whole would be wrong even so. */
function onBase(failure: string, label: string, rules: Rules): Result<string, string> {
  const [reason, mended] = failure.split(': write https://')
  if (mended === undefined) return fail(failure)
  const pattern = parsePattern(`https://${label}.${mended}`, rules)
  return pattern.ok ? fail(`${reason}: write ${pattern.value}`) : pattern
}

/** Below a public suffix each name is somebody else's. */
function onSuffix(pattern: string, label: string, suffix: string): Result<string, string> {
  if (label === '*')
    return fail(`cannot cover ${suffix}, below which anybody may take a name: write https://*.my-site.${suffix}`)
  const [before = '', after = ''] = label.split('*')
  if (originEntryKind(pattern) === 'preview' && isOwnedPreview({ before, after, suffix })) return ok(pattern)
  return fail(`must not be met by a stranger’s site: ${previewAdvice(suffix)}`)
}

/** The nearest entry that would be accepted, when there is one. */
function suggestion(entry: string): string {
  const url = URL.parse(entry)
  if (!url) return ''
  const hostname = url.hostname.replace(/\.$/, '')
  const port = url.port === '' || url.port === '0' ? '' : `:${url.port}`
  const fixed = `https://${hostname}${port}`
  return isHostname(hostname) && hostname.includes('.') && !isIpAddress(hostname) ? `: write ${fixed}` : ''
}

/** What leads to the own machine by number has a name, and that one may be allowed while developing. */
function ownMachine({ protocol, port }: URL): string {
  return `write ${protocol}//localhost${port === '' ? '' : `:${port}`}`
}

/** Plain spaces around an entry are the keyboard's; whatever else stands there came by another way. */
function withoutSpaces(text: string): string {
  return text.replace(/^ +| +$/g, '')
}

function isAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text)
}
