/**
 * Step 3: which origins may talk to a deployment. Entries are parsed once, when they are written; a request's origin is
 * never parsed, only compared. Browsers send the canonical serialisation, so whatever differs by a character is not it.
 */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'

/** The page origins a deployment has of its own: ours, where it has a page, and one for each of its active hostnames. */
export function ownOrigins(record: DeploymentRecord, publicUrl: URL): readonly string[] {
  const port = publicUrl.port === '' ? '' : `:${publicUrl.port}` // only local runs have one
  const hosts = record.hosts.map((host) => `${publicUrl.protocol}//${host}${port}`)
  return record.type === 'VIBETHINK_PORTAL' || record.type === 'BRAND_CAMPAIGN' ? [publicUrl.origin, ...hosts] : hosts
}

/** Exact comparison, and `null` (sandboxed pages, files) is nobody's origin even if a list should hold it. */
export function isAllowedOrigin(origin: string, record: DeploymentRecord, publicUrl: URL): boolean {
  if (origin === 'null') return false
  return record.allowedOrigins.includes(origin) || ownOrigins(record, publicUrl).includes(origin)
}
