/** Every door, asked byte by byte: which page, which host, which session. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../schema/wire/limits.ts'
import { CAST } from '../../schema/local/cast.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { rawRequest } from '../wire/raw-request.ts'
import type { RawAnswer } from '../wire/raw-request.ts'
import { newVisitorSecret, requestSession } from '../wire/request-session.ts'
import type { Session } from '../wire/request-session.ts'

const REMY = CAST.deployments.remyWidget

let stack: Stack
let session: Session

beforeAll(async () => {
  stack = await startStack({ openai: false })
  session = await requestSession({ port: stack.ports.worker, origin: own(), deploymentId: REMY })
})
afterAll(() => stack?.stop())

/** Origins a page may claim, as functions of the port the demo sites got. */
const TRICKS: readonly (readonly [name: string, origins: (port: number) => readonly string[]])[] = [
  ['no Origin', () => []],
  ['an Origin that says null', () => ['null']],
  ['an Origin in capitals', (port) => [`http://REMYVALE.localhost:${port}`]],
  ['another scheme', (port) => [`https://remyvale.localhost:${port}`]],
  ['another port', (port) => [`http://remyvale.localhost:${port + 1}`]],
  ['no port', () => ['http://remyvale.localhost']],
  ['a trailing dot', (port) => [`http://remyvale.localhost.:${port}`]],
  ['a trailing slash', (port) => [`http://remyvale.localhost:${port}/`]],
  ['a look-alike prefix', (port) => [`http://evilremyvale.localhost:${port}`]],
  ['a look-alike suffix', (port) => [`http://remyvale.localhost.evil.example:${port}`]],
  ['a subdomain', (port) => [`http://www.remyvale.localhost:${port}`]],
  ['a user name before the host', (port) => [`http://remyvale.localhost:${port}@evil.example`]],
  ['two origins in one header', (port) => [`http://remyvale.localhost:${port}, http://remyvale.localhost:${port}`]],
  ['two Origin headers', (port) => [`http://remyvale.localhost:${port}`, `http://remyvale.localhost:${port}`]],
  ["the stranger's Origin", (port) => [`http://stranger.localhost:${port}`]],
]

describe.each(TRICKS)('%s', (_name, originsOf) => {
  const origins = () => originsOf(stack.ports.demo)

  it('gets no embed config', async () => {
    expectRefused(await ask({ path: `/v1/embed/${REMY}`, origins: origins() }))
  })
  it('gets no embed config by the older form', async () => {
    expectRefused(await ask({ path: `/v1/embed?celebrity=${CAST.remy.slug}`, origins: origins() }))
  })
  it('gets no session', async () => {
    expectRefused(await ask({ method: 'POST', path: '/v1/sessions', origins: origins(), body: sessionBody() }))
  })
  it('gets no socket, not even with a session', async () => {
    const answer = await upgrade({ origins: origins(), token: session.token })
    expectRefused(answer)
  })
})

describe('the right Origin', () => {
  it('gets the embed config, cacheable and without credentials', async () => {
    const { status, headers } = await ask({ path: `/v1/embed/${REMY}`, origins: [own()] })
    expect(status).toBe(200)
    expect(headers.get('access-control-allow-origin')).toBe(own())
    expect(headers.get('vary')?.toLowerCase()).toContain('origin')
    expect(headers.get('cache-control')).toContain('max-age=60')
    expect(headers.has('set-cookie')).toBe(false)
    expect(headers.has('access-control-allow-credentials')).toBe(false)
  })
  it('gets a socket that speaks twin.v1', async () => {
    const { status, headers } = await upgrade({ origins: [own()], token: session.token })
    expect(status).toBe(101)
    expect(headers.get('sec-websocket-protocol')).toBe(SUBPROTOCOL)
  })
})

