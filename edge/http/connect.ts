/**
 * Step 4: from an admitted session to its room. A browser cannot read a refused upgrade (it sees 1006 and tries for
 * ever), so what a visitor may know is said on an accepted socket, without waking a room; what only an attacker meets is
 * refused over plain HTTP.
 */
import { Hono } from 'hono'
import { admit } from '../core/admit.ts'
import type { Clock, RoomDoor, SessionSigner, TwinDirectory } from '../core/ports.ts'
import { closeCodeOf } from '../core/close-code-of.ts'
import type { Refusal } from '../core/refusal.ts'
import { sessionOffer } from '../core/session-offer.ts'
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { SessionClaims } from '../../schema/domain/claims.ts'
import type { ErrorFrame } from '../../schema/wire/frames.ts'
import { SUBPROTOCOL } from '../../schema/wire/limits.ts'
import type { EdgeContext } from './edge-context.ts'
import { describeRefusal, problem } from './problem.ts'

interface ConnectPorts {
  readonly directory: TwinDirectory
  readonly signer: SessionSigner
  readonly rooms: RoomDoor
  readonly clock: Clock
  readonly publicUrl: URL
}

export function connectRoutes({ directory, signer, rooms, clock, publicUrl }: ConnectPorts): Hono<EdgeContext> {
  return new Hono<EdgeContext>().get('/parties/twin-room/:conversation', async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') return problem({ reason: 'upgrade_required' })
    const offer = sessionOffer(c.req.header('sec-websocket-protocol'))
    if (!offer.ok) return problem(offer.failure)

    const now = clock()
    const { site } = c.env
    const origin = c.req.header('origin')
    const session = await signer.verify(offer.value, now)
    const claims = session.ok
      ? session.value
      : session.failure.reason === 'session_expired'
        ? session.failure.claims
        : undefined
    if (!claims) return problem({ reason: 'session_invalid' })
    if (origin === undefined) return problem({ reason: 'origin_missing' })
    if (origin !== claims.origin || claims.conversationId !== c.req.param('conversation'))
      return problem({ reason: 'session_elsewhere' })
    if (site.kind === 'custom' && site.record.id !== claims.deploymentId)
      return problem({ reason: 'session_elsewhere' })
    if (!session.ok) return turnAway({ reason: 'session_expired' })

    const record = await directory.findById(claims.deploymentId)
    const admission = admit({ record, site, origin, now, publicUrl })
    if (!admission.ok) return turnAway(admission.failure)
    return rooms.open(c.req.raw, connectionClaims(claims, admission.value.record))
  })
}

function connectionClaims(
  session: SessionClaims,
  { tenantId, celebrity, type, campaign }: DeploymentRecord,
): ConnectionClaims {
  return {
    ...session,
    tenantId,
    celebrityId: celebrity.id,
    deploymentType: type,
    campaignId: campaign?.id ?? null,
    campaignEndsAt: campaign?.endsAt ? Date.parse(campaign.endsAt) : null,
  }
}

/** Accepts, says why in one frame, closes for good; or refuses the upgrade when nobody honest can be asking. */
function turnAway(refusal: Refusal): Response {
  const closeCode = closeCodeOf(refusal)
  if (closeCode === undefined) return problem(refusal)
  const { code, title, detail } = describeRefusal(refusal)
  const frame: ErrorFrame = { type: 'error', seq: 0, code, detail: detail ?? `${title}.` }
  const { 0: client, 1: server } = new WebSocketPair()
  server.accept()
  server.send(JSON.stringify(frame))
  server.close(closeCode, code)
  return new Response(null, { status: 101, webSocket: client, headers: { 'sec-websocket-protocol': SUBPROTOCOL } })
}
