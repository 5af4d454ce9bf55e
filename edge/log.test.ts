/** The log of a whole conversation and of everything that goes wrong around it: one line of JSON an event, and nobody's words. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { openSocket } from './testing/open-socket.ts'
import { openStream } from './testing/open-stream.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

const REMY = `http://remyvale.localhost:${DEMO_PORT}`
const { remyWidget } = CAST.deployments
const SECRET = `${'s3cr3t'.repeat(7)}A`
const WORDS = 'my-very-private-words'
const HOSTILE = `${WORDS}\u202e\u001b[31m"}{"event":"forged"`

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any

let edge: RunningEdge
const tokens: string[] = []
beforeAll(async () => {
  edge = await runEdge({ vars: { LOG_LEVEL: 'info' } })
}, 120_000)
afterAll(async () => {
  await edge?.stop()
}, 30_000)

let number = 0
async function mint(): Promise<Json> {
  number += 1
  const { body } = await edge.ask({
    method: 'POST',
    path: '/v1/sessions',
    origin: REMY,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ deploymentId: remyWidget, visitorSecret: SECRET, conversation: number }),
  })
  const session = JSON.parse(body)
  tokens.push(session.token)
  return session
}

async function converse(): Promise<void> {
  const { token, conversationId } = await mint()
  const socket = await openSocket({
    url: `ws://localhost:${edge.port}/parties/twin-room/${conversationId}`,
    protocols: ['twin.v1', `twin.session.${token}`],
    origin: REMY,
  })
  socket.send(JSON.stringify({ type: 'hello', after: null }))
  await socket.hear.first
  socket.send(JSON.stringify({ type: 'message-send', messageId: 'm-1', text: WORDS }))
  socket.send(`{"type": ${HOSTILE}`)
  const other = await mint()
  const headers = { origin: REMY, authorization: `Bearer ${other.token}` }
  const line = `http://localhost:${edge.port}/v1/conversations/${other.conversationId}`
  const stream = await openStream({ url: `${line}/stream`, headers })
  await stream.next()
  const frames = JSON.stringify({
    frames: [{ type: 'message-send', messageId: 'm-1', text: WORDS }, { type: HOSTILE }],
  })
  await fetch(`${line}/frames`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: frames,
  })
  for (let frame: Json = {}; frame?.type !== 'reply-end'; frame = await stream.next()) if (frame === undefined) break
  await stream.leave()
  socket.close()
  await socket.hear.closed
}

async function goWrong(): Promise<void> {
  const key = ['Authorization', `Bearer ${edge.adminKey}`] as const
  const json = ['Content-Type', 'application/json'] as const
  await edge.ask({ path: `/v1/${WORDS}/../${encodeURIComponent(HOSTILE)}?token=${tokens[0]}`, origin: REMY })
  await edge.ask({
    path: `/v1/embed/${WORDS}`,
    headers: [
      ['User-Agent', WORDS],
      ['X-Request-Id', WORDS],
    ],
  })
  await edge.ask({ method: 'POST', path: '/v1/sessions', origin: REMY, headers: [json], body: `{"x": ${HOSTILE}` })
  await edge.ask({ path: '/admin/v1/brands', headers: [['Authorization', `Bearer ${WORDS}`]] })
  const path = `/admin/v1/deployments/${remyWidget}`
  await edge.ask({ method: 'PATCH', path, headers: [key, json], body: JSON.stringify({ greeting: WORDS }) })
  await edge.stopDatabase()
  await edge.ask({ method: 'PATCH', path, headers: [key, json], body: JSON.stringify({ greeting: WORDS }) })
  await edge.ask({ path: `/v1/embed/${CAST.deployments.marlowClub}`, origin: REMY })
  await edge.returnDatabase()
}

/** Without what the local runtime puts before each. */
const lines = (): string[] => edge.log.map((line) => line.replace(/^(?:error|warn|info|log): /, ''))

/** What the Worker's process has written by now may still be on its way. */
const logged = (words: string): Promise<readonly string[]> =>
  vi.waitFor(() => {
    const found = lines().filter((line) => line.includes(words))
    expect(found).not.toEqual([])
    return found
  })

describe('the log', () => {
  it('of a conversation and of all that can go wrong around it holds nobody’s words, and no token or key', async () => {
    await converse()
    await goWrong()
    await logged('"status":503')
    const log = lines().join('\n')
    expect(log).toContain('"event":"request_failed"')
    expect(log).toContain('"route":"/v1/sessions"')
    expect(log).not.toContain(WORDS)
    for (const secret of [SECRET, edge.adminKey, edge.sessionKey.toString(), 'Bearer', 'twin_app:', ...tokens])
      expect(log).not.toContain(secret)
    for (const token of tokens) expect(log).not.toContain(token.split('.')[2])
  })

  it('is one line of JSON an event, in plain characters', () => {
    expect(lines().length).toBeGreaterThan(8)
    for (const line of lines()) {
      expect(line).toMatch(/^[\x20-\x7e]+$/)
      expect(JSON.parse(line)).toMatchObject({
        level: expect.stringMatching(/^(?:error|warn|info)$/),
        event: expect.stringMatching(/^[a-z_]+$/),
      })
    }
  })

  it('names each request as its answer does', async () => {
    const { headers } = await edge.ask({ path: `/v1/embed/${remyWidget}`, origin: REMY })
    const requestId = headers.get('x-request-id')
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
    const [line = ''] = await logged(String(requestId))
    expect(JSON.parse(line)).toMatchObject({ event: 'request', method: 'GET', route: '/v1/embed/:', status: 200 })
  })

  it('names a failure as its problem does', async () => {
    await edge.stopDatabase()
    const path = `/v1/embed/${CAST.deployments.kickColaCampaign}`
    const { status, headers, body } = await edge.ask({ path, origin: REMY })
    await edge.returnDatabase()
    const { requestId } = JSON.parse(body)
    expect([status, headers.get('x-request-id')]).toEqual([503, requestId])
    await logged(`"requestId":"${requestId}","method"`)
    const failures = lines().filter((one) => one.includes(requestId) && one.includes('request_failed'))
    expect(failures).toHaveLength(1)
  })
})
