/**
 * Which deployment `/<celebrity-slug>/<campaign-slug>` shows. A slug is unique within its brand, so two brands may have the
 * same one: the campaign that runs comes first, then the one that will, then the one that was; of equals the elder. Pure.
 */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { pageState } from './page-state.ts'
import type { PageState } from './page-state.ts'

const PLACES: readonly PageState['kind'][] = ['open', 'before', 'after']

/** Only what has a page at all; undefined: nothing lives there. */
export function findCampaignPage(
  records: readonly DeploymentRecord[],
  campaignSlug: string,
  now: number,
): PageState | undefined {
  const named = records.filter(({ type, campaign }) => type === 'BRAND_CAMPAIGN' && campaign?.slug === campaignSlug)
  // Slugs of celebrities are unique within an owner only; a page must not depend on whose row is older.
  if (named.some(({ celebrity }) => celebrity.id !== named[0]?.celebrity.id)) return undefined
  const states = named.flatMap((record) => pageState(record, { kind: 'platform' }, now) ?? [])
  return PLACES.flatMap((place) => states.find(({ kind }) => kind === place) ?? [])[0]
}
