/** The ticket that opens a socket, through the whole Worker and its room: once, soon, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { parseId } from '../schema/domain/id.ts'
import { joseSigner } from './adapters/jose-signer.ts'
import { openSocket } from './testing/open-socket.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(async () => {
  await edge?.stop()
}, 30_000)

const { remyWidget } = CAST.deployments
const REMY = `http://remyvale.localhost:${DEMO_PORT}`

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any

let number = 0
async function mint(): Promise<Json> {
  number += 1
  const { body } = await edge.ask({
    method: 'POST',
    path: '/v1/sessions',
    origin: REMY,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ deploymentId: remyWidget, visitorSecret: `${'t'.repeat(42)}A`, conversation: number }),
  })
  return JSON.parse(body)
}
const offer = ({ conversationId }: Json, ticket: string, origin = REMY) =>
  openSocket({
    url: `ws://localhost:${edge.port}/parties/twin-room/${conversationId}`,
    protocols: ['twin.v1', ticket],
    origin,
  })
async function welcomed(session: Json, ticket: string) {
  const socket = await offer(session, ticket)
  socket.send(JSON.stringify({ type: 'hello', after: null }))
  expect(await socket.hear.first).toMatchObject({ type: 'welcome' })
  return socket
}
async function turnedAway(session: Json, ticket: string): Promise<void> {
  const { hear } = await offer(session, ticket)
  expect([await hear.first, await hear.closed]).toMatchObject([{ type: 'error', code: 'session_expired' }, 4401])
}

describe('a ticket', () => {
  it('opens one socket, and hands the next to whoever comes in by it', async () => {
    const session = await mint()
    const first = await welcomed(session, session.ticket)
    const next = await first.hear.ticket
    expect(next).not.toBe(session.ticket)
    await turnedAway(session, session.ticket)
    const second = await welcomed(session, next)
    await turnedAway(session, next)
    await welcomed(session, await second.hear.ticket)
  })

  it('is used up by one of many who show it at the same time', async () => {
    const session = await mint()
    const all = await Promise.all(Array.from({ length: 8 }, () => offer(session, session.ticket)))
    for (const one of all) one.send(JSON.stringify({ type: 'hello', after: null }))
    const heard = await Promise.all(all.map(({ hear }) => hear.first))
    expect(heard.filter((frame: Json) => frame.type === 'welcome')).toHaveLength(1)
  })

  it('stays used when the Worker and its rooms begin anew', async () => {
    const session = await mint()
    await welcomed(session, session.ticket)
    await edge.restartWorker()
    await turnedAway(session, session.ticket)
  })

  it('is good for thirty seconds, and the next for as long as the session', async () => {
    const session = await mint()
    const signer = joseSigner({ current: edge.sessionKey })
    const now = Date.now()
    const [ticket, later] = [session.ticket.slice('twin.session.'.length), now + 31_000]
    expect(await signer.verify(ticket, now, 'session or ticket')).toMatchObject({ ok: true })
    expect(await signer.verify(ticket, later, 'session or ticket')).toMatchObject({
      failure: { reason: 'session_expired' },
    })
    const socket = await welcomed(session, session.ticket)
    const next = (await socket.hear.ticket).slice('twin.session.'.length)
    const end = Date.parse(session.expiresAt)
    expect(await signer.verify(next, end - 1_000, 'session or ticket')).toMatchObject({ ok: true })
    expect(await signer.verify(next, end, 'session or ticket')).toMatchObject({
      failure: { reason: 'session_expired' },
    })
  })

  it('that is too old tells its page to ask for a session', async () => {
    const session = await mint()
    const issuedAt = Math.floor(Date.now() / 1000) - 60
    const [conversationId, visitorId] = [
      parseId<'conversation'>(session.conversationId),
      parseId<'visitor'>(session.visitorId),
    ]
    if (!conversationId || !visitorId) throw new Error('no ids')
    const grant = { deploymentId: remyWidget, origin: REMY, conversationId, visitorId, epoch: 0, tier: 'FREE' as const }
    const signer = joseSigner({ current: edge.sessionKey })
    const old = await signer.signTicket({ ...grant, expiresAt: issuedAt + 600 }, issuedAt, issuedAt + 30)
    await turnedAway(session, `twin.session.${old}`)
  })

  it.each(['GET /stream', 'POST /frames', 'DELETE '])('is no session: %s', async (route) => {
    const { conversationId, ticket } = await mint()
    const [method = '', suffix = ''] = route.split(' ')
    const { status, body } = await edge.ask({
      method,
      path: `/v1/conversations/${conversationId}${suffix}`,
      origin: REMY,
      headers: [['Authorization', `Bearer ${ticket.slice('twin.session.'.length)}`]],
    })
    expect([status, JSON.parse(body).code]).toEqual([401, 'session_invalid'])
  })

  it('of another conversation, or of another page, opens nothing', async () => {
    const [mine, other] = [await mint(), await mint()]
    await expect(offer(mine, other.ticket)).rejects.toThrow('refused')
    await expect(offer(mine, mine.ticket, 'http://solara.localhost:8788')).rejects.toThrow('refused')
  })

  it('is sent to nobody who came without one', async () => {
    const session = await mint()
    const socket = await welcomed(session, `twin.session.${session.token}`)
    socket.send('ping')
    let ticket: string | undefined
    void socket.hear.ticket.then((heard) => (ticket = heard))
    socket.close()
    await socket.hear.closed
    expect(ticket).toBeUndefined()
  })
})
