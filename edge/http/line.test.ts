/** The line over HTTP at its door: what reaches the room, and what of the room reaches the page. */
import { beforeEach, describe, expect, it } from 'vitest'
import { joseSigner } from '../adapters/jose-signer.ts'
import { NOVA_ORIGIN, NOW, PUBLIC_URL, nova, novaCampaign, uuid } from '../testing/nova.ts'
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { lineRoutes } from './line.ts'

const CONVERSATION = uuid<'conversation'>('60000000-0000-8000-8000-000000000001')
const VISITOR = uuid<'visitor'>('60000000-0000-8000-8000-000000000002')
const signer = joseSigner({ current: new Uint8Array(32).fill(7) })

interface Forwarded {
  readonly request: Request
  readonly claims: ConnectionClaims
  readonly body: string | undefined
}
let forwarded: Forwarded[]
let record: DeploymentRecord | undefined
let say: () => Response
let waitSeconds: number
beforeEach(() => {
  waitSeconds = 0
  forwarded = []
  record = nova
  say = () => Response.json({ frames: [] })
})

const routes = lineRoutes({
  directory: {
    findById: () => Promise.resolve(record),
    findByHost: () => Promise.resolve(undefined),
    findBySlug: () => Promise.resolve([]),
  },
  signer,
  addresses: { of: (address) => Promise.resolve(`digest of ${address.length}`) },
  flood: {
    session: () => Promise.resolve(0),
    rush: () => Promise.resolve('calm'),
    admin: () => Promise.resolve(0),
    line: () => Promise.resolve(waitSeconds),
  },
  rooms: {
    open: () => Promise.reject(new Error('no socket was asked for')),
    forward: (request, claims, body) => {
      forwarded.push({ request, claims, body: body && new TextDecoder().decode(body) })
      return Promise.resolve(say())
    },
  },
  clock: () => NOW,
  publicUrl: PUBLIC_URL,
})

const token = (expiresAt = NOW / 1000 + 300, origin = NOVA_ORIGIN): Promise<string> =>
  signer.sign(
    {
      deploymentId: nova.id,
      origin,
      conversationId: CONVERSATION,
      visitorId: VISITOR,
      expiresAt,
      epoch: nova.epoch,
      tier: 'FREE',
    },
    expiresAt - 300,
  )

interface Wish {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly bearer?: string | undefined
}
async function ask({ method = 'GET', path, headers = {}, body, ...wish }: Wish): Promise<Response> {
  const bearer = 'bearer' in wish ? wish.bearer : await token()
  const sent = new Headers({ origin: NOVA_ORIGIN, 'content-type': 'application/json', ...headers })
  if (bearer !== undefined) sent.set('authorization', `Bearer ${bearer}`)
  const request = new Request(`https://twin.example/v1/conversations/${CONVERSATION}${path}`, {
    method,
    headers: sent,
    ...(body === undefined ? {} : { body }),
  })
  return routes.fetch(request, { site: { kind: 'platform' } })
}
const codeOf = async (answer: Response): Promise<unknown> => {
  const problem: unknown = await answer.json()
  return typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined
}

const DOORS: readonly (readonly [string, Wish])[] = [
  ['the stream', { path: '/stream?after=3' }],
  ['posted frames', { method: 'POST', path: '/frames', body: '{"frames":[]}' }],
  ['the wish to be forgotten', { method: 'DELETE', path: '' }],
]

