/** The whole Worker over real HTTP: the doors, the session, the socket, the pages, and the database going away. */
import { UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { parseId } from '../schema/domain/id.ts'
import type { Id, IdKind } from '../schema/domain/id.ts'
import { joseSigner } from './adapters/jose-signer.ts'
import { openSocket } from './testing/open-socket.ts'
import { shakeHands } from './testing/shake-hands.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(async () => {
  await edge.stop()
}, 30_000)

const { remyWidget, solaraCampaign, marlowWhiteLabel } = CAST.deployments
const REMY = `http://remyvale.localhost:${DEMO_PORT}`
const SOLARA = `http://solara.localhost:${DEMO_PORT}`
const SECRET = `${'a'.repeat(42)}A`
const JSON_TYPE = [['Content-Type', 'application/json']] as const

const embed = (origin?: string, id: string = remyWidget) =>
  edge.ask({ path: `/v1/embed/${id}`, ...(origin === undefined ? {} : { origin }) })
const session = (origin = REMY, body: object = {}) =>
  edge.ask({
    method: 'POST',
    path: '/v1/sessions',
    origin,
    headers: JSON_TYPE,
    body: JSON.stringify({ deploymentId: remyWidget, visitorSecret: SECRET, conversation: 0, ...body }),
  })
const open = async (
  origin = REMY,
  body: object = {},
): Promise<{ token: string; conversationId: string; visitorId: string; expiresAt: string }> =>
  JSON.parse((await session(origin, body)).body)
const upgrade = (conversation: string, token: string | undefined, origin: string | undefined, host = 'localhost') =>
  shakeHands(edge.port, `/parties/twin-room/${conversation}`, {
    Host: `${host}:${edge.port}`,
    ...(origin === undefined ? {} : { Origin: origin }),
    'Sec-WebSocket-Protocol': token === undefined ? 'twin.v1' : `twin.v1, twin.session.${token}`,
  })
const socket = (conversation: string, token: string, origin = REMY) =>
  openSocket({
    url: `ws://localhost:${edge.port}/parties/twin-room/${conversation}`,
    protocols: ['twin.v1', `twin.session.${token}`],
    origin,
  })

/** Changes what is kept behind the Worker's back, and makes it forget what it knew. */
const change = async (statement: string): Promise<void> => {
  await edge.sql(statement)
  await edge.ask({
    method: 'PATCH',
    path: '/admin/v1/brands/none',
    headers: [['Authorization', `Bearer ${edge.adminKey}`]],
  })
}

const TRICKS: readonly (readonly [string, string])[] = [
  ['null', 'null'],
  ['upper case', REMY.toUpperCase()],
  ['another scheme', REMY.replace('http:', 'https:')],
  ['another port', REMY.replace(String(DEMO_PORT), '8799')],
  ['no port', REMY.replace(`:${DEMO_PORT}`, '')],
  ['a trailing dot', REMY.replace('localhost', 'localhost.')],
  ['a look-alike suffix', `${REMY}.evil.example`],
  ['a look-alike prefix', REMY.replace('remyvale', 'evilremyvale')],
  ['a stranger', `http://stranger.localhost:${DEMO_PORT}`],
  ['two in one value', `${REMY}, http://evil.example`],
]

