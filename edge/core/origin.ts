/**
 * Step 3: which origins may talk to a deployment. Entries are parsed once, when they are written; a request's origin is
 * never parsed, only compared. Browsers send the canonical serialisation, so whatever differs by a character is not it.
 */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { hostOfEntry, matchesOriginEntry, originEntryKind } from '../../schema/domain/origin-entry.ts'
import { isOwnedPreview } from './preview-platforms.ts'
import { registrableDomain } from './registrable-domain.ts'

/** The page origins a deployment has of its own: ours, where it has a page, and one for each of its active hostnames. */
export function ownOrigins(record: DeploymentRecord, publicUrl: URL): readonly string[] {
  const port = publicUrl.port === '' ? '' : `:${publicUrl.port}` // only local runs have one
  const hosts = record.hosts.map((host) => `${publicUrl.protocol}//${host}${port}`)
  return record.type === 'VIBETHINK_PORTAL' || record.type === 'BRAND_CAMPAIGN' ? [publicUrl.origin, ...hosts] : hosts
}

/** The one answer of configuration, session and socket. `null` (sandboxed pages, files) is nobody's origin. */
export function isAllowedOrigin(origin: string, record: DeploymentRecord, publicUrl: URL): boolean {
  if (origin === 'null') return false
  return (
    record.allowedOrigins.some((entry) => admitsOrigin(entry, origin)) || ownOrigins(record, publicUrl).includes(origin)
  )
}

/** Whether this entry lets the origin in. */
export function admitsOrigin(entry: string, origin: string): boolean {
  return matchesOriginEntry(entry, origin) && (originEntryKind(entry) === 'exact' || hasSameOwner(entry, origin))
}

/** Whether whatever the second entry admits, the first admits too. */
export function coversEntry(entry: string, other: string): boolean {
  switch (originEntryKind(entry)) {
    case 'subdomains': // at any depth: one name that the other admits stands for all
      return admitsOrigin(entry, other.replace('*', 'a'))
    case 'preview':
      return originEntryKind(other) === 'exact' && admitsOrigin(entry, other)
    default:
      return entry === other
  }
}

/**
 * Asked again at reading: the list of public suffixes grows after an entry was written, and a row that no parser has seen
 * must not open a whole platform.
 */
function hasSameOwner(entry: string, origin: string): boolean {
  const [label = '', ...parent] = hostOfEntry(entry).split('.')
  const suffix = parent.join('.')
  const domain = registrableDomain(suffix)
  if (domain !== undefined) return registrableDomain(hostOfEntry(origin)) === domain
  const [before = '', after = ''] = label.split('*')
  return isOwnedPreview({ before, after, suffix })
}
