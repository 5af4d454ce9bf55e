import { expect, it } from 'vitest'
import { nova, uuid } from '../testing/nova.ts'
import { CLAIMS_HEADER } from '../../schema/domain/claims.ts'
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import { durableRoomDoor } from './durable-room-door.ts'

const claims: ConnectionClaims = {
  deploymentId: nova.id,
  origin: 'https://nova.example',
  conversationId: uuid('60000000-0000-8000-8000-000000000001'),
  visitorId: uuid('60000000-0000-8000-8000-000000000002'),
  expiresAt: 1_800_000_000,
  tenantId: nova.tenantId,
  celebrityId: nova.celebrity.id,
  deploymentType: nova.type,
  campaignId: null,
  campaignEndsAt: null,
}

it('writes who is speaking, and drops whatever the visitor wrote there', async () => {
  let seen: Request | undefined
  const door = durableRoomDoor({
    idFromName: (name) => ({ name, equals: () => false, toString: () => name }),
    get: () => ({
      fetch: (request) => {
        seen = request
        return Promise.resolve(new Response('Error: secret\n  at room.ts:1', { status: 500 }))
      },
    }),
  })
  const forged = new Request(`https://twin.example/parties/twin-room/${claims.conversationId}?_pk=mine&x=1`, {
    headers: {
      upgrade: 'websocket',
      'x-twin-claims': '{"visitorId":"other"}',
      'X-Twin-Other': '1',
      'x-partykit-props': 'e30=',
      'x-partykit-room': 'another',
      'sec-websocket-protocol': 'twin.v1, twin.session.secret',
    },
  })
  // A room that does not take the socket is a failure of ours: its words stay inside.
  await expect(door.open(forged, claims)).rejects.toThrow('the room answered 500 to an upgrade')
  expect(seen?.url).toBe(`https://twin.example/parties/twin-room/${claims.conversationId}`)
  expect(JSON.parse(seen?.headers.get(CLAIMS_HEADER) ?? '')).toEqual(claims)
  expect(seen?.headers.get('x-partykit-room')).toBe(claims.conversationId)
  expect([...(seen?.headers.keys() ?? [])].sort()).toEqual(['upgrade', 'x-partykit-room', CLAIMS_HEADER])
})