describe('the embed configuration', () => {
  it('is given to an allowed page, cacheable and for that page alone', async () => {
    const { status, headers, body } = await embed(REMY)
    expect(status).toBe(200)
    expect(headers.get('access-control-allow-origin')).toBe(REMY)
    expect(headers.get('vary')).toBe('Origin')
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.has('set-cookie')).toBe(false)
    expect(JSON.parse(body)).toMatchObject({
      deploymentId: remyWidget,
      type: 'EMBEDDED_WIDGET',
      twin: { name: 'Remy Vale' },
      sponsor: null,
    })
  })

  it.each(TRICKS)('is refused to an origin with %s, which can read why', async (_case, origin) => {
    const { status, headers, body } = await embed(origin)
    expect(status).toBe(403)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(JSON.parse(body)).toMatchObject({ code: 'origin_not_allowed', origin })
  })

  it('tells the owner of another page exactly what to add', async () => {
    const { body } = await embed('http://stranger.localhost:8788')
    expect(JSON.parse(body).detail).toContain('Add exactly http://stranger.localhost:8788 to the allowed domains')
  })

  it('is refused when two Origin headers arrive', async () => {
    const { status } = await edge.ask({
      path: `/v1/embed/${remyWidget}`,
      headers: [
        ['Origin', REMY],
        ['Origin', 'http://evil.example'],
      ],
    })
    expect(status).toBe(403)
  })

  it('is refused without an origin', async () => {
    expect(JSON.parse((await embed()).body)).toMatchObject({ status: 403, code: 'origin_missing' })
  })

  it('says the same of a paused deployment, an unknown one and what is no id', async () => {
    const answers = []
    await change(`update deployments set status = 'SUSPENDED' where id = '${solaraCampaign}'`)
    for (const id of [
      solaraCampaign,
      '50000000-0000-4000-8000-0000000000ff',
      'x',
      '50000000-0000-4000-8000-0000000000FF',
    ])
      answers.push((await embed(SOLARA, id)).body)
    await change(`update deployments set status = 'ACTIVE' where id = '${solaraCampaign}'`)
    expect(new Set(answers).size).toBe(1)
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ status: 404, code: 'twin_not_found' })
  })

  it('finds the one deployment of the older embed', async () => {
    const { status, body } = await edge.ask({ path: '/v1/embed?celebrity=remy-vale', origin: REMY })
    expect([status, JSON.parse(body).deploymentId]).toEqual([200, remyWidget])
  })

  it.each([
    ['an unknown celebrity', '/v1/embed?celebrity=nobody', REMY, 'twin_not_found'],
    ['no celebrity', '/v1/embed', REMY, 'twin_not_found'],
    ['what is no slug', '/v1/embed?celebrity=%27%3B--', REMY, 'twin_not_found'],
    ['another page', '/v1/embed?celebrity=remy-vale', 'http://evil.example', 'origin_not_allowed'],
  ])('refuses the older embed with %s', async (_case, path, origin, code) => {
    expect(JSON.parse((await edge.ask({ path, origin })).body).code).toBe(code)
  })

  it('answers a preflight and grants nothing by it', async () => {
    const { status, headers } = await edge.ask({
      method: 'OPTIONS',
      path: '/v1/sessions',
      origin: REMY,
      headers: [
        ['Access-Control-Request-Method', 'POST'],
        ['Access-Control-Request-Headers', 'content-type'],
      ],
    })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-methods')).toBe('POST')
    expect(headers.get('access-control-allow-headers')).toBe('content-type')
    expect(headers.has('access-control-allow-credentials')).toBe(false)
  })
})

describe('the host', () => {
  it.each([
    '/',
    '/v1/twin.js',
    '/assets/page-0a1b2c3d.js',
    '/admin/v1/celebrities',
    '/robots.txt',
    `/v1/embed/${remyWidget}`,
  ])('must be known before %s is served', async (path) => {
    const { status, body } = await edge.ask({
      path,
      host: 'evil.example',
      origin: REMY,
      headers: [['X-Forwarded-Host', 'localhost']],
    })
    expect([status, JSON.parse(body).code]).toEqual([421, 'host_unknown'])
  })

  it('may end in a dot and be written large', async () => {
    expect((await edge.ask({ path: '/v1/twin.js', host: 'LocalHost.' })).status).toBe(200)
  })
})

