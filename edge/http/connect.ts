/**
 * Step 4: from an admitted session to its room. A browser cannot read a refused upgrade (it sees 1006 and tries for
 * ever), so what a visitor may know is said on an accepted socket, without waking a room; what only an attacker meets is
 * refused over plain HTTP.
 */
import { Hono } from 'hono'
import type { RoomDoor } from '../core/ports.ts'
import { closeCodeOf } from '../core/close-code-of.ts'
import type { Refusal } from '../core/refusal.ts'
import { sessionOffer } from '../core/session-offer.ts'
import type { SessionClaims } from '../../schema/domain/claims.ts'
import type { ErrorFrame } from '../../schema/wire/frames.ts'
import { SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../schema/wire/limits.ts'
import { admitSession } from './admit-session.ts'
import type { SessionDoorPorts } from './admit-session.ts'
import type { EdgeContext } from './edge-context.ts'
import { describeRefusal, problem } from './problem.ts'

interface ConnectPorts extends SessionDoorPorts {
  readonly rooms: RoomDoor
}

export function connectRoutes({ rooms, ...ports }: ConnectPorts): Hono<EdgeContext> {
  return new Hono<EdgeContext>().get('/parties/twin-room/:conversation', async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') return problem({ reason: 'upgrade_required' })
    const offer = sessionOffer(c.req.header('sec-websocket-protocol'))
    if (!offer.ok) return problem(offer.failure)
    const claims = await admitSession(ports, {
      token: offer.value,
      accepted: 'session or ticket',
      site: c.env.site,
      origin: c.req.header('origin'),
      conversation: c.req.param('conversation'),
      from: c.req.header('cf-connecting-ip'),
    })
    if (!claims.ok) return turnAway(claims.failure)
    return rooms.open(c.req.raw, claims.value, await nextTicket(ports, claims.value))
  })
}

/** For whoever came with one. It lasts as long as the session and no longer: nobody prolongs a session by coming again. */
async function nextTicket({ signer, clock }: SessionDoorPorts, claims: SessionClaims): Promise<string | undefined> {
  if (claims.ticket === null) return undefined
  const ticket = await signer.signTicket(claims, Math.floor(clock() / 1000), claims.expiresAt)
  return SESSION_SUBPROTOCOL_PREFIX + ticket
}

/** Accepts, says why in one frame, closes for good; or refuses the upgrade when nobody honest can be asking. */
function turnAway(refusal: Refusal): Response {
  const closeCode = closeCodeOf(refusal)
  if (closeCode === undefined) return problem(refusal)
  const { code, title, detail } = describeRefusal(refusal)
  const wait = refusal.reason === 'flooded' ? { retryAfterSeconds: refusal.retryAfterSeconds } : {}
  const frame: ErrorFrame = { type: 'error', seq: 0, code, detail: detail ?? `${title}.`, ...wait }
  const { 0: client, 1: server } = new WebSocketPair()
  server.accept()
  server.send(JSON.stringify(frame))
  server.close(closeCode, code)
  return new Response(null, { status: 101, webSocket: client, headers: { 'sec-websocket-protocol': SUBPROTOCOL } })
}
