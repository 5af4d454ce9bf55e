/** Pausing and revoking through the whole Worker: from the admin's request to the last open line, on real workerd. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
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

const { remyWidget, solaraCampaign } = CAST.deployments
const REMY = `http://remyvale.localhost:${DEMO_PORT}`
const SOLARA = `http://solara.localhost:${DEMO_PORT}`
/** What is promised of the last open line; here there is no network in between. */
const FELT_WITHIN_MS = 5_000

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any

let number = 0
async function mint(deploymentId: string = remyWidget, origin = REMY): Promise<{ status: number; body: Json }> {
  number += 1
  const { status, body } = await edge.ask({
    method: 'POST',
    path: '/v1/sessions',
    origin,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ deploymentId, visitorSecret: `${'h'.repeat(42)}A`, conversation: number }),
  })
  return { status, body: JSON.parse(body) }
}

async function admin(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const answer = await edge.ask({
    method,
    path: `/admin/v1${path}`,
    headers: [
      ['Authorization', `Bearer ${edge.adminKey}`],
      ['Content-Type', 'application/json'],
    ],
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: JSON.parse(answer.body) }
}

async function socketOf({ token, conversationId }: Json, origin = REMY) {
  const socket = await openSocket({
    url: `ws://localhost:${edge.port}/parties/twin-room/${conversationId}`,
    protocols: ['twin.v1', `twin.session.${token}`],
    origin,
  })
  socket.send(JSON.stringify({ type: 'hello', after: null }))
  expect(await socket.hear.first).toMatchObject({ type: 'welcome' })
  return socket
}

const sockets = async (count: number, deploymentId: string = remyWidget, origin = REMY) => {
  const sessions = await Promise.all(Array.from({ length: count }, () => mint(deploymentId, origin)))
  return Promise.all(sessions.map(({ body }) => socketOf(body, origin)))
}

/** How long each took to be closed, and with which codes. */
async function closing(open: readonly { readonly hear: { readonly closed: Promise<number> } }[], began: number) {
  const ends = await Promise.all(open.map(({ hear }) => hear.closed.then((code) => ({ code, ms: Date.now() - began }))))
  return { codes: new Set(ends.map(({ code }) => code)), slowestMs: Math.max(...ends.map(({ ms }) => ms)) }
}

describe('a kill switch', () => {
  it.each([
    ['a deployment', `/deployments/${remyWidget}`],
    ['a celebrity', `/celebrities/${CAST.remy.celebrityId}`],
  ])('that pauses %s reaches every open socket and stream at once, and no other deployment’s', async (_case, path) => {
    const open = await sockets(40)
    const { body: session } = await mint()
    const stream = await openStream({
      url: `http://localhost:${edge.port}/v1/conversations/${session.conversationId}/stream`,
      headers: { origin: REMY, authorization: `Bearer ${session.token}` },
    })
    expect(await stream.next()).toMatchObject({ type: 'welcome' })
    const [other] = path.includes('celebrities') ? [] : await sockets(1, solaraCampaign, SOLARA)
    const began = Date.now()
    expect((await admin('PATCH', path, { status: 'INACTIVE' })).status).toBe(200)
    const { codes, slowestMs } = await closing(open, began)
    expect([...codes]).toEqual([4404])
    expect(slowestMs).toBeLessThan(FELT_WITHIN_MS)
    expect(await stream.next()).toMatchObject({ type: 'error', code: 'twin_not_found' })
    expect(await stream.next()).toBeUndefined()
    expect((await mint()).status).toBe(404)
    expect((await admin('PATCH', path, { status: 'ACTIVE' })).status).toBe(200)
    await sockets(1) // and lets everybody in again
    if (!other) return
    other.send('ping')
    other.close()
    expect(await other.hear.closed).toBe(1000)
  })

  it('that ends a campaign says so', async () => {
    const open = await sockets(3, solaraCampaign, SOLARA)
    const path = `/campaigns/${CAST.solara.campaignId}`
    expect((await admin('PATCH', path, { status: 'ENDED' })).status).toBe(200)
    expect([...(await closing(open, Date.now())).codes]).toEqual([4410])
  })
})

describe('a revocation', () => {
  it('ends every session that was given before, wherever it is used, and none that is given after', async () => {
    const open = await sockets(10)
    const { body: unused } = await mint()
    const revoked = await admin('POST', `/deployments/${remyWidget}/revoke-sessions`)
    expect(revoked).toMatchObject({ status: 200, body: { deployment: { epoch: 1 } } })
    expect([...(await closing(open, Date.now())).codes]).toEqual([4401])
    const headers = [
      ['Authorization', `Bearer ${unused.token}`],
      ['Content-Type', 'application/json'],
    ] as const
    const line = `/v1/conversations/${unused.conversationId}`
    for (const [method, path] of [
      ['GET', `${line}/stream`],
      ['POST', `${line}/frames`],
      ['DELETE', line],
    ] as const) {
      const { status, body } = await edge.ask({ method, path, origin: REMY, headers, body: '{"frames":[]}' })
      expect([status, JSON.parse(body).code]).toEqual([401, 'session_expired'])
    }
    const late = await openSocket({
      url: `ws://localhost:${edge.port}/parties/twin-room/${unused.conversationId}`,
      protocols: ['twin.v1', `twin.session.${unused.token}`],
      origin: REMY,
    })
    expect(await late.hear.first).toMatchObject({ type: 'error', code: 'session_expired' })
    expect(await late.hear.closed).toBe(4401)
    await sockets(1)
  })

  it.each(['GET', 'DELETE', 'PUT'])('is not asked for with %s', async (method) => {
    expect((await admin(method, `/deployments/${remyWidget}/revoke-sessions`)).status).toBe(405)
  })

  it('of no deployment is not found', async () => {
    expect((await admin('POST', `/deployments/${CAST.remy.celebrityId}/revoke-sessions`)).status).toBe(404)
  })
})