describe('files', () => {
  it.each([
    ['/v1/twin.js', 'public, max-age=300'],
    ['/twin-widget.js', 'public, max-age=300'],
    ['/v1/0.1.0/twin.js', 'public, max-age=31536000, immutable'],
    ['/assets/words-0a1b2c3d/de.js', 'public, max-age=31536000, immutable'],
    ['/assets/page-0a1b2c3d.js', 'public, max-age=31536000, immutable'],
    ['/media/remy-vale.svg', 'public, max-age=86400'],
  ])('serves %s to any page', async (path, cache) => {
    const { status, headers } = await edge.ask({ path, origin: 'http://evil.example' })
    // A module of another origin is refused by its page without these.
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect([status, headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual([
      200,
      cache,
      '*',
    ])
  })

  it('answers English where a page is in a language that is not spoken', async () => {
    const { body } = await edge.ask({ path: '/assets/words-0a1b2c3d/ca.js' })
    expect(body).toContain("in: 'en'")
    expect((await edge.ask({ path: '/assets/words-99999999/ca.js' })).status).toBe(404)
  })

  it.each([
    '/manifest.json',
    '/assets/none-00000000.js',
    '/assets/words-0a1b2c3d/none.js',
    '/assets/words-0a1b2c3d/..%2fpage-0a1b2c3d.js',
    '/v1/0.0.9/twin.js',
    '/v1/latest/twin.js',
    '/assets/..%2fmanifest.json',
    '/media/../manifest.json',
    '/media/%2e%2e/manifest.json',
  ])('does not serve %s', async (path) => {
    expect((await edge.ask({ path })).status).toBe(404)
  })

  it.each(['/v1/twin.js', '/robots.txt', '/remy-vale', '/media/remy-vale.svg'])('are only read: %s', async (path) => {
    const { status, headers, body } = await edge.ask({ method: 'POST', path })
    expect([status, headers.get('allow'), JSON.parse(body).code]).toEqual([405, 'GET, HEAD', 'method_not_allowed'])
  })

  it.each(['/v1/twin.js', '/v1/0.1.0/twin.js', '/twin-widget.js'])('answers %s with that file', async (path) => {
    expect((await edge.ask({ path })).body).toContain(path.slice(1))
  })
})

describe('the script of a deployment', () => {
  const path = `/v1/embed/${remyWidget}/twin.js`
  const ask = (headers: [string, string][] = [], origin?: string, where = path) =>
    edge.ask({ path: where, headers, ...(origin !== undefined && { origin }) })

  it('brings its look, in the language of the reader, to an allowed page', async () => {
    const { status, headers, body } = await ask([['Accept-Language', 'de-AT, en;q=0.5']], REMY)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(headers.get('access-control-allow-origin')).toBe(REMY)
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.get('vary')).toBe('Origin, Accept-Language')
    const [, json = ''] = /\}\)\((\{.*\})\);$/s.exec(body) ?? []
    const look = JSON.parse((await edge.ask({ path: `/v1/embed/${remyWidget}?lang=de`, origin: REMY })).body)
    expect(JSON.parse(json)).toEqual({ to: `/v1/embed/${remyWidget}?lang=de`, look, language: 'de' })
  })

  it.each(['inline', 'page'])('has the panel fetched beside it where the twin stands open as %s', async (mode) => {
    const { headers } = await ask([['Accept-Language', 'de']], REMY, `${path}?mode=${mode}`)
    expect(headers.get('link')).toBe(
      '</assets/panel-0a1b2c3d.js>; rel=modulepreload, </assets/words-0a1b2c3d/de.js>; rel=modulepreload',
    )
  })

  it.each(['', '?mode=bubble', '?mode=inline-or-not'])('has nothing fetched with %j', async (query) => {
    expect((await ask([], REMY, path + query)).headers.has('link')).toBe(false)
  })

  it.each([
    ['a page that does not say who it is', undefined, path],
    ['a page that is not allowed', 'https://evil.example', path],
    ['a sandboxed page', 'null', path],
    ['nobody', REMY, '/v1/embed/00000000-0000-4000-8000-00000000dead/twin.js'],
    ['no id', REMY, '/v1/embed/remy/twin.js'],
  ])('is the loader alone for %s', async (_case, origin, where) => {
    const { status, headers, body } = await ask([], origin, where)
    expect([status, body]).toEqual([200, (await edge.ask({ path: '/v1/twin.js' })).body])
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cache-control')).toBe('public, max-age=5')
  })
})

