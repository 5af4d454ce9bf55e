/**
 * An entry of a deployment's allow-list in the one form in which it is kept and compared: an origin exactly as a browser
 * writes it, or such an origin with one wildcard in the first label of its host. Compared as text: no pattern is ever made
 * of what somebody wrote. Whose a host is (the public suffix list) is not known here.
 */
import { isHostname } from './hostname.ts'

/**
 * `exact`: that origin alone. `subdomains`, `https://*.example.com`: every name below, at any depth, never the apex.
 * `preview`, `https://*--my-site.netlify.app`: one label that begins and ends so.
 */
export type OriginEntryKind = 'exact' | 'subdomains' | 'preview'

const SHAPE = /^https?:\/\/(?<host>[a-z0-9*.-]+)(?::[1-9]\d{0,4})?$/
/** What a wildcard inside a label stands for: words joined by single hyphens, so that `--` keeps its one meaning. */
const WORDS = /^(?!xn$)[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Undefined: no entry. */
export function originEntryKind(entry: string): OriginEntryKind | undefined {
  const host = SHAPE.exec(entry)?.groups?.['host'] ?? ''
  if (!host.includes('*')) return isHostname(host) ? 'exact' : undefined
  const [label = '', ...parent] = host.split('.')
  if (parent.length < 2 || label.split('*').length !== 2) return undefined
  if (!isHostname(`x.${parent.join('.')}`)) return undefined
  if (label === '*') return 'subdomains'
  // Of a label in punycode, the letters are not what they look like.
  return isHostname(label.replace('*', 'x')) && !label.startsWith('xn--') ? 'preview' : undefined
}

/** The same scheme, host and port, letter by letter; of a wildcard, names that hosts may have and nothing else. */
export function matchesOriginEntry(entry: string, origin: string): boolean {
  const star = entry.indexOf('*')
  if (star < 0) return origin === entry
  const before = entry.slice(0, star)
  const after = entry.slice(star + 1)
  if (origin.length <= before.length + after.length) return false
  if (!origin.startsWith(before) || !origin.endsWith(after)) return false
  const filled = origin.slice(before.length, origin.length - after.length)
  const isWhole = originEntryKind(entry) === 'subdomains' ? isHostname(filled) : WORDS.test(filled)
  return isWhole && originEntryKind(origin) === 'exact'
}

/** The host of an entry or an origin, its wildcard label included, without scheme and port. */
export function hostOfEntry(entry: string): string {
  return SHAPE.exec(entry)?.groups?.['host'] ?? ''
}
