/** The line over HTTP through the whole Worker and its room: frames as a stream of events, posted frames, being forgotten. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { parseId } from '../schema/domain/id.ts'
import type { Id } from '../schema/domain/id.ts'
import { joseSigner } from './adapters/jose-signer.ts'
import { openSocket } from './testing/open-socket.ts'
import { openStream } from './testing/open-stream.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(async () => {
  await edge.stop()
}, 30_000)

const { remyWidget } = CAST.deployments
const REMY = `http://remyvale.localhost:${DEMO_PORT}`

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any
interface Opened {
  readonly token: string
  readonly conversationId: Id<'conversation'>
  readonly visitorId: Id<'visitor'>
}

let number = 0
/** A conversation nobody has spoken in. */
async function open(): Promise<Opened> {
  number += 1
  const { body } = await edge.ask({
    method: 'POST',
    path: '/v1/sessions',
    origin: REMY,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ deploymentId: remyWidget, visitorSecret: `${'a'.repeat(42)}A`, conversation: number }),
  })
  const { token, ...ids }: Json = JSON.parse(body)
  const conversationId = parseId<'conversation'>(ids.conversationId)
  const visitorId = parseId<'visitor'>(ids.visitorId)
  if (!conversationId || !visitorId) throw new Error(`no session: ${body}`)
  return { token, conversationId, visitorId }
}
const stream = ({ token, conversationId }: Opened, query = '') =>
  openStream({
    url: `http://localhost:${edge.port}/v1/conversations/${conversationId}/stream${query}`,
    headers: { origin: REMY, authorization: `Bearer ${token}` },
  })
