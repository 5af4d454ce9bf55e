/** The claims the Worker stamped onto the upgrade, read field by field: the room trusts the Worker, not the bytes. Pure. */
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import { DEPLOYMENT_TYPES, VISITOR_TIERS } from '../../schema/domain/enums.ts'
import { parseId } from '../../schema/domain/id.ts'

/** The claims, or undefined when anything about them is not as it must be. */
export function parseConnectionClaims(header: string | null): ConnectionClaims | undefined {
  const value = parseJson(header)
  if (typeof value !== 'object' || value === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...value }
  const deploymentId = parseId<'deployment'>(fields['deploymentId'])
  const conversationId = parseId<'conversation'>(fields['conversationId'])
  const visitorId = parseId<'visitor'>(fields['visitorId'])
  const tenantId = parseId<'tenant'>(fields['tenantId'])
  const celebrityId = parseId<'celebrity'>(fields['celebrityId'])
  const campaignId = fields['campaignId'] === null ? null : parseId<'campaign'>(fields['campaignId'])
  const deploymentType = DEPLOYMENT_TYPES.find((type) => type === fields['deploymentType'])
  const tier = VISITOR_TIERS.find((one) => one === fields['tier'])
  const { origin, expiresAt, campaignEndsAt, epoch, ticket, address } = fields
  if (!deploymentId || !conversationId || !visitorId || !tenantId || !celebrityId) return undefined
  if (campaignId === undefined || !deploymentType || typeof origin !== 'string') return undefined
  if (!tier || (ticket !== null && (typeof ticket !== 'string' || ticket === '')) || !isMoment(epoch)) return undefined
  if (address !== null && typeof address !== 'string') return undefined
  if (!isMoment(expiresAt) || !(campaignEndsAt === null || isMoment(campaignEndsAt))) return undefined
  return {
    deploymentId,
    conversationId,
    visitorId,
    tenantId,
    celebrityId,
    campaignId,
    deploymentType,
    origin,
    expiresAt,
    epoch,
    tier,
    ticket,
    campaignEndsAt,
    address,
  }
}

function isMoment(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
