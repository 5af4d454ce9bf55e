/** Allow-lists from the admin route to the doors: patterns, what is told of them, and who may frame a page of ours. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newVisitorSecret } from '../e2e/wire/request-session.ts'
import { CAST } from '../schema/local/cast.ts'
import { openSocket } from './testing/open-socket.ts'
import { runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

const { remyWidget, remyPortal } = CAST.deployments

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(async () => {
  await edge.stop()
}, 30_000)
beforeEach(async () => {
  await edge.sql(`delete from allowed_domains where deployment_id in ('${remyWidget}', '${remyPortal}')`)
  await admin('DELETE', '/allowed-domains/none') // any write makes the isolate forget
})

/** What came back, loosely: the tests say what must be in it. */
// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any

async function admin(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const answer = await edge.ask({
    method,
    path: `/admin/v1${path}`,
    headers: [
      ['Authorization', `Bearer ${edge.adminKey}`],
      ['Content-Type', 'application/json'],
    ],
    body: body === undefined ? '' : JSON.stringify(body),
  })
  return { status: answer.status, body: JSON.parse(answer.body) }
}
const list = `/deployments/${remyWidget}/allowed-domains`
const allow = (origin: string, path = list) => admin('POST', path, { origin })
const configured = async (origin: string): Promise<number> =>
  (await edge.ask({ path: `/v1/embed/${remyWidget}`, origin })).status
async function session(origin: string): Promise<{ status: number; body: Json }> {
  const { status, body } = await edge.ask({
    method: 'POST',
    path: '/v1/sessions',
    origin,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ deploymentId: remyWidget, visitorSecret: newVisitorSecret(), conversation: 0 }),
  })
  return { status, body: JSON.parse(body) }
}

describe('lines that are open', () => {
  it.each([
    ['is removed', (id: string) => admin('DELETE', `/allowed-domains/${id}`)],
    ['becomes another', (id: string) => admin('PATCH', `/allowed-domains/${id}`, { origin: 'https://else.example' })],
  ])('end when the entry that let them in %s', async (_case, change) => {
    const origin = 'https://www.fan.example'
    const { body: entry } = await allow(origin)
    const { body } = await session(origin)
    const line = await openSocket({
      url: `ws://localhost:${edge.port}/parties/twin-room/${body.conversationId}`,
      protocols: ['twin.v1', `twin.session.${body.token}`],
      origin,
    })
    line.send(JSON.stringify({ type: 'hello', after: null }))
    expect(await line.hear.first).toMatchObject({ type: 'welcome' })
    expect((await change(entry.id)).status).toBe(200)
    expect(await line.hear.closed).toBe(4401)
    expect((await session(origin)).status).toBe(403)
  })
})

describe('an allow-list', () => {
  it('shows each entry with its kind', async () => {
    for (const origin of ['https://www.fan.example', 'https://*.fan.co.uk:8443', 'https://*--fan-site.netlify.app'])
      expect(await allow(origin)).toMatchObject({ status: 201, body: { origin } })
    const { body } = await admin('GET', list)
    expect(body.items.map(({ origin, kind }: Json) => [origin, kind])).toEqual([
      ['https://www.fan.example', 'exact'],
      ['https://*.fan.co.uk:8443', 'subdomains'],
      ['https://*--fan-site.netlify.app', 'preview'],
    ])
    const [first] = body.items
    expect((await admin('GET', `/allowed-domains/${first.id}`)).body.kind).toBe('exact')
    expect(
      (await admin('PATCH', `/allowed-domains/${first.id}`, { origin: 'https://*.fan.example' })).body,
    ).toMatchObject({
      origin: 'https://*.fan.example',
      kind: 'subdomains',
    })
  })

  it('holds no entry twice, however it is written', async () => {
    expect((await allow('https://*.fan.example')).status).toBe(201)
    expect(await allow('HTTPS://*.FAN.example:443')).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: 'This origin is allowed already.' },
    })
  })

  it('tells which entry covers another', async () => {
    await allow('https://*.fan.example')
    expect(await allow('https://shop.fan.example')).toMatchObject({
      status: 201,
      body: { kind: 'exact', coveredBy: 'https://*.fan.example' },
    })
    expect((await allow('https://fan.example')).body.coveredBy).toBeUndefined()
  })

  it('ends somewhere', async () => {
    await edge.sql(`
      insert into allowed_domains (tenant_id, deployment_id, origin)
      select d.tenant_id, d.id, 'https://n' || n || '.fan.example' from deployments d, generate_series(1, 100) n
      where d.id = '${remyWidget}'`)
    expect(await allow('https://n101.fan.example')).toMatchObject({ status: 409, body: { code: 'conflict' } })
  })

  it.each([
    'https://*',
    'https://*.com',
    'https://a.*.fan.example',
    'https://*.*.fan.example',
    'https://FAN.example',
    'https://fan.example/',
    'http://fan.example',
    'http://*.fan.example',
    'null',
    '*',
    'https://fan.example:0',
    "https://fan.example'; drop",
  ])('has no row with %s, whoever writes it', async (origin) => {
    const row = `insert into allowed_domains (tenant_id, deployment_id, origin)
      select tenant_id, id, '${origin.replaceAll("'", "''")}' from deployments where id = '${remyWidget}'`
    await expect(edge.sql(row)).rejects.toThrow('_check')
  })

  it('says in the database what its entries are', async () => {
    const { rows } = await edge.query(
      `select col_description('allowed_domains'::regclass, attnum) as told from pg_attribute
       where attrelid = 'allowed_domains'::regclass and attname = 'origin'`,
    )
    expect(rows[0]?.['told']).toContain('https://*.example.com, never the apex')
  })
})

