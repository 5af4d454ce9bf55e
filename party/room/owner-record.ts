/** Whose room it is: the first connection's claims, and since when. Nobody else's claims open it. */
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import { VISITOR_TIERS } from '../../schema/domain/enums.ts'
import { parseId } from '../../schema/domain/id.ts'
import type { RoomOwner } from '../core/ports.ts'
import type { Facts } from './facts.ts'

export interface OwnerRecord {
  read(): { readonly owner: RoomOwner; readonly startedAt: string } | undefined
  /** Is this the owner? The first to ask becomes it. */
  admit(claims: ConnectionClaims, at: string): boolean
}

/** The owner in a room's facts. */
export function roomOwner(facts: Facts): OwnerRecord {
  let owner = readOwner(facts.read('owner'))
  let startedAt = facts.read('startedAt')

  return {
    read: () => (owner && typeof startedAt === 'string' ? { owner, startedAt } : undefined),
    admit({ tenantId, deploymentId, conversationId, visitorId, celebrityId, campaignId, origin, tier }, at) {
      if (!owner) {
        owner = { tenantId, deploymentId, conversationId, visitorId, celebrityId, campaignId, origin, tier }
        startedAt = at
        facts.write('owner', owner)
        facts.write('startedAt', at)
      }
      const isTheirs =
        owner.tenantId === tenantId &&
        owner.deploymentId === deploymentId &&
        owner.conversationId === conversationId &&
        owner.visitorId === visitorId
      if (isTheirs && owner.tier !== tier) {
        owner = { ...owner, tier }
        facts.write('owner', owner)
      }
      return isTheirs
    },
  }
}

function readOwner(value: unknown): RoomOwner | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...value }
  const tenantId = parseId<'tenant'>(fields['tenantId'])
  const deploymentId = parseId<'deployment'>(fields['deploymentId'])
  const conversationId = parseId<'conversation'>(fields['conversationId'])
  const visitorId = parseId<'visitor'>(fields['visitorId'])
  const celebrityId = parseId<'celebrity'>(fields['celebrityId'])
  const campaignId = fields['campaignId'] === null ? null : parseId<'campaign'>(fields['campaignId'])
  const { origin } = fields
  const tier = VISITOR_TIERS.find((one) => one === fields['tier']) ?? 'FREE' // rooms older than tiers
  if (!tenantId || !deploymentId || !conversationId || !visitorId || !celebrityId) return undefined
  if (campaignId === undefined || typeof origin !== 'string') return undefined
  return { tenantId, deploymentId, conversationId, visitorId, celebrityId, campaignId, origin, tier }
}