describe('a session', () => {
  it('is for one visitor, deployment, origin and conversation, for ten minutes', async () => {
    const { status, headers, body } = await session()
    expect(status).toBe(201)
    expect(headers.get('access-control-allow-origin')).toBe(REMY)
    expect(headers.get('cache-control')).toBe('no-store')
    const answer = JSON.parse(body)
    expect(Date.parse(answer.expiresAt) - Date.now()).toBeLessThanOrEqual(600_000)
    const verified = await joseSigner({ current: edge.sessionKey }).verify(answer.token, Date.now())
    expect(verified).toMatchObject({
      ok: true,
      value: {
        deploymentId: remyWidget,
        origin: REMY,
        conversationId: answer.conversationId,
        visitorId: answer.visitorId,
      },
    })
  })

  it('knows its visitor again, and nowhere else', async () => {
    const [one, again, next, elsewhere, other] = [
      await open(),
      await open(),
      await open(REMY, { conversation: 1 }),
      await open(SOLARA, { deploymentId: solaraCampaign }),
      await open(REMY, { visitorSecret: `${'b'.repeat(42)}A` }),
    ]
    expect([again.visitorId, again.conversationId]).toEqual([one.visitorId, one.conversationId])
    expect(next.visitorId).toBe(one.visitorId)
    expect(new Set([one, next, elsewhere, other].map(({ conversationId }) => conversationId)).size).toBe(4)
    expect(new Set([one, elsewhere, other].map(({ visitorId }) => visitorId)).size).toBe(3)
  })

  it.each(TRICKS)('is refused to an origin with %s', async (_case, origin) => {
    const { status, body } = await session(origin)
    expect([status, JSON.parse(body).code]).toEqual([403, 'origin_not_allowed'])
  })

  it.each([
    ['a byte too many', `"${'x'.repeat(8_191)}"`, 'application/json', 413, 'request_too_large'],
    ['a form', 'deploymentId=1', 'application/x-www-form-urlencoded', 415, 'media_type_unsupported'],
    ['half of JSON', '{"deploymentId":', 'application/json', 400, 'request_invalid'],
    ['nothing', '{}', 'application/json', 422, 'request_invalid'],
  ])('is refused for %s', async (_case, body, type, status, code) => {
    const answer = await edge.ask({
      method: 'POST',
      path: '/v1/sessions',
      origin: REMY,
      headers: [['Content-Type', type]],
      body,
    })
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([status, code])
  })

  it('is refused for 10 MB before they are read, and for a body that hides its length', async () => {
    const post = { method: 'POST', path: '/v1/sessions', origin: REMY }
    const announced = await edge.ask({ ...post, headers: [...JSON_TYPE, ['Content-Length', '10000000']] })
    expect(JSON.parse(announced.body)).toMatchObject({ status: 413, code: 'request_too_large' })
    // One part, a byte too long: whatever else is sent after the answer may reset the connection.
    const lengthless = new Blob([new Uint8Array(8_193).fill(0x20)]).stream()
    const headers = { origin: REMY, 'content-type': 'application/json' }
    const streamed = { method: 'POST', headers, body: lengthless, duplex: 'half' } // Node asks for `duplex`, the DOM's types do not know it
    const hidden = await fetch(`http://localhost:${edge.port}/v1/sessions`, streamed)
    expect(await hidden.json()).toMatchObject({ status: 413, code: 'request_too_large' })
  })

  it.each(['GET', 'PUT', 'DELETE'])('cannot be had by %s', async (method) => {
    const { status, headers } = await edge.ask({ method, path: '/v1/sessions', origin: REMY })
    expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })
})

