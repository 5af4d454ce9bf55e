/**
 * Who may put a deployment's own page into a frame: the pages that may embed its twin, and nobody else. A policy has no
 * wildcard inside a label, so of previews the one that asks is named: what a referrer claims only narrows the list's own
 * answer, and the browser holds the real ancestors against it. Pure.
 */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { hostOfEntry, originEntryKind } from '../../schema/domain/origin-entry.ts'
import { admitsOrigin } from './origin.ts'
import { hasStrangersBelow, registrableDomain } from './registrable-domain.ts'

/** Sources of `frame-ancestors`; none: no page may. */
export function frameAncestors(
  { allowedOrigins }: Pick<DeploymentRecord, 'allowedOrigins'>,
  referrer: string | undefined,
): readonly string[] {
  const from = URL.parse(referrer ?? '')?.origin ?? ''
  const isPreview = allowedOrigins.some((entry) => originEntryKind(entry) === 'preview' && admitsOrigin(entry, from))
  return [...allowedOrigins.filter(isSource), ...(isPreview ? [from] : [])]
}

function isSource(entry: string): boolean {
  switch (originEntryKind(entry)) {
    case 'exact':
      return true
    case 'subdomains':
      return isOfOneOwner(hostOfEntry(entry).slice('*.'.length))
    default:
      return false
  }
}

/** A browser knows no public suffixes here: a row that no parser has seen must not let in a whole platform. */
function isOfOneOwner(hostname: string): boolean {
  return registrableDomain(hostname) !== undefined && !hasStrangersBelow(hostname)
}
