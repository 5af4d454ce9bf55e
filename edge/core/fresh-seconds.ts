/** How long an answer about a deployment may be kept: never past the moment in which it would be another one. Pure. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'

/** `now` in epoch milliseconds; at most `most` seconds, and 0 when the moment is nearer than one. */
export function freshSeconds({ campaign, contracts }: DeploymentRecord, now: number, most: number): number {
  const boundaries = [...contracts, ...(campaign ? [campaign] : [])].flatMap(({ startsAt, endsAt }) => [
    Date.parse(startsAt),
    endsAt === null ? Infinity : Date.parse(endsAt),
  ])
  const ahead = boundaries.filter((moment) => moment > now).map((moment) => Math.floor((moment - now) / 1000))
  return Math.min(most, ...ahead)
}
