/**
 * Whose a host is, by the public suffix list with its private section: below `co.uk` and below `github.io` alike, each
 * name is somebody else's. Pure: the list is a table inside its package.
 */
import { getDomain } from 'tldts'
import { OPEN_HOSTING } from './open-hosting.ts'
import { ZONES_WITH_SUFFIXES } from './zones-with-suffixes.ts'

/** The name that its owner has registered, or undefined: the host is a public suffix itself, or lies above one. */
export function registrableDomain(hostname: string): string | undefined {
  return (
    getDomain(hostname, { allowPrivateDomains: true, extractHostname: false, validateHostname: false }) ?? undefined
  )
}

/**
 * Whether strangers' names lie below it, though it is somebody's: `amazonaws.com`, below which `s3` is a public suffix, and
 * `tumblr.com`, which gives names to whoever asks.
 */
export function hasStrangersBelow(hostname: string): boolean {
  const domain = registrableDomain(hostname) ?? ''
  return ZONES_WITH_SUFFIXES.has(domain) || OPEN_HOSTING.has(domain)
}
