import { describe, expect, it } from 'vitest'
import { nova, uuid } from '../testing/nova.ts'
import { CLAIMS_HEADER, PERSON_HEADER } from '../../schema/domain/claims.ts'
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import { durablePeopleDoor, durableRoomDoor } from './durable-room-door.ts'

const claims: ConnectionClaims = {
  deploymentId: nova.id,
  origin: 'https://nova.example',
  conversationId: uuid('60000000-0000-8000-8000-000000000001'),
  visitorId: uuid('60000000-0000-8000-8000-000000000002'),
  expiresAt: 1_800_000_000,
  epoch: 0,
  tier: 'FREE',
  ticket: 'one',
  tenantId: nova.tenantId,
  celebrityId: nova.celebrity.id,
  deploymentType: nova.type,
  campaignId: null,
  campaignEndsAt: null,
  address: null,
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

describe('the door of people', () => {
  const person = { conversationId: claims.conversationId, personId: 'platform-admin', name: 'Inês 李', expiresAt: 1 }
  const knock = (answer: Response) => {
    const seen: Request[] = []
    const door = durablePeopleDoor({
      idFromName: (name) => ({ name, equals: () => false, toString: () => name }),
      get: () => ({
        fetch: (request) => {
          seen.push(request)
          return Promise.resolve(answer)
        },
      }),
    })
    const forged = new Request(`https://twin.example/admin/v1/conversations/${claims.conversationId}/line?name=x`, {
      headers: { authorization: 'Bearer key', 'x-twin-person': '{"name":"other"}', 'x-twin-claims': '{}' },
    })
    return { seen, opened: door.open(forged, person) }
  }

  it('writes who the person is, in a form that a header carries, and no visitor', async () => {
    const { seen, opened } = knock(new Response('{}', { status: 404, headers: PROBLEM }))
    expect((await opened).status).toBe(404) // a program reads why
    const [request] = seen
    expect([...(request?.headers.keys() ?? [])].sort()).toEqual(['x-partykit-room', PERSON_HEADER])
    const stamp = request?.headers.get(PERSON_HEADER) ?? ''
    expect(stamp).toMatch(/^[\x20-\x7e]+$/)
    expect(JSON.parse(stamp)).toEqual(person)
  })

  it('passes on no stack trace', async () => {
    const { opened } = knock(new Response('Error: secret', { status: 500 }))
    await expect(opened).rejects.toThrow('the room answered 500 to an upgrade')
  })
})

const PROBLEM = { 'content-type': 'application/problem+json' }

describe('the line over HTTP', () => {
  const frames = new TextEncoder().encode('{"frames":[]}')
  const line = (answer: () => Response) => {
    const seen: Request[] = []
    const door = durableRoomDoor({
      idFromName: (name) => ({ name, equals: () => false, toString: () => name }),
      get: () => ({
        fetch: (request) => {
          seen.push(request)
          return Promise.resolve(answer())
        },
      }),
    })
    return { door, seen }
  }
  const asked = (method: string, suffix: string): Request =>
    new Request(`https://twin.example/v1/conversations/${claims.conversationId}${suffix}`, {
      method,
      headers: {
        authorization: 'Bearer secret',
        cookie: 'a=b',
        upgrade: 'websocket',
        connection: 'Upgrade',
        'content-type': 'application/json',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'X-Twin-Claims': '{"visitorId":"other"}',
        'x-partykit-props': 'e30=',
        'x-partykit-room': 'another',
      },
    })

  it.each([
    ['GET', '/stream?after=7&_pk=mine&token=secret', '/stream?after=7', undefined],
    ['GET', '/stream', '/stream', undefined],
    ['POST', '/frames', '/frames', frames],
    ['DELETE', '?x=1', '', undefined],
  ] as const)(
    'keeps %s %s its method and address, and drops whatever else was sent',
    async (method, sent, kept, body) => {
      const { door, seen } = line(() => Response.json({ frames: [] }))
      const answer = await door.forward(asked(method, sent), claims, body)
      expect(await answer.json()).toEqual({ frames: [] })
      const [request] = seen
      expect([request?.method, request?.url]).toEqual([
        method,
        `https://twin.example/v1/conversations/${claims.conversationId}${kept}`,
      ])
      expect(await request?.text()).toBe(body ? '{"frames":[]}' : '')
      expect([...(request?.headers.keys() ?? [])].sort()).toEqual(['content-type', 'x-partykit-room', CLAIMS_HEADER])
      expect(JSON.parse(request?.headers.get(CLAIMS_HEADER) ?? '')).toEqual(claims)
      expect(request?.headers.get('x-partykit-room')).toBe(claims.conversationId)
    },
  )

  it.each([
    [
      'a stream',
      () => new Response('data: 1', { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }),
      200,
    ],
    ['nothing', () => new Response(null, { status: 204 }), 204],
    [
      'a problem',
      () => new Response('{}', { status: 410, headers: { 'content-type': 'application/problem+json' } }),
      410,
    ],
  ] as const)('brings back %s', async (_case, said, status) => {
    const { door } = line(said)
    expect((await door.forward(asked('GET', '/stream'), claims, undefined)).status).toBe(status)
  })

  it.each([
    ['a stack trace', () => new Response('Error: secret\n  at room.ts:1', { status: 500 })],
    ['a page', () => new Response('<h1>secret</h1>', { headers: { 'content-type': 'text/html' } })],
    ['nothing that says what it is', () => new Response(null, { status: 404 })],
  ])('brings back no %s', async (_case, said) => {
    const { door } = line(said)
    await expect(door.forward(asked('DELETE', ''), claims, undefined)).rejects.toThrow(
      /^the room answered \d+ to a DELETE$/,
    )
  })
})
