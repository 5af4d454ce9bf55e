/** The older embed names a celebrity alone: slug and origin must lead to exactly one live embed. Pure. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'
import { admit } from './admit.ts'
import type { AdmissionRequest } from './admit.ts'
import type { Refusal } from './refusal.ts'

export function findOlderEmbed(
  records: readonly DeploymentRecord[],
  request: Omit<AdmissionRequest, 'record'>,
): Result<DeploymentRecord, Refusal> {
  let refusal: Refusal = { reason: 'deployment_unknown' }
  const fitting: DeploymentRecord[] = []
  for (const record of records) {
    if (record.type !== 'EMBEDDED_WIDGET') continue
    const admission = admit({ record, ...request })
    if (admission.ok) fitting.push(record)
    // Of a live one, so it may be said; that this page's own campaign is over says more than that another is not its.
    else if (isOfOrigin(admission.failure) || isOfCampaign(admission.failure))
      refusal = isOfCampaign(refusal) ? refusal : unnamed(admission.failure)
  }
  const [only, second] = fitting
  if (second) return fail({ reason: 'deployment_ambiguous', deployments: fitting.map(({ id }) => id) })
  return only ? ok(only) : fail(refusal)
}

/** Which deployments a celebrity has is told to pages that are on one's list. */
function unnamed(refusal: Refusal): Refusal {
  if (refusal.reason !== 'origin_not_allowed') return refusal
  const { reason, origin, development } = refusal
  return { reason, origin, development }
}

function isOfOrigin({ reason }: Refusal): boolean {
  return reason === 'origin_missing' || reason === 'origin_not_allowed'
}

function isOfCampaign({ reason }: Refusal): boolean {
  return reason === 'campaign_not_started' || reason === 'campaign_ended'
}
