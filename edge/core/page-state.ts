/** What a page of ours shows of a deployment now: its twin, or that its campaign is still to come or over. Pure. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { admitPage } from './admit.ts'
import type { Site } from './site.ts'

type Campaign = NonNullable<DeploymentRecord['campaign']>

export type PageState =
  | { readonly kind: 'open'; readonly record: DeploymentRecord }
  | { readonly kind: 'before' | 'after'; readonly record: DeploymentRecord; readonly campaign: Campaign }

/** Undefined: nobody is here, for whatever reason. A campaign that was never approved is nobody's to hear of. */
export function pageState(record: DeploymentRecord | undefined, site: Site, now: number): PageState | undefined {
  const admission = admitPage(record, site, now)
  if (admission.ok) return { kind: 'open', record: admission.value }
  if (!record?.campaign?.approved) return undefined
  const { campaign } = record
  switch (admission.failure.reason) {
    case 'campaign_not_started':
      return { kind: 'before', record, campaign }
    case 'campaign_ended':
      return { kind: 'after', record, campaign }
    default:
      return undefined
  }
}