describe('the socket', () => {
  it('opens for its session and speaks twin.v1', async () => {
    const { token, conversationId } = await open()
    const { protocol, send, close, hear } = await socket(conversationId, token)
    expect(protocol).toBe('twin.v1')
    send(JSON.stringify({ type: 'hello', after: null }))
    expect(await hear.first).toMatchObject({ type: 'welcome', conversationId })
    close()
    expect(await hear.closed).toBe(1000)
  })

  it.each([
    ['without a session', async () => ({ token: undefined })],
    ['with rubbish', async () => ({ token: 'a.b.c' })],
    [
      'with alg:none',
      async ({ conversationId, visitorId }: Awaited<ReturnType<typeof open>>) => {
        const claims = { ori: REMY, cid: conversationId, iat: Math.floor(Date.now() / 1000) }
        return {
          token: new UnsecuredJWT(claims)
            .setAudience(remyWidget)
            .setSubject(visitorId)
            .setExpirationTime('5m')
            .encode(),
        }
      },
    ],
    [
      'with another key’s session',
      async ({ conversationId, visitorId }: Awaited<ReturnType<typeof open>>) => ({
        token: await forged(new Uint8Array(32), conversationId, visitorId, 300),
      }),
    ],
    [
      'with a forged expired session',
      async ({ conversationId, visitorId }: Awaited<ReturnType<typeof open>>) => ({
        token: await forged(new Uint8Array(32), conversationId, visitorId, -1),
      }),
    ],
  ])('stays closed %s', async (_case, make) => {
    const opened = await open()
    const { status, body } = await upgrade(opened.conversationId, (await make(opened)).token, REMY)
    expect(status).toBe(401)
    expect(JSON.parse(body).code).toMatch(/^session_(missing|invalid)$/)
  })

  it.each(TRICKS)('stays closed to a session used from an origin with %s', async (_case, origin) => {
    const { token, conversationId } = await open()
    expect((await upgrade(conversationId, token, origin)).status).toBe(403)
  })

  it('stays closed to a session without origin, at another conversation, and at another deployment’s host', async () => {
    const { token, conversationId } = await open()
    const other = await open(REMY, { conversation: 7 })
    expect((await upgrade(conversationId, token, undefined)).status).toBe(403)
    expect((await upgrade(other.conversationId, token, REMY)).status).toBe(403)
    expect((await upgrade(conversationId, token, REMY, CAST.whiteLabelHost)).status).toBe(403)
  })

  it('asks for an upgrade', async () => {
    const { conversationId } = await open()
    expect((await edge.ask({ path: `/parties/twin-room/${conversationId}`, origin: REMY })).status).toBe(426)
  })

  it('tells an expired session so and closes with 4401', async () => {
    const { conversationId, visitorId } = await open()
    const { hear } = await socket(conversationId, await forged(edge.sessionKey, conversationId, visitorId, -1))
    expect(await hear.first).toMatchObject({ type: 'error', code: 'session_expired' })
    expect(await hear.closed).toBe(4401)
  })

  it.each([
    [
      'a paused twin',
      `update deployments set status = 'INACTIVE' where id = '${solaraCampaign}'`,
      `update deployments set status = 'ACTIVE' where id = '${solaraCampaign}'`,
      'twin_not_found',
      4404,
    ],
    [
      'an ended campaign',
      `update campaigns set status = 'ENDED' where id = '${CAST.solara.campaignId}'`,
      `update campaigns set status = 'ACTIVE' where id = '${CAST.solara.campaignId}'`,
      'campaign_ended',
      4410,
    ],
  ])('tells of %s and closes for good', async (_case, spoil, mend, code, closeCode) => {
    const { token, conversationId } = await open(SOLARA, { deploymentId: solaraCampaign })
    await change(spoil)
    const { hear } = await socket(conversationId, token, SOLARA)
    expect(await hear.first).toMatchObject({ type: 'error', code })
    expect(await hear.closed).toBe(closeCode)
    await change(mend)
  })
})