describe('a pattern', () => {
  it.each([
    ['https://*.fan.example', 'https://www.fan.example'],
    ['https://*.fan.example', 'https://a.b.fan.example'],
    ['https://*.fan.example:8443', 'https://www.fan.example:8443'],
    ['https://*.fan-project.pages.dev', 'https://1a2b3c4d.fan-project.pages.dev'],
    ['https://*--fan-site.netlify.app', 'https://deploy-preview-42--fan-site.netlify.app'],
    ['https://pr-*.preview.fan.example', 'https://pr-42.preview.fan.example'],
    ['http://*.fan.localhost:8788', 'http://shop.fan.localhost:8788'],
  ])('%s lets %s in at every door', async (entry, origin) => {
    expect(await configured(origin)).toBe(403)
    expect((await allow(entry)).status).toBe(201)
    expect(await configured(origin)).toBe(200)
    const { status, body } = await session(origin)
    expect(status).toBe(201)
    const url = `ws://localhost:${edge.port}/parties/twin-room/${body.conversationId}`
    const line = await openSocket({
      url,
      protocols: ['twin.v1', `twin.session.${body.token}`],
      origin,
    })
    line.send('{"type":"hello","after":null}')
    expect(await line.hear.first).toMatchObject({ type: 'welcome' })
    line.close()
  })

  it.each([
    ['https://*.fan.example', 'https://fan.example'],
    ['https://*.fan.example', 'https://evilfan.example'],
    ['https://*.fan.example', 'http://www.fan.example'],
    ['https://*.fan.example', 'https://www.fan.example:8443'],
    ['https://*.fan.example', 'https://WWW.fan.example'],
    ['https://*.fan.example', 'https://*.fan.example'],
    ['https://*--fan-site.netlify.app', 'https://fan-site.netlify.app'],
    ['https://*--fan-site.netlify.app', 'https://evil-fan-site.netlify.app'],
    ['https://*--fan-site.netlify.app', 'https://a--b--fan-site.netlify.app'],
  ])('%s does not let %s in at any door', async (entry, origin) => {
    await allow(entry)
    expect(await configured(origin)).toBe(403)
    expect((await session(origin)).status).toBe(403)
  })
})

