/** How things stand at a deployment, for lines that are open already. Pure. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { Standing, StandingRefusal } from '../../schema/domain/standing.ts'
import { admitPage } from './admit.ts'
import type { Refusal } from './refusal.ts'

/** `record`: as the database has it now; undefined where there is none. `now`: epoch milliseconds. */
export function standingOf(record: DeploymentRecord | undefined, now: number): Standing {
  const admission = admitPage(record, { kind: 'platform' }, now)
  return {
    epoch: record?.epoch ?? 0,
    refusal: admission.ok ? null : refusalOf(admission.failure),
    until: record ? nextTurn(record, now) : null,
  }
}

function refusalOf({ reason }: Refusal): StandingRefusal {
  return reason === 'campaign_not_started' || reason === 'campaign_ended' ? reason : 'gone'
}

/** The next beginning or end of anything that decides. */
function nextTurn({ contracts, campaign }: DeploymentRecord, now: number): number | null {
  const turns = [...contracts, ...(campaign ? [campaign] : [])]
    .flatMap(({ startsAt, endsAt }) => [startsAt, endsAt ?? []].flat())
    .map((moment) => Date.parse(moment))
    .filter((at) => at > now)
  return turns.length > 0 ? Math.min(...turns) : null
}