describe('pages', () => {
  it('serves the portal page under its policy', async () => {
    const { status, headers, body } = await edge.ask({ path: '/remy-vale', headers: [['Accept', 'text/html']] })
    expect(status).toBe(200)
    expect(body).toContain('/assets/page-0a1b2c3d.js')
    const policy = headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(body).toContain(`nonce="${nonce}"`)
    expect(policy).toContain("default-src 'none'; script-src 'self'")
    expect(policy).toContain(`connect-src 'self' ws://localhost:${edge.port}`)
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(body).not.toMatch(/<[^>]+\sstyle=/)
  })

  it('lets the portal page’s own origin have a session', async () => {
    const answer = await session(`http://localhost:${edge.port}`, { deploymentId: CAST.deployments.remyPortal })
    expect(answer.status).toBe(201)
  })

  describe('of a campaign', () => {
    const page = (path = '/remy-vale/cage-tour', language = 'en') =>
      edge.ask({
        path,
        headers: [
          ['Accept', 'text/html'],
          ['Accept-Language', language],
        ],
      })
    const set = (what: string) => change(`update campaigns set ${what} where id = '${CAST.kickCola.campaignId}'`)
    const again = () =>
      set(
        "status = 'APPROVED', approved_version = guidelines_version, starts_at = now() - interval '1 day', ends_at = null",
      )
    const approve = () => set("status = 'APPROVED', approved_version = guidelines_version")

    it('shows the twin, who pays, and its own canonical address, whatever the Host says', async () => {
      const { status, headers, body } = await page()
      expect([status, headers.get('cache-control'), headers.get('vary')]).toEqual([200, 'no-store', 'Accept-Language'])
      expect(body).toContain('Paid partnership with Kick Cola')
      expect(body).toContain('<ai-twin')
      const canonical = `http://localhost:${edge.port}/remy-vale/cage-tour`
      expect(body).toContain(`<link rel="canonical" href="${canonical}" />`)
      const large = await edge.ask({
        path: '/remy-vale/cage-tour',
        host: 'LOCALHOST.',
        headers: [['X-Forwarded-Host', 'evil.example']],
      })
      expect(large.body).toContain(`<link rel="canonical" href="${canonical}" />`)
    })

    it('lets the twin on it have a session', async () => {
      const deploymentId = CAST.deployments.kickColaCampaign
      expect((await session(`http://localhost:${edge.port}`, { deploymentId })).status).toBe(201)
      // a twin that has no page on our host has no origin there
      expect((await session(`http://localhost:${edge.port}`, { deploymentId: remyWidget })).status).toBe(403)
    })

    it('says before it begins when it will, and after its end where the twin is, to the second', async () => {
      await set("starts_at = '2099-06-01T10:00:00Z', ends_at = '2099-06-01T10:00:05Z', time_zone = 'Europe/Berlin'")
      await approve()
      const before = await page(undefined, 'de-AT,en;q=0.5')
      expect([before.status, before.headers.get('content-language')]).toEqual([200, 'de'])
      expect(before.body).toContain('Montag, 1. Juni 2099 um 12:00 MESZ')
      expect(before.body).toContain('Anzeige: bezahlte Partnerschaft mit Kick Cola')
      expect(before.body).toContain('<meta name="robots" content="noindex"')
      expect(before.body).not.toContain('<ai-twin')
      const nonce = /<script type="module" nonce="([^"]+)"/.exec(before.body)?.[1]
      expect(before.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}';`)

      await set("starts_at = now() - interval '2 days', ends_at = now() - interval '1 second'")
      await approve()
      const after = await page()
      expect([after.status, after.headers.get('cache-control')]).toEqual([410, 'no-store'])
      expect(after.body).toContain('This campaign has ended.')
      expect(after.body).toContain(`href="http://localhost:${edge.port}/remy-vale"`)
      await change(`update deployments set status = 'INACTIVE' where id = '${CAST.deployments.remyPortal}'`)
      expect((await page()).body).not.toContain('class="onward"') // the twin lives nowhere else now
      await change(`update deployments set status = 'ACTIVE' where id = '${CAST.deployments.remyPortal}'`)
      await again()
    })

    it('does not let an answer outlive it', async () => {
      await set("starts_at = now() - interval '2 days', ends_at = now() + interval '20 seconds'")
      await approve()
      const { headers } = await embed(`http://kickcola.localhost:${DEMO_PORT}`, CAST.deployments.kickColaCampaign)
      const [, seconds] = /^public, max-age=(\d+)$/.exec(headers.get('cache-control') ?? '') ?? []
      expect(Number(seconds)).toBeLessThanOrEqual(20)
      await again()
    })

    it.each([
      ['is not approved', "name = 'Another name'"],
      ['was rejected', "status = 'REJECTED', approved_version = null"],
      ['was ended before anybody approved it', "status = 'ENDED', approved_version = null"],
    ])('answers as if nobody were there when it %s', async (_case, what) => {
      const nobody = await page('/remy-vale/nothing')
      await set(what)
      const { status, body } = await page()
      expect(status).toBe(404)
      expect(body.replace(/nonce="[^"]+"/g, '')).toBe(nobody.body.replace(/nonce="[^"]+"/g, ''))
      await again()
    })

    it('says thank you of one that was ended early', async () => {
      await set("status = 'ENDED'")
      expect((await page()).status).toBe(410)
      await again()
      expect((await page()).status).toBe(200)
    })

    it('stands on its own host as the customer’s, before, during and after', async () => {
      const host = 'cage.localhost'
      await change(
        `insert into domains (tenant_id, deployment_id, hostname, status, verified_at)
         values ('${CAST.remy.tenantId}', '${CAST.deployments.kickColaCampaign}', '${host}', 'ACTIVE', now())`,
      )
      const own = () => edge.ask({ path: '/', host, headers: [['Accept', 'text/html']] })
      const seen = [await own()]
      await set("starts_at = '2099-01-01', ends_at = null")
      await approve()
      seen.push(await own())
      await set("starts_at = '2026-01-01', ends_at = '2026-01-02'")
      await approve()
      seen.push(await own())
      expect(seen.map(({ status }) => status)).toEqual([200, 200, 410])
      for (const { body } of seen) {
        expect(body).toContain(`<link rel="canonical" href="http://${host}:${edge.port}/" />`)
        expect(body).toContain('Kick Cola')
        expect(body).not.toMatch(/vibethink/i)
        expect(body).not.toContain(`http://localhost`)
      }
      await again()
    })
  })

  it.each(['/nobody', '/', '/remy-vale/x', '/.env'])('says that there is nothing at %s', async (path) => {
    const { status, headers } = await edge.ask({ path, headers: [['Accept', 'text/html,*/*']] })
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  })

  describe('on a customer’s host', () => {
    const host = CAST.whiteLabelHost
    const own = () => `http://${host}:${edge.port}`

    it('are the customer’s alone: nothing names us', async () => {
      for (const path of [
        '/',
        '/nothing',
        '/robots.txt',
        '/favicon.ico',
        '/v1/twin.js',
        '/admin/v1/celebrities',
        '/assets/page-0a1b2c3d.js',
      ]) {
        const { headers, body } = await edge.ask({ path, host, headers: [['Accept', 'text/html']] })
        expect(`${path} ${body} ${JSON.stringify([...headers])}`).not.toMatch(/vibethink/i)
      }
      expect((await edge.ask({ path: '/', host, headers: [['Accept', 'text/html']] })).status).toBe(200)
    })

    it('show nobody else’s picture', async () => {
      expect((await edge.ask({ path: '/media/remy-vale.svg', host })).status).toBe(404)
    })

    it('serve that customer’s twin', async () => {
      const answer = await edge.ask({
        method: 'POST',
        path: '/v1/sessions',
        host,
        origin: own(),
        headers: JSON_TYPE,
        body: JSON.stringify({ deploymentId: marlowWhiteLabel, visitorSecret: SECRET, conversation: 0 }),
      })
      expect(answer.status).toBe(201)
      const { token, conversationId } = JSON.parse(answer.body)
      const { status, headers } = await upgrade(conversationId, token, own(), host)
      expect([status, headers['sec-websocket-protocol']]).toEqual([101, 'twin.v1'])
    })

    it('know no other twin, no portal, no loader and no admin', async () => {
      const { status, body } = await edge.ask({ path: `/v1/embed/${remyWidget}`, host, origin: REMY })
      expect([status, JSON.parse(body).code]).toEqual([404, 'twin_not_found'])
      for (const path of [
        '/remy-vale',
        '/v1/twin.js',
        '/twin-widget.js',
        '/admin/v1/celebrities',
        '/v1/embed?celebrity=remy-vale',
      ]) {
        expect(
          (await edge.ask({ path, host, origin: REMY, headers: [['Authorization', `Bearer ${edge.adminKey}`]] }))
            .status,
        ).toBe(404)
      }
    })
  })
})

