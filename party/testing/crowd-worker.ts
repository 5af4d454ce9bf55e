/**
 * A Worker for measuring crowds, never deployed: the room as it is, with a world that costs nothing, and beside it the
 * barest room there can be, which says back what it hears. The name in the address says whose room it is.
 */
import { Server, type Connection, type WSMessage } from 'partyserver'
import { CLAIMS_HEADER, type ConnectionClaims } from '../../schema/domain/claims.ts'
import { parseId } from '../../schema/domain/id.ts'
import type { ReplyModel, RoomPorts } from '../core/ports.ts'
import { PLENTY } from './plenty.ts'
import { TwinRoomShell } from '../twin-room.ts'
import { exampleTwin } from './example-twin.ts'
import { QUIET_HUB } from './quiet-hub.ts'

interface CrowdEnv extends Cloudflare.Env {
  readonly TwinRoom: DurableObjectNamespace<TwinRoom>
  readonly EchoRoom: DurableObjectNamespace<EchoRoom>
}

/** Rooms that were brought into memory since this process began. Rooms and Worker share one isolate. */
let wakes = 0

/** What it says costs nothing; what the room does with it is what it always does. */
const FEW_WORDS: ReplyModel = {
  name: 'few-words',
  async *stream() {
    for (const text of ['With ', 'the ', 'feet, ', 'then ', 'the ', 'hands.']) yield { type: 'text', text }
  },
}

export class TwinRoom extends TwinRoomShell<CrowdEnv> {
  protected override composePorts(): RoomPorts {
    wakes += 1
    return {
      model: FEW_WORDS,
      fallbackModel: FEW_WORDS,
      directory: { load: () => Promise.resolve(exampleTwin) },
      archive: { write: () => Promise.resolve(), erase: () => Promise.resolve() },
      floodGate: { said: () => Promise.resolve(0) },
      hub: QUIET_HUB,
      budgets: PLENTY,
      limits: { maxLines: 1_000 },
    }
  }
}

export class EchoRoom extends Server<CrowdEnv> {
  static override options = { hibernate: true }

  override onStart(): void {
    wakes += 1
  }

  override onMessage(connection: Connection, message: WSMessage): void {
    connection.send(message)
  }
}

const ADDRESS = /^\/parties\/(?<party>twin-room|echo-room)\/(?<name>[0-9a-f-]{36})$/
const LIFE_SECONDS = 86_400

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname === '/wakes') return Response.json(wakes)
    const { party, name = '' } = ADDRESS.exec(pathname)?.groups ?? {}
    if (party === undefined) return new Response(null, { status: 404 })
    const headers = new Headers(request.headers)
    headers.set('x-partykit-room', name)
    if (party === 'echo-room') return env.EchoRoom.getByName(name).fetch(new Request(request.url, { headers }))
    const claims = claimsOf(name)
    if (!claims) return new Response(null, { status: 404 })
    headers.set(CLAIMS_HEADER, JSON.stringify(claims))
    return env.TwinRoom.getByName(name).fetch(new Request(request.url, { headers }))
  },
} satisfies ExportedHandler<CrowdEnv>

/** One visitor a room, always the same. */
function claimsOf(name: string): ConnectionClaims | undefined {
  const conversationId = parseId<'conversation'>(name)
  const visitorId = parseId<'visitor'>(name)
  const deploymentId = parseId<'deployment'>(name)
  const tenantId = parseId<'tenant'>(name)
  const celebrityId = parseId<'celebrity'>(name)
  if (!conversationId || !visitorId || !deploymentId || !tenantId || !celebrityId) return undefined
  return {
    conversationId,
    visitorId,
    deploymentId,
    tenantId,
    celebrityId,
    origin: 'https://nova.example',
    expiresAt: Math.floor(Date.now() / 1000) + LIFE_SECONDS,
    epoch: 0,
    tier: 'FREE',
    ticket: null,
    deploymentType: 'EMBEDDED_WIDGET',
    campaignId: null,
    campaignEndsAt: null,
    address: null,
  }
}
