/** Which deployment a slug's portal page shows: the eldest live one, of one celebrity. Pure. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'

export function findPortal(records: readonly DeploymentRecord[]): DeploymentRecord | undefined {
  const [first, ...others] = records.filter(({ type, status }) => type === 'VIBETHINK_PORTAL' && status === 'ACTIVE')
  // Slugs are unique within an owner only; a page must not depend on whose row is older.
  return others.every(({ celebrity }) => celebrity.id === first?.celebrity.id) ? first : undefined
}