describe.each(DOORS)('%s', (_name, wish) => {
  it('reaches the room with who is speaking', async () => {
    const answer = await ask(wish)
    expect(answer.status).toBe(200)
    expect(forwarded).toHaveLength(1)
    expect(forwarded[0]?.request.method).toBe(wish.method ?? 'GET')
    expect(forwarded[0]?.body).toBe(wish.body)
    expect(forwarded[0]?.claims).toMatchObject({
      deploymentId: nova.id,
      conversationId: CONVERSATION,
      visitorId: VISITOR,
      tenantId: nova.tenantId,
      campaignId: null,
    })
  })

  it('answers this page alone, and no cache', async () => {
    const { headers } = await ask(wish)
    expect(headers.get('access-control-allow-origin')).toBe(NOVA_ORIGIN)
    expect(headers.get('vary')).toBe('Origin')
    expect(headers.get('cache-control')).toContain('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each<[string, () => Promise<Partial<Wish>>, number, string]>([
    ['without a session', async () => ({ bearer: undefined }), 401, 'session_missing'],
    [
      'with a key of another scheme',
      async () => ({ bearer: undefined, headers: { authorization: 'Basic x' } }),
      401,
      'session_missing',
    ],
    ['with rubbish', async () => ({ bearer: 'a.b.c' }), 401, 'session_invalid'],
    ['with an expired session', async () => ({ bearer: await token(NOW / 1000 - 1) }), 401, 'session_expired'],
    [
      'with another key’s session',
      async () => ({
        bearer: await joseSigner({ current: new Uint8Array(32) }).sign(
          {
            deploymentId: nova.id,
            origin: NOVA_ORIGIN,
            conversationId: CONVERSATION,
            visitorId: VISITOR,
            expiresAt: NOW / 1000 + 60,
            epoch: nova.epoch,
            tier: 'FREE',
          },
          NOW / 1000,
        ),
      }),
      401,
      'session_invalid',
    ],
    ['from another page', async () => ({ headers: { origin: 'https://evil.example' } }), 403, 'session_invalid'],
    [
      'with another page’s session',
      async () => ({ bearer: await token(NOW / 1000 + 60, 'https://evil.example') }),
      403,
      'session_invalid',
    ],
    [
      'with an expired session of another page, of which it learns nothing',
      async () => ({ bearer: await token(NOW / 1000 - 1, 'https://evil.example') }),
      403,
      'session_invalid',
    ],
  ])('stays closed %s', async (_case, change, status, code) => {
    const answer = await ask({ ...wish, ...(await change()) })
    expect([answer.status, await codeOf(answer)]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(forwarded).toEqual([])
  })

  it('stays closed at another conversation’s address, at a customer’s host that is not its own, and without an origin', async () => {
    const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' }
    const asked = (conversation: string, more: Record<string, string>): Request =>
      new Request(`https://twin.example/v1/conversations/${conversation}${wish.path}`, {
        method: wish.method ?? 'GET',
        headers: { ...headers, ...more },
        ...(wish.body === undefined ? {} : { body: wish.body }),
      })
    const other = { ...nova, id: uuid<'deployment'>('50000000-0000-4000-8000-0000000000bb') }
    const answers = [
      await routes.fetch(asked(VISITOR, { origin: NOVA_ORIGIN }), { site: { kind: 'platform' } }),
      await routes.fetch(asked(CONVERSATION, { origin: NOVA_ORIGIN }), {
        site: { kind: 'custom', host: 'x', record: other },
      }),
      await routes.fetch(asked(CONVERSATION, {}), { site: { kind: 'platform' } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(forwarded).toEqual([])
  })

  it.each<[string, () => DeploymentRecord | undefined, number, string]>([
    ['the twin was paused', () => ({ ...nova, status: 'SUSPENDED' }), 404, 'twin_not_found'],
    ['the twin is gone', () => undefined, 404, 'twin_not_found'],
    ['the page was taken off the list', () => ({ ...nova, allowedOrigins: [] }), 403, 'origin_not_allowed'],
    [
      'the campaign is over',
      () => ({ ...nova, campaign: { ...novaCampaign, status: 'ENDED' } }),
      410,
      'campaign_ended',
    ],
  ])('closes while a session runs, when %s', async (_case, change, status, code) => {
    record = change()
    const answer = await ask(wish)
    expect([answer.status, await codeOf(answer)]).toEqual([status, code])
    expect(forwarded).toEqual([])
  })

  it('passes the room’s own no on, as the room said it', async () => {
    say = () =>
      Response.json(
        { code: 'conversation_deleted' },
        {
          status: 410,
          headers: {
            'content-type': 'application/problem+json',
            'retry-after': '3',
            'x-inner': 'secret',
            'set-cookie': 'a=b',
          },
        },
      )
    const answer = await ask(wish)
    expect([answer.status, await codeOf(answer)]).toEqual([410, 'conversation_deleted'])
    expect(answer.headers.get('retry-after')).toBe('3')
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    for (const name of ['x-inner', 'set-cookie']) expect(answer.headers.has(name)).toBe(false)
  })
})

describe('the stream', () => {
  it('flows on as it comes, and ends at the room when the page leaves', async () => {
    let left: unknown
    let push: (text: string) => void = () => {}
    say = () =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            push = (text) => controller.enqueue(new TextEncoder().encode(text))
          },
          cancel: (reason) => {
            left = reason ?? 'left'
          },
        }),
        { headers: { 'content-type': 'text/event-stream' } },
      )
    const answer = await ask({ path: '/stream' })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    expect(answer.headers.get('cache-control')).toContain('no-transform')
    const reader = answer.body?.getReader()
    for (const event of ['data: 1\n\n', ': \n\n', 'data: 2\n\n']) {
      push(event)
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(event)
    }
    await reader?.cancel('gone')
    expect(left).toBe('gone')
  })

  it.each([
    '/stream?after=-1',
    '/stream?after=1.5',
    '/stream?after=',
    '/stream?after=null',
    `/stream?after=${'9'.repeat(16)}`,
  ])('refuses %s by name', async (path) => {
    const answer = await ask({ path })
    expect([answer.status, await codeOf(answer)]).toEqual([422, 'request_invalid'])
    expect(forwarded).toEqual([])
  })

  it('is not opened by a HEAD, whose answer nobody would read', async () => {
    const answer = await ask({ method: 'HEAD', path: '/stream' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, OPTIONS'])
    expect(forwarded).toEqual([])
  })
})

describe('posted frames', () => {
  const post = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    ask({ method: 'POST', path: '/frames', body, headers })

  it('arrive byte by byte as they were sent', async () => {
    const body = '{"frames":[{"type":"message-send","messageId":"1","text":"Ümläut \\ud83d\\ude00"}]}  '
    await post(body)
    expect(forwarded[0]?.body).toBe(body)
  })

  it.each<[string, string, Readonly<Record<string, string>>, number, string]>([
    ['a byte too many', `"${'x'.repeat(65_535)}"`, {}, 413, 'request_too_large'],
    ['a length that is too long', '{}', { 'content-length': '70000' }, 413, 'request_too_large'],
    ['a form', 'frames=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'media_type_unsupported'],
    ['plain text, which needs no preflight', '{}', { 'content-type': 'text/plain' }, 415, 'media_type_unsupported'],
  ])('are refused with %s before a room is woken', async (_case, body, headers, status, code) => {
    const answer = await post(body, headers)
    expect([answer.status, await codeOf(answer)]).toEqual([status, code])
    expect(forwarded).toEqual([])
  })

  it('may be exactly as long as a frame', async () => {
    expect((await post(`"${'x'.repeat(65_534)}"`)).status).toBe(200)
  })
})

it.each(DOORS)('asks whom the flood gate stops at %s to wait, and wakes no room', async (_door, wish) => {
  waitSeconds = 60
  const answer = await ask(wish)
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toBe('60')
  expect(await codeOf(answer)).toBe('rate_limited')
  expect(forwarded).toEqual([])
})
