/**
 * Whose a host is, by the public suffix list with its private section: below `co.uk` and below `github.io` alike, each
 * name is somebody else's. Pure: the list is a table inside its package.
 */
import { getDomain } from 'tldts'
import { ZONES_WITH_SUFFIXES } from './zones-with-suffixes.ts'

/** The name that its owner has registered, or undefined: the host is a public suffix itself, or lies above one. */
export function registrableDomain(hostname: string): string | undefined {
  return (
    getDomain(hostname, { allowPrivateDomains: true, extractHostname: false, validateHostname: false }) ?? undefined
  )
}

/** Whether strangers' names lie below it, though it is somebody's: `amazonaws.com`, below which `s3` is a public suffix. */
export function hasSuffixesBelow(hostname: string): boolean {
  return ZONES_WITH_SUFFIXES.has(registrableDomain(hostname) ?? '')
}