describe('the owner of a refused page', () => {
  it('is told the entry and the call that adds it, which then helps', async () => {
    const origin = 'https://www.fan.example'
    const { body } = await edge.ask({ path: `/v1/embed/${remyWidget}/check?origin=${encodeURIComponent(origin)}` })
    const told: Json = JSON.parse(body)
    expect(told).toMatchObject({ allowed: false, origin, code: 'origin_not_allowed', add: [origin] })
    const [, method, path, json] = /\((\w+) \/admin\/v1(\S+) (\{.*\})\)/.exec(told.detail) ?? []
    expect(await admin(String(method), String(path), JSON.parse(String(json)))).toMatchObject({ status: 201 })
    expect(await configured(origin)).toBe(200)
  })

  it('is told how to allow every preview of a site', async () => {
    const origin = 'https://deploy-preview-42--fan-site.netlify.app'
    const { body } = await edge.ask({ path: `/v1/embed/${remyWidget}`, origin })
    expect(JSON.parse(body).detail).toContain('add https://*--fan-site.netlify.app instead')
  })

  it('is told nothing of what is on the list', async () => {
    await allow('https://*.secret-launch.example')
    for (const origin of ['https://secret-launch.example', 'https://www.fan.example', 'null', 'nonsense']) {
      const asked = await edge.ask({ path: `/v1/embed/${remyWidget}/check?origin=${encodeURIComponent(origin)}` })
      expect(asked.body.replaceAll(origin, '')).not.toContain('secret-launch')
    }
  })
})

describe('a page of our own', () => {
  const portal = (headers: readonly (readonly [string, string])[] = []) =>
    edge.ask({ path: '/remy-vale', headers: [['Accept', 'text/html'], ...headers] })
  const ancestors = (headers: ReadonlyMap<string, string>) =>
    /frame-ancestors [^;]*/.exec(headers.get('content-security-policy') ?? '')?.[0]

  it('is framed by nobody where nobody is allowed', async () => {
    const { headers } = await portal()
    expect([ancestors(headers), headers.get('x-frame-options')]).toEqual(["frame-ancestors 'none'", 'DENY'])
  })

  it('is framed by whom its allow-list names', async () => {
    for (const origin of ['https://www.fan.example', 'https://*.fan.co.uk', 'https://*--fan-site.netlify.app'])
      await allow(origin, `/deployments/${remyPortal}/allowed-domains`)
    const { headers } = await portal()
    expect([ancestors(headers), headers.get('x-frame-options')]).toEqual([
      'frame-ancestors https://www.fan.example https://*.fan.co.uk',
      undefined,
    ])
    const preview = await portal([['Referer', 'https://pr-1--fan-site.netlify.app/']])
    expect(ancestors(preview.headers)).toContain(' https://pr-1--fan-site.netlify.app')
    const stranger = await portal([['Referer', 'https://evil.netlify.app/']])
    expect(ancestors(stranger.headers)).not.toContain('evil')
  })

  it('that says there is nothing is framed by nobody', async () => {
    await allow('https://www.fan.example', `/deployments/${remyPortal}/allowed-domains`)
    const { headers } = await edge.ask({ path: '/nobody', headers: [['Accept', 'text/html']] })
    expect([ancestors(headers), headers.get('x-frame-options')]).toEqual(["frame-ancestors 'none'", 'DENY'])
  })
})

describe('a Host', () => {
  const own = CAST.whiteLabelHost

  it.each([
    ['with a user name', (host: string) => `someone@${host}`],
    ['with a path', (host: string) => `${host}/page`],
    ['with a dot more', (host: string) => `${host}.`.replace('.', '..')],
    ['with a label more', (host: string) => `a.${host}`],
    ['with a letter more', (host: string) => `a${host}`],
  ])('%s is nobody’s', async (_case, forge) => {
    const { status, body } = await edge.ask({ path: '/', host: forge(own) })
    expect([status, body.includes('Marlow')]).toEqual([421, false])
  })

  it.each(['X-Forwarded-Host', 'X-Host', 'X-Original-Host', 'Forwarded', 'MF-Original-Hostname'])(
    'that %s claims is not looked at',
    async (name) => {
      const { status } = await edge.ask({ path: '/', host: 'stranger.localhost', headers: [[name, `host=${own}`]] })
      expect(status).toBe(421)
      expect((await edge.ask({ path: '/', host: 'stranger.localhost', headers: [[name, own]] })).status).toBe(421)
    },
  )

  it('is answered for until its deployment is gone, and no link is made of it', async () => {
    const page = await edge.ask({ path: '/', host: own.toUpperCase(), headers: [['Accept', 'text/html']] })
    expect(page.status).toBe(200)
    expect(page.body).not.toContain(own.toUpperCase())
    await admin('PATCH', `/deployments/${CAST.deployments.marlowWhiteLabel}`, { status: 'ARCHIVED' })
    expect((await edge.ask({ path: '/', host: own })).status).toBe(421)
  })
})