describe('many at once', () => {
  it('are all answered by an isolate that knows nothing yet', async () => {
    await edge.restartWorker()
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? embed(REMY) : session())),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]))
  })
})

describe('while the database is away', () => {
  it('answers from what it knows, and admits that it knows nothing when it does', async () => {
    expect((await embed(REMY)).status).toBe(200)
    await edge.stopDatabase()
    expect((await embed(REMY)).status).toBe(200)
    expect((await session()).status).toBe(201)

    await edge.restartWorker() // what its place still knows, it tells the new one
    expect((await embed(REMY)).status).toBe(200)
    const { kickColaCampaign } = CAST.deployments
    for (const answer of [
      await edge.ask({ path: `/v1/embed/${kickColaCampaign}`, origin: REMY }),
      await session(REMY, { deploymentId: kickColaCampaign }),
      await edge.ask({ path: '/', host: 'nobody.marlow.localhost' }),
    ]) {
      expect(answer.status).toBe(503)
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'service_unavailable', requestId: expect.any(String) })
      expect(answer.body).not.toMatch(/\bat \S+ \(|Error|postgres|127\.0\.0\.1/)
    }
    const admin = await edge.ask({
      path: '/admin/v1/celebrities',
      headers: [['Authorization', `Bearer ${edge.adminKey}`]],
    })
    expect(JSON.parse(admin.body)).toMatchObject({ status: 503, code: 'service_unavailable' })
    expect(edge.log.join('\n')).not.toContain('twin_app:')

    await edge.returnDatabase()
    expect((await embed(REMY)).status).toBe(200)
  })
})

