/**
 * What a campaign's status is now. Kept is what was decided: REQUESTED, APPROVED, REJECTED, ENDED. SCHEDULED, ACTIVE and
 * an end by its date follow from the approval and the time, so that nothing has to be set when the hour comes. Pure.
 */
import type { CampaignStatus } from '../../../schema/domain/enums.ts'
import { placeInTerm } from '../../../schema/domain/place-in-term.ts'

export interface DecidedCampaign {
  readonly decision: CampaignStatus
  readonly guidelinesVersion: number
  readonly approvedVersion: number | null
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/** `now` in epoch milliseconds. */
export function campaignPhase(
  { decision, guidelinesVersion, approvedVersion, startsAt, endsAt }: DecidedCampaign,
  now: number,
): CampaignStatus {
  switch (decision) {
    case 'REQUESTED':
    case 'REJECTED':
    case 'ENDED':
      return decision
    case 'APPROVED':
    case 'SCHEDULED':
    case 'ACTIVE':
      if (approvedVersion !== guidelinesVersion) return 'REQUESTED' // what was approved is not what stands there
  }
  switch (placeInTerm(now, { startsAt: startsAt.toISOString(), endsAt: endsAt?.toISOString() ?? null })) {
    case 'before':
      return 'SCHEDULED'
    case 'inside':
      return 'ACTIVE'
    case 'after':
      return 'ENDED'
  }
}
