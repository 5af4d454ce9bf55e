/**
 * Step 3: may this page talk to this twin, now? Pure: no I/O and no clock.
 * A page that is not allowed learns `origin_not_allowed` of a live deployment and nothing of any other.
 */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { placeInTerm } from '../../schema/domain/place-in-term.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'
import { isLocalName } from './local-name.ts'
import { isAllowedOrigin } from './origin.ts'
import type { Refusal } from './refusal.ts'
import type { Site } from './site.ts'

export interface AdmissionRequest {
  readonly record: DeploymentRecord | undefined
  readonly site: Site
  /** The raw header; two headers arrive as one comma-joined value, which equals no entry. */
  readonly origin: string | undefined
  /** Epoch milliseconds. */
  readonly now: number
  readonly publicUrl: URL
}

export interface Admission {
  readonly record: DeploymentRecord
  readonly origin: string
}

export function admit({ record, site, origin, now, publicUrl }: AdmissionRequest): Result<Admission, Refusal> {
  const live = admitRecord(record, site, now)
  if (!live.ok) return live
  if (origin === undefined || origin === '') return fail({ reason: 'origin_missing' })
  if (!isAllowedOrigin(origin, live.value, publicUrl)) {
    const development = isLocalName(publicUrl.hostname)
    return fail({ reason: 'origin_not_allowed', origin, deploymentId: live.value.id, development })
  }
  const window = admitCampaign(live.value, now)
  return window.ok ? ok({ record: live.value, origin }) : window
}

/** The same question for a page that we serve ourselves: its host has decided which twin, and there is no origin yet. */
export function admitPage(
  record: DeploymentRecord | undefined,
  site: Site,
  now: number,
): Result<DeploymentRecord, Refusal> {
  const live = admitRecord(record, site, now)
  return live.ok ? admitCampaign(live.value, now) : live
}

function admitRecord(record: DeploymentRecord | undefined, site: Site, now: number): Result<DeploymentRecord, Refusal> {
  if (!record) return fail({ reason: 'deployment_unknown' })
  if (site.kind === 'custom' && site.record.id !== record.id) return fail({ reason: 'deployment_elsewhere' })
  if (record.status !== 'ACTIVE') return fail({ reason: 'deployment_not_active' })
  if (record.celebrity.status !== 'ACTIVE') return fail({ reason: 'celebrity_not_active' })
  if (!record.contracts.some((term) => placeInTerm(now, term) === 'inside'))
    return fail({ reason: 'contract_not_running' })
  if (!record.campaign) return record.type === 'BRAND_CAMPAIGN' ? fail({ reason: 'campaign_missing' }) : ok(record)
  switch (record.campaign.status) {
    case 'REQUESTED':
    case 'REJECTED':
      return fail({ reason: 'campaign_not_approved' })
    case 'APPROVED':
    case 'SCHEDULED':
    case 'ACTIVE':
      return record.campaign.approved ? ok(record) : fail({ reason: 'campaign_not_approved' })
    case 'ENDED': // over, whatever was approved: its page may say so
      return ok(record)
  }
}

function admitCampaign(record: DeploymentRecord, now: number): Result<DeploymentRecord, Refusal> {
  const { campaign } = record
  if (!campaign) return ok(record)
  if (campaign.status === 'ENDED') return fail({ reason: 'campaign_ended' })
  switch (placeInTerm(now, campaign)) {
    case 'before':
      return fail({ reason: 'campaign_not_started', startsAt: campaign.startsAt })
    case 'inside':
      return ok(record)
    case 'after':
      return fail({ reason: 'campaign_ended' })
  }
}