function forged(key: Uint8Array, conversationId: string, visitorId: string, seconds: number): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    deploymentId: remyWidget,
    origin: REMY,
    conversationId: known<'conversation'>(conversationId),
    visitorId: known<'visitor'>(visitorId),
    expiresAt: now + seconds,
    epoch: 0,
    tier: 'FREE' as const,
  }
  return joseSigner({ current: key }).sign(claims, now + seconds - 600)
}

function known<K extends IdKind>(text: string): Id<K> {
  const id = parseId<K>(text)
  if (!id) throw new Error('no id')
  return id
}

describe('a flood', () => {
  const sessionFrom = (address: string) =>
    edge.ask({
      method: 'POST',
      path: '/v1/sessions',
      origin: REMY,
      headers: [...JSON_TYPE, ['CF-Connecting-IP', address]],
      body: JSON.stringify({ deploymentId: remyWidget, visitorSecret: SECRET, conversation: 0 }),
    })
  /** A period may end in the middle, and the count with it. */
  const untilRefused = async (ask: () => Promise<{ readonly status: number }>, limit: number): Promise<number> => {
    for (let count = 0; count < 2 * limit + 1; count += 1) if ((await ask()).status === 429) return count
    throw new Error('Nothing was refused.')
  }

  it('of sessions from one address is asked to wait, and no other address is', async () => {
    expect(await untilRefused(() => sessionFrom('203.0.113.7'), 300)).toBeGreaterThanOrEqual(300)
    const refused = await sessionFrom('203.0.113.7')
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'rate_limited', status: 429 })
    expect((await sessionFrom('203.0.113.8')).status).toBe(201)
    expect((await session()).status).toBe(201)
  }, 60_000)

  it('of lines of one visitor is told so on the socket, and no other visitor is', async () => {
    const { token, conversationId } = await open(REMY, { visitorSecret: `${'f'.repeat(42)}A` })
    const post = () =>
      edge.ask({
        method: 'POST',
        path: `/v1/conversations/${conversationId}/frames`,
        origin: REMY,
        headers: [...JSON_TYPE, ['Authorization', `Bearer ${token}`]],
        body: '{"frames":[{}]}',
      })
    expect(await untilRefused(post, 240)).toBeGreaterThanOrEqual(240)
    const { hear } = await socket(conversationId, token)
    expect(await hear.closed).toBe(1013)
    expect(await hear.first).toMatchObject({ type: 'error', code: 'rate_limited', retryAfterSeconds: 60 })
    expect((await open(REMY, { visitorSecret: `${'g'.repeat(42)}A` })).token).toBeTypeOf('string')
  }, 60_000)
})