async function say(
  method: 'POST' | 'DELETE' | 'GET',
  suffix: string,
  { token, conversationId }: Opened,
  body?: unknown,
): Promise<{ status: number; headers: ReadonlyMap<string, string>; body: Json }> {
  const answer = await edge.ask({
    method,
    path: `/v1/conversations/${conversationId}${suffix}`,
    origin: REMY,
    headers: [
      ['Authorization', `Bearer ${token}`],
      ['Content-Type', 'application/json'],
    ],
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { ...answer, body: answer.body === '' ? undefined : JSON.parse(answer.body) }
}
const question = { type: 'message-send', messageId: 'm-1', text: 'What was the loudest ground you ever worked?' }

describe('the line over HTTP', () => {
  it('is a conversation: what is posted is acknowledged there, and answered on the stream', async () => {
    const session = await open()
    const { response, next, leave } = await stream(session)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(response.headers.get('access-control-allow-origin')).toBe(REMY)
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
    expect(await next()).toMatchObject({ type: 'welcome', conversationId: session.conversationId, resumed: false })

    const posted = await say('POST', '/frames', session, { frames: [question] })
    expect(posted.status).toBe(200)
    expect(posted.headers.get('access-control-allow-origin')).toBe(REMY)
    expect(posted.body.frames).toMatchObject([{ type: 'ack', messageId: 'm-1' }])

    const heard: Json[] = []
    while (heard.at(-1)?.type !== 'reply-end') heard.push(await next())
    expect(heard[0]).toMatchObject({ type: 'message-added', text: question.text })
    expect(heard.filter((frame) => Array.isArray(frame)).length).toBeGreaterThan(1) // word by word, not gathered
    expect(heard.at(-1)).toMatchObject({ outcome: 'answered' })
    await leave()

    // Who comes back is told what was missed, in order, once.
    const again = await stream(session, '?after=1')
    expect(await again.next()).toMatchObject({ type: 'welcome', resumed: true })
    for (const frame of heard.slice(1)) expect(await again.next()).toEqual(frame)
    await again.leave()
  })

  it('refuses what is no frame where it was posted, and carries on', async () => {
    const session = await open()
    const { status, body } = await say('POST', '/frames', session, { frames: [{ type: 'shout' }, question] })
    expect([status, body.frames.map(({ type }: Json) => type)]).toEqual([200, ['error', 'ack']])
    expect((await say('POST', '/frames', session, { frames: [] })).body.code).toBe('request_invalid')
  })

  it('forgets a conversation when its visitor says so: open lines are told, later ones refused, twice is once', async () => {
    const session = await open()
    const { next } = await stream(session)
    await next()
    await say('POST', '/frames', session, { frames: [question] })
    const forgotten = await say('DELETE', '', session)
    expect([forgotten.status, forgotten.headers.get('access-control-allow-origin')]).toEqual([204, REMY])
    let last: Json
    for (let frame = await next(); frame !== undefined; frame = await next()) last = frame
    expect(last).toMatchObject({ type: 'error', code: 'conversation_deleted' })

    expect((await say('DELETE', '', session)).status).toBe(204)
    expect(await say('POST', '/frames', session, { frames: [question] })).toMatchObject({
      body: { code: 'conversation_deleted' },
    })
    const late = await stream(session)
    expect(late.response.headers.get('content-type')).toBe('application/problem+json')
    await late.leave()
    const { hear } = await openSocket({
      url: `ws://localhost:${edge.port}/parties/twin-room/${session.conversationId}`,
      protocols: ['twin.v1', `twin.session.${session.token}`],
      origin: REMY,
    })
    expect([await hear.first, await hear.closed]).toMatchObject([{ code: 'conversation_deleted' }, 4410])
  })

  it('tells a page whose session has expired to ask for another', async () => {
    const { conversationId, visitorId } = await open()
    const signer = joseSigner({ current: edge.sessionKey })
    const issuedAt = Math.floor(Date.now() / 1000) - 400
    const claims = {
      deploymentId: remyWidget,
      origin: REMY,
      conversationId,
      visitorId,
      expiresAt: issuedAt + 300,
      epoch: 0,
      tier: 'FREE' as const,
    }
    const session = { token: await signer.sign(claims, issuedAt), conversationId, visitorId }
    for (const [method, suffix] of [
      ['GET', '/stream'],
      ['POST', '/frames'],
      ['DELETE', ''],
    ] as const)
      expect(await say(method, suffix, session, method === 'POST' ? {} : undefined)).toMatchObject({
        status: 401,
        body: { code: 'session_expired' },
      })
  })

  it('believes nothing that a visitor says of who is speaking', async () => {
    const [mine, other] = [await open(), await open()]
    const headers = [
      ['Authorization', `Bearer ${mine.token}`],
      ['X-Twin-Claims', JSON.stringify({ conversationId: other.conversationId, visitorId: other.visitorId })],
      ['X-Partykit-Room', other.conversationId],
      ['Content-Type', 'application/json'],
    ] as const
    const frames = JSON.stringify({ frames: [question] })
    const wish = { method: 'POST', origin: REMY, headers, body: frames }
    expect((await edge.ask({ ...wish, path: `/v1/conversations/${other.conversationId}/frames` })).status).toBe(403)
    expect((await edge.ask({ ...wish, path: `/v1/conversations/${mine.conversationId}/frames` })).status).toBe(200)
    const { next, leave } = await stream(other)
    expect(await next()).toMatchObject({ type: 'welcome', messages: [] })
    await leave()
  })

  it.each([
    ['/stream', 'GET'],
    ['/frames', 'POST'],
    ['', 'DELETE'],
  ])('answers the preflight of %s, which grants nothing yet', async (suffix, method) => {
    const path = `/v1/conversations/60000000-0000-8000-8000-000000000001${suffix}`
    const { status, headers } = await edge.ask({
      method: 'OPTIONS',
      path,
      origin: REMY,
      headers: [
        ['Access-Control-Request-Method', method],
        ['Access-Control-Request-Headers', 'authorization,content-type'],
      ],
    })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-methods')).toBe(method)
    expect(headers.get('access-control-allow-headers')).toBe('authorization, content-type')
    expect(headers.get('access-control-max-age')).toBe('7200')
    expect(headers.has('access-control-allow-credentials')).toBe(false)
    const wrong = await edge.ask({ method: 'PUT', path, origin: REMY })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([
      405,
      `${method === 'GET' ? 'GET, HEAD' : method}, OPTIONS`,
    ])
  })
})