describe('a session', () => {
  it.each([
    ['forged in its signature', (token: string) => `${token.slice(0, -4)}AAAA`],
    ['with alg none', (token: string) => unsigned(token)],
    ['that is no token at all', () => 'nonsense'],
    ['that is empty', () => ''],
  ])('%s opens no socket', async (_case, forge) => {
    expectRefused(await upgrade({ origins: [own()], token: forge(session.token) }))
  })
  it("opens no other visitor's conversation", async () => {
    const other = await requestSession({ port: stack.ports.worker, origin: own(), deploymentId: REMY })
    expectRefused(await upgrade({ origins: [own()], token: session.token, conversationId: other.conversationId }))
  })
  it('opens no socket from another allowed page', async () => {
    const solara = stack.site('solara').slice(0, -1)
    expectRefused(await upgrade({ origins: [solara], token: session.token }))
  })
  it('opens no socket without a subprotocol, nor from the address', async () => {
    expectRefused(await upgrade({ origins: [own()], token: undefined }))
    const path = `/parties/twin-room/${session.conversationId}?token=${session.token}`
    expectRefused(await upgrade({ origins: [own()], token: undefined, path }))
  })
})

describe('a Host', () => {
  it.each([
    ['that is foreign', 'evil.example'],
    ['that is a look-alike of ours', 'localhost.evil.example'],
    ['that is a look-alike of a customer', 'eviltwin.marlow.localhost'],
  ])('%s gets 421, also for files', async (_case, host) => {
    for (const path of ['/', '/v1/twin.js', `/v1/embed/${REMY}`, '/admin/v1/celebrities']) {
      const { status } = await rawRequest({
        port: stack.ports.worker,
        path,
        headers: [
          ['Host', host],
          ['Origin', own()],
        ],
      })
      expect(`${path} ${status}`).toBe(`${path} 421`)
    }
  })
  it('is not read from X-Forwarded-Host', async () => {
    const headers = [
      ['Host', 'evil.example'],
      ['X-Forwarded-Host', 'localhost'],
    ] as const
    expect((await rawRequest({ port: stack.ports.worker, path: '/v1/twin.js', headers })).status).toBe(421)
  })
  it("of a customer serves no admin route and nobody else's twin", async () => {
    const host = `${CAST.whiteLabelHost}:${stack.ports.worker}`
    const admin = await rawRequest({
      port: stack.ports.worker,
      path: '/admin/v1/celebrities',
      headers: [
        ['Host', host],
        ['Authorization', `Bearer ${stack.adminKey}`],
      ],
    })
    expect(admin.status).toBe(404)
    expectRefused(
      await rawRequest({
        port: stack.ports.worker,
        path: `/v1/embed/${REMY}`,
        headers: [
          ['Host', host],
          ['Origin', own()],
        ],
      }),
    )
  })
})

function own(): string {
  return stack.site('remyvale').slice(0, -1)
}

function sessionBody(): string {
  return JSON.stringify({ deploymentId: REMY, visitorSecret: newVisitorSecret(), conversation: 0 })
}

interface Wish {
  readonly method?: string
  readonly path: string
  readonly origins: readonly string[]
  readonly body?: string
}

function ask({ method = 'GET', path, origins, body = '' }: Wish): Promise<RawAnswer> {
  const headers = [
    ['Host', `localhost:${stack.ports.worker}`] as const,
    ...origins.map((one) => ['Origin', one] as const),
  ]
  const typed = body === '' ? headers : [...headers, ['Content-Type', 'application/json'] as const]
  return rawRequest({ port: stack.ports.worker, method, path, headers: typed, body })
}

interface Upgrade {
  readonly origins: readonly string[]
  readonly token: string | undefined
  readonly conversationId?: string
  readonly path?: string
}

function upgrade({ origins, token, conversationId = session.conversationId, path }: Upgrade): Promise<RawAnswer> {
  const offer =
    token === undefined
      ? []
      : [['Sec-WebSocket-Protocol', `${SUBPROTOCOL}, ${SESSION_SUBPROTOCOL_PREFIX}${token}`] as const]
  return rawRequest({
    port: stack.ports.worker,
    path: path ?? `/parties/twin-room/${conversationId}`,
    headers: [
      ['Host', `localhost:${stack.ports.worker}`],
      ...origins.map((one) => ['Origin', one] as const),
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Version', '13'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ...offer,
    ],
  })
}

/** A plain no: a problem with a code, and no word of how the inside looks. */
function expectRefused({ status, headers, body }: RawAnswer): void {
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem: unknown = JSON.parse(body)
  expect(problem).toMatchObject({ status, code: expect.stringMatching(/^[a-z_]+$/) })
  expect(body).not.toMatch(/\bat .*\.(?:ts|js):\d+/)
}

function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
  return `${header}.${token.split('.')[1]}.`
}
