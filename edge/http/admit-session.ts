/**
 * Step 4, for a socket and for a line over HTTP alike: is this session ours, used where it was given, and would it be
 * given again now?
 */
import { admit } from '../core/admit.ts'
import type { AddressDigest, Clock, FloodGate, SessionSigner, TwinDirectory } from '../core/ports.ts'
import type { Refusal } from '../core/refusal.ts'
import type { Site } from '../core/site.ts'
import type { ConnectionClaims, SessionClaims } from '../../schema/domain/claims.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'

export interface SessionDoorPorts {
  readonly directory: TwinDirectory
  readonly signer: SessionSigner
  readonly flood: FloodGate
  readonly addresses: AddressDigest
  readonly clock: Clock
  readonly publicUrl: URL
}

interface SessionUse {
  readonly token: string
  /** A session alone, unless said otherwise. */
  readonly accepted?: 'session' | 'session or ticket'
  readonly site: Site
  readonly origin: string | undefined
  /** As the address names it. */
  readonly conversation: string
  /** Where the request came from; Cloudflare says so itself, a local run does not. */
  readonly from: string | undefined
}

export async function admitSession(
  { directory, signer, flood, addresses, clock, publicUrl }: SessionDoorPorts,
  { token, accepted, site, origin, conversation, from }: SessionUse,
): Promise<Result<ConnectionClaims, Refusal>> {
  const now = clock()
  const session = await signer.verify(token, now, accepted)
  const claims = session.ok
    ? session.value
    : session.failure.reason === 'session_expired'
      ? session.failure.claims
      : undefined
  if (!claims) return fail({ reason: 'session_invalid' })
  if (origin === undefined) return fail({ reason: 'origin_missing' })
  if (origin !== claims.origin || claims.conversationId !== conversation) return fail({ reason: 'session_elsewhere' })
  if (site.kind === 'custom' && site.record.id !== claims.deploymentId) return fail({ reason: 'session_elsewhere' })
  if (!session.ok) return fail({ reason: 'session_expired' }) // said only to the page that had it

  const record = await directory.findById(claims.deploymentId)
  const admission = admit({ record, site, origin, now, publicUrl })
  if (!admission.ok) return admission
  if (claims.epoch < admission.value.record.epoch) return fail({ reason: 'session_revoked' })
  const address = from === undefined ? null : await addresses.of(from)
  const retryAfterSeconds = await flood.line({ ...claims, address })
  if (retryAfterSeconds > 0) return fail({ reason: 'flooded', retryAfterSeconds })
  return ok({ ...connectionClaims(claims, admission.value.record), address })
}

function connectionClaims(
  session: SessionClaims,
  { tenantId, celebrity, type, campaign }: DeploymentRecord,
): Omit<ConnectionClaims, 'address'> {
  return {
    ...session,
    tenantId,
    celebrityId: celebrity.id,
    deploymentType: type,
    campaignId: campaign?.id ?? null,
    campaignEndsAt: campaign?.endsAt ? Date.parse(campaign.endsAt) : null,
  }
}
