/**
 * Customers' hostnames from the admin route to the door, on real workerd before a real Postgres: DNS and Cloudflare are
 * local servers that speak their wire.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCloudflareServer } from '../e2e/cloudflare/cloudflare-server.ts'
import type { CloudflareServer } from '../e2e/cloudflare/cloudflare-server.ts'
import { startDnsServer } from '../e2e/dns/dns-server.ts'
import type { DnsServer } from '../e2e/dns/dns-server.ts'
import { CAST } from '../schema/local/cast.ts'
import { openSocket } from './testing/open-socket.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

const SECRET = 's'.repeat(43)
const REMY = `http://remyvale.localhost:${DEMO_PORT}`
const TARGET = 'hosts.neutral.example'
const { marlowWhiteLabel, remyWidget } = CAST.deployments

let dns: DnsServer
let cloudflare: CloudflareServer
let edge: RunningEdge

beforeAll(async () => {
  ;[dns, cloudflare] = await Promise.all([startDnsServer(), startCloudflareServer()])
  const vars = {
    DNS_OVER_HTTPS_URL: dns.url,
    CLOUDFLARE_API_TOKEN: cloudflare.apiToken,
    CLOUDFLARE_ZONE_ID: cloudflare.zoneId,
    CLOUDFLARE_API_URL: cloudflare.url,
    CUSTOM_HOSTNAME_TARGET: TARGET,
  }
  edge = await runEdge({ vars })
  dns.set(TARGET, 'A', '192.0.2.10')
}, 120_000)
afterAll(async () => {
  await edge?.stop()
  await dns?.close()
  await cloudflare?.close()
})

async function admin(method: string, path: string, body?: object) {
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

const claim = async (hostname: string, deployment: string = marlowWhiteLabel) => {
  const { status, body } = await admin('POST', `/deployments/${deployment}/domains`, { hostname })
  expect(status).toBe(201)
  return body
}
const check = async (id: string) => (await admin('POST', `/domains/${id}/check`)).body
const served = async (host: string) =>
  (await edge.ask({ path: '/', host, headers: [['Accept', 'text/html']] })).status === 200

type Claim = Awaited<ReturnType<typeof claim>>
const ownTxt = ({ records }: Claim): { name: string; value: string } => records[0]
const setRecords = (entry: Claim): void => {
  const { name, value } = ownTxt(entry)
  dns.set(name, 'TXT', value)
  dns.set(entry.hostname, 'CNAME', TARGET)
}
/** From nothing to served. */
const activate = async (hostname: string, deployment?: string) => {
  const entry = await claim(hostname, deployment)
  setRecords(entry)
  await check(entry.id)
  cloudflare.activate(hostname)
  expect(await check(entry.id)).toMatchObject({ status: 'ACTIVE' })
  return entry
}
const row = async (id: string) => (await edge.query(`select * from domains where id = '${id}'`)).rows[0] ?? {}
const events = async (id: string) => {
  const { rows } = await edge.query(
    `select event_type, actor ->> 'role' as role, payload ->> 'action' as action from platform_events
      where payload ->> 'id' = '${id}' order by occurred_at, id`,
  )
  return rows.map(({ event_type, role, action }) => `${String(event_type)} ${String(role)} ${String(action)}`)
}
/** As if the first of the failures had been three days ago. */
const ageFailures = (id: string) =>
  edge.sql(`update domains set failing_since = now() - interval '3 days' where id = '${id}'`)

describe('a hostname, step by step', () => {
  it('is told what to set, and comes alive when hostname and TLS are both active', async () => {
    const host = 'twin.star.example'
    const entry = await claim(host)
    expect(entry).toMatchObject({
      status: 'PENDING',
      verifiedAt: null,
      hostnameStatus: { state: 'PENDING' },
      tlsStatus: { state: 'PENDING' },
      records: [
        {
          type: 'TXT',
          name: `_host-verification.${host}`,
          value: expect.stringMatching(/^host-verification=[0-9a-f]{32}$/),
        },
        { type: 'CNAME', name: host, value: TARGET },
      ],
    })
    expect(JSON.stringify(entry)).not.toMatch(/vibethink/i) // what goes into public DNS tells of nobody
    expect((await check(entry.id)).hostnameStatus.reason).toContain('no TXT record')
    expect(cloudflare.hostnames.size).toBe(0) // nobody has proved the name

    dns.set(ownTxt(entry).name, 'TXT', 'v=spf1 -all', ownTxt(entry).value)
    dns.set(host, 'CNAME', 'old.shop.example')
    dns.set('old.shop.example', 'A', '192.0.2.77')
    const proved = await check(entry.id)
    expect(proved.verifiedAt).not.toBeNull()
    expect(proved.hostnameStatus).toEqual({
      state: 'PENDING',
      reason: 'The name leads to old.shop.example.',
      nextStep: `Set the CNAME record ${host} to ${TARGET}.`,
    })
    expect(proved.tlsStatus.state).toBe('PENDING')

    dns.set(host, 'CNAME', TARGET)
    expect(await check(entry.id)).toMatchObject({ status: 'PENDING', hostnameStatus: { state: 'PENDING' } })
    const atEdge = cloudflare.hostnames.get(host)
    if (!atEdge) throw new Error('Nothing was made at the edge.')
    atEdge.status = 'active'
    const halfway = await check(entry.id)
    expect(halfway).toMatchObject({
      status: 'PENDING',
      hostnameStatus: { state: 'ACTIVE' },
      tlsStatus: { state: 'PENDING' },
    })
    expect(await served(host)).toBe(false)

    cloudflare.activate(host)
    expect(await check(entry.id)).toMatchObject({
      status: 'ACTIVE',
      hostnameStatus: { state: 'ACTIVE', reason: null },
      tlsStatus: { state: 'ACTIVE', reason: null },
      warning: null,
    })
    expect(await served(host)).toBe(true)
    expect(await events(entry.id)).toEqual([
      'CONFIGURATION_CHANGE platform-admin created',
      'CONFIGURATION_CHANGE hostname-check verified',
      'CONFIGURATION_CHANGE hostname-check activated',
    ])
  })

  it('of one where TLS fails is told why, and a validation that ran out of time is begun anew', async () => {
    const host = 'tls.star.example'
    const entry = await claim(host)
    setRecords(entry)
    await check(entry.id)
    const atEdge = cloudflare.hostnames.get(host)
    if (!atEdge) throw new Error('Nothing was made at the edge.')
    atEdge.status = 'active'
    atEdge.ssl.status = 'expired'
    atEdge.ssl.validation_errors = [{ message: 'caa_error: star.example' }]
    const { status, hostnameStatus, tlsStatus } = await check(entry.id)
    expect({ status, hostname: hostnameStatus.state, tls: tlsStatus.state }).toEqual({
      status: 'PENDING',
      hostname: 'ACTIVE',
      tls: 'FAILED',
    })
    expect(tlsStatus.reason).toContain('caa_error')
    expect(tlsStatus.nextStep).toContain('CAA')
    atEdge.ssl.status = 'validation_timed_out'
    expect((await check(entry.id)).tlsStatus.state).toBe('PENDING')
    expect(atEdge.ssl.status).toBe('pending_validation')
  })

  it('at the top of a domain leads here by its addresses', async () => {
    const entry = await claim('star-top.example')
    dns.set(ownTxt(entry).name, 'TXT', ownTxt(entry).value)
    dns.set('star-top.example', 'A', '192.0.2.99')
    expect((await check(entry.id)).hostnameStatus.reason).toBe('The name leads to 192.0.2.99.')
    dns.set('star-top.example', 'A', '192.0.2.10')
    await check(entry.id)
    cloudflare.activate('star-top.example')
    expect((await check(entry.id)).status).toBe('ACTIVE')
  })

  it('is looked at by the hostname-check when its time has come, and not before', async () => {
    const entry = await claim('clock.star.example')
    setRecords(entry)
    edge.runSchedule()
    await expect.poll(async () => (await row(entry.id))['verified_at'], { timeout: 15_000 }).not.toBeNull()
    await expect.poll(async () => (await row(entry.id))['edge_id'], { timeout: 15_000 }).not.toBeNull()
    cloudflare.activate('clock.star.example')
    const due = await claim('due.star.example')
    edge.runSchedule()
    await expect.poll(async () => (await row(due.id))['checked_at'], { timeout: 15_000 }).not.toBeNull()
    expect((await row(entry.id))['status']).toBe('PENDING') // it was looked at a moment ago
    await edge.sql(`update domains set next_check_at = now() where id = '${entry.id}'`)
    edge.runSchedule()
    await expect.poll(async () => (await row(entry.id))['status'], { timeout: 15_000 }).toBe('ACTIVE')
    await expect.poll(() => served('clock.star.example'), { timeout: 15_000 }).toBe(true)
  })
})

describe('one that is active', () => {
  it('is warned of when its records dangle, and let go after many failures over days', async () => {
    const host = 'dangling.star.example'
    const entry = await activate(host)
    dns.set(host, 'CNAME')
    const warned = await check(entry.id)
    expect(warned).toMatchObject({
      status: 'ACTIVE',
      hostnameStatus: { state: 'PENDING', reason: 'The name leads nowhere.' },
      warning: { reason: 'The name leads nowhere.', nextStep: expect.stringContaining(TARGET) },
    })
    expect(Date.parse(warned.warning.deactivatesAfter)).toBeGreaterThan(Date.now() + 47 * 3_600_000)
    for (let looks = 0; looks < 4; looks += 1) expect((await check(entry.id)).status).toBe('ACTIVE') // often, but not for long
    expect(await served(host)).toBe(true)
    await ageFailures(entry.id)
    expect((await check(entry.id)).status).toBe('PENDING')
    expect(await served(host)).toBe(false)
    expect(await events(entry.id)).toEqual([
      'CONFIGURATION_CHANGE platform-admin created',
      'CONFIGURATION_CHANGE hostname-check verified',
      'CONFIGURATION_CHANGE hostname-check activated',
      'INCIDENT_CREATED hostname-check warned',
      'CONFIGURATION_CHANGE hostname-check deactivated',
    ])
  })

  it('recovers when the record is back', async () => {
    const host = 'recovering.star.example'
    const entry = await activate(host)
    dns.set(ownTxt(entry).name, 'TXT')
    expect(await check(entry.id)).toMatchObject({
      status: 'ACTIVE',
      warning: { reason: expect.stringContaining('TXT') },
    })
    dns.set(ownTxt(entry).name, 'TXT', ownTxt(entry).value)
    expect(await check(entry.id)).toMatchObject({ status: 'ACTIVE', warning: null })
    expect((await events(entry.id)).at(-1)).toBe('INCIDENT_RESOLVED hostname-check recovered')
  })

  it('stays while nobody answers, however long', async () => {
    const host = 'silent.star.example'
    const entry = await activate(host)
    dns.fail(host, 'servfail')
    dns.fail(ownTxt(entry).name, 'hang-up')
    cloudflare.acceptKey(false)
    for (let looks = 0; looks < 4; looks += 1) {
      expect(await check(entry.id)).toMatchObject({ status: 'ACTIVE', warning: null })
    }
    cloudflare.acceptKey(true)
    dns.fail(host, undefined)
    dns.fail(ownTxt(entry).name, undefined)
  })

  it('that somebody deleted at the edge is asked for again', async () => {
    const host = 'again.star.example'
    const entry = await activate(host)
    const { id } = cloudflare.plant(host, new Date()) // another stands in its place now
    await check(entry.id)
    cloudflare.activate(host)
    expect(await check(entry.id)).toMatchObject({ status: 'ACTIVE', warning: null })
    expect((await row(entry.id))['edge_id']).toBe(id)
  })

  it('is gone at once when it is removed, and deleted at the edge until that is done', async () => {
    const host = 'removed.star.example'
    const entry = await activate(host)
    expect(await admin('DELETE', `/domains/${entry.id}`)).toMatchObject({ status: 200, body: { status: 'REMOVED' } })
    expect(await served(host)).toBe(false)
    expect((await admin('POST', `/domains/${entry.id}/check`)).status).toBe(404)
    // sent again, as after a 503 between its two writes: the sessions are asked for anew, and nothing is told twice
    const epoch = async () => {
      const { rows } = await edge.query(`select epoch from deployments where id = '${marlowWhiteLabel}'`)
      return Number(rows[0]?.['epoch'])
    }
    const before = await epoch()
    expect(await admin('DELETE', `/domains/${entry.id}`)).toMatchObject({ status: 200, body: { status: 'REMOVED' } })
    expect(await epoch()).toBe(before + 1)
    const { rows: told } = await edge.query(
      `select id from platform_events where payload->>'id' = '${entry.id}' and payload->>'action' = 'removed'`,
    )
    expect(told).toHaveLength(1)
    cloudflare.failNext('DELETE', 'out-of-order', 'out-of-order')
    edge.runSchedule()
    await expect
      .poll(() => cloudflare.seen.filter((line) => line.startsWith('DELETE')).length)
      .toBeGreaterThanOrEqual(2)
    expect(cloudflare.hostnames.has(host)).toBe(true)
    edge.runSchedule()
    await expect.poll(() => cloudflare.hostnames.has(host), { timeout: 15_000 }).toBe(false)
    await expect.poll(async () => (await row(entry.id))['edge_id'], { timeout: 15_000 }).toBeNull()
  })

  it('is deleted at the edge even when we died before we wrote down what we had made there', async () => {
    const host = 'died.star.example'
    const entry = await activate(host)
    await edge.sql(`update domains set edge_id = null where id = '${entry.id}'`)
    await admin('DELETE', `/domains/${entry.id}`)
    edge.runSchedule()
    await expect.poll(() => cloudflare.hostnames.has(host), { timeout: 15_000 }).toBe(false)
    await expect.poll(async () => (await row(entry.id))['edge_intent_at'], { timeout: 15_000 }).toBeNull()
  })

  it('ends the lines that are open at its deployment when it is removed, for those by its name are among them', async () => {
    const entry = await activate('open.star.example', remyWidget)
    const session = await edge.ask({
      method: 'POST',
      path: '/v1/sessions',
      origin: REMY,
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify({ deploymentId: remyWidget, visitorSecret: SECRET, conversation: 0 }),
    })
    const { token, conversationId } = JSON.parse(session.body)
    const line = await openSocket({
      url: `ws://localhost:${edge.port}/parties/twin-room/${conversationId}`,
      protocols: ['twin.v1', `twin.session.${token}`],
      origin: REMY,
    })
    line.send(JSON.stringify({ type: 'hello', after: null }))
    expect(await line.hear.first).toMatchObject({ type: 'welcome' })
    expect((await admin('DELETE', `/domains/${entry.id}`)).status).toBe(200)
    expect(await line.hear.closed).toBe(4401)
  })

  it('is gone with its deployment', async () => {
    const host = 'archived.star.example'
    const { body } = await admin('POST', '/deployments', {
      celebrityId: CAST.ada.celebrityId,
      type: 'WHITE_LABEL',
      name: 'For a while',
      greeting: 'Hello.',
    })
    const entry = await activate(host, body.deployment.id)
    expect(await served(host)).toBe(true)
    await admin('PATCH', `/deployments/${body.deployment.id}`, { status: 'ARCHIVED' })
    expect((await edge.ask({ path: '/', host })).status).toBe(421)
    edge.runSchedule()
    await expect.poll(async () => (await row(entry.id))['status'], { timeout: 15_000 }).toBe('REMOVED')
    await expect.poll(() => cloudflare.hostnames.has(host), { timeout: 15_000 }).toBe(false)
    expect((await events(entry.id)).at(-1)).toBe('CONFIGURATION_CHANGE hostname-check removed')
    expect((await admin('POST', `/deployments/${body.deployment.id}/domains`, { hostname: host })).status).toBe(404)
  })
})

describe('a name that two want', () => {
  it('tells a stranger nothing: claimed, served and free look alike', async () => {
    await activate('held.star.example')
    await claim('claimed.star.example')
    const answers = await Promise.all(
      ['held.star.example', 'claimed.star.example', 'free.star.example'].map((host) => claim(host, remyWidget)),
    )
    const told = await Promise.all(answers.map(({ id }) => check(id)))
    const alike = [...answers, ...told].map(
      ({ id: _id, createdAt: _created, checkedAt: _checked, nextCheckAt: _next, ...rest }) =>
        JSON.stringify(rest).replaceAll(rest.hostname, 'HOST').replaceAll(ownTxt(rest).value, 'VALUE'),
    )
    expect(new Set(alike.slice(0, 3)).size).toBe(1)
    expect(new Set(alike.slice(3)).size).toBe(1)
  })

  it('is not kept from its owner by a claim that was never proved', async () => {
    const squatter = await claim('mine.star.example', remyWidget)
    const owner = await activate('mine.star.example')
    expect((await check(squatter.id)).status).toBe('PENDING')
    expect((await check(owner.id)).status).toBe('ACTIVE')
  })

  it('stays with its holder while the holder’s record stands, and goes to whoever proves it once that is gone', async () => {
    const host = 'sold.star.example'
    const before = await activate(host)
    const after = await claim(host, remyWidget)
    dns.set(ownTxt(before).name, 'TXT', ownTxt(before).value, ownTxt(after).value)
    expect(await check(after.id)).toMatchObject({
      status: 'PENDING',
      verifiedAt: null,
      hostnameStatus: { reason: expect.stringContaining('in use already') },
    })
    expect(await served(host)).toBe(true)

    dns.set(ownTxt(before).name, 'TXT', ownTxt(after).value)
    expect((await check(after.id)).verifiedAt).not.toBeNull()
    expect(await served(host)).toBe(false) // the former holder's at once
    expect((await row(before.id))['status']).toBe('PENDING')
    expect((await row(before.id))['verified_at']).toBeNull()
    // At the edge it is still the former holder's: it is deleted first, and never adopted.
    expect((await row(after.id))['edge_id']).toBeNull()
    edge.runSchedule()
    await expect.poll(() => cloudflare.hostnames.has(host), { timeout: 15_000 }).toBe(false)
    await check(after.id)
    cloudflare.activate(host)
    expect((await check(after.id)).status).toBe('ACTIVE')
    const page = await edge.ask({ path: `/v1/embed/${marlowWhiteLabel}`, host, origin: `http://${host}:${edge.port}` })
    expect(page.status).toBe(404) // the host is another tenant's now
    expect(await events(before.id)).toContain('CONFIGURATION_CHANGE hostname-check deactivated')
  })

  it('is not adopted from the edge when it stood there before', async () => {
    const host = 'foreign.star.example'
    cloudflare.plant(host, new Date(Date.now() - 86_400_000))
    const entry = await claim(host)
    setRecords(entry)
    cloudflare.activate(host)
    expect(await check(entry.id)).toMatchObject({
      status: 'PENDING',
      hostnameStatus: { reason: 'The edge still has the name for an earlier use.' },
    })
  })

  it('is adopted when it was made for this very claim and we never heard of it', async () => {
    const host = 'crashed.star.example'
    const entry = await claim(host)
    setRecords(entry)
    cloudflare.failNext('POST', 'lost-answer')
    await check(entry.id)
    cloudflare.activate(host)
    expect((await check(entry.id)).status).toBe('ACTIVE')
    expect([...cloudflare.hostnames.keys()].filter((name) => name === host)).toHaveLength(1)
  })

  it('is not deleted at the edge under whoever holds it now, for one who had only meant to have it there', async () => {
    const host = 'meant.star.example'
    const before = await claim(host, remyWidget)
    await admin('DELETE', `/domains/${before.id}`)
    await edge.sql(`update domains set edge_intent_at = now() - interval '1 hour' where id = '${before.id}'`)
    await activate(host)
    edge.runSchedule()
    await expect.poll(async () => (await row(before.id))['edge_intent_at'], { timeout: 15_000 }).toBeNull()
    expect(cloudflare.hostnames.has(host)).toBe(true)
  })

  it('is claimed once by a deployment, and a deployment has few', async () => {
    await claim('once.star.example')
    const again = await admin('POST', `/deployments/${marlowWhiteLabel}/domains`, { hostname: 'once.star.example' })
    expect(again).toMatchObject({ status: 409, body: { detail: 'This deployment has this hostname already.' } })
  })
})

describe('a tenant with very many', () => {
  it('keeps nobody else waiting, and has no more than a hundred', async () => {
    await edge.sql(
      `insert into domains (tenant_id, deployment_id, hostname, next_check_at)
       select '${CAST.remy.tenantId}', '${remyWidget}', 'many-' || n || '.star.example', now() - interval '1 hour'
         from generate_series(1, 100) n`,
    )
    const other = await claim('alone.star.example', CAST.deployments.marlowClub)
    edge.runSchedule()
    await expect.poll(async () => (await row(other.id))['checked_at'], { timeout: 15_000 }).not.toBeNull()
    const refused = await admin('POST', `/deployments/${CAST.deployments.remyPortal}/domains`, {
      hostname: 'one-more.star.example',
    })
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('A tenant has at most 100') },
    })
    await claim('not-theirs.star.example', CAST.deployments.marlowClub)
    await edge.sql(`update domains set status = 'REMOVED' where hostname like 'many-%'`)
  })
})

describe('a check that lost its claim', () => {
  it('writes nothing: what was removed meanwhile stays removed', async () => {
    const host = 'racing.star.example'
    const entry = await claim(host)
    setRecords(entry)
    await check(entry.id)
    cloudflare.activate(host)
    const asked = dns.asked.length
    dns.fail(host, 'held') // what it hears in the end is all good
    const checking = check(entry.id)
    await expect.poll(() => dns.asked.slice(asked)).toContain(`A ${host}`)
    expect((await admin('DELETE', `/domains/${entry.id}`)).status).toBe(200)
    dns.fail(host, undefined)
    await checking
    expect((await row(entry.id))['status']).toBe('REMOVED')
    expect(await served(host)).toBe(false)
  })
})

describe('on its own host, whatever the deployment is', () => {
  it.each([
    ['a portal', CAST.deployments.remyPortal, 'portal.star.example'],
    ['a widget', remyWidget, 'widget.star.example'],
    ['a white-label page', marlowWhiteLabel, 'page.star.example'],
    ['a campaign', CAST.deployments.solaraCampaign, 'campaign.star.example'],
  ])('%s has everything first-party, and nothing of ours', async (_case, deployment, host) => {
    await activate(host, deployment)
    const origin = `http://${host}:${edge.port}`
    const html = [['Accept', 'text/html']] as const
    const page = await edge.ask({ path: '/', host, headers: html })
    expect(page.status).toBe(200)
    const linked = [...page.body.matchAll(/(?:src|href|content)="([^"#]+)"/g)].flatMap(([, url]) => url ?? [])
    const addresses = linked.filter((url) => /^(?:https?:)?\/\/|^\//.test(url))
    expect(addresses.length).toBeGreaterThan(3)
    expect(addresses.map((url) => new URL(url, origin).origin)).toEqual(addresses.map(() => origin))
    const embed = await edge.ask({ path: `/v1/embed/${deployment}`, host, origin })
    expect(embed.status).toBe(200)
    const session = await edge.ask({
      method: 'POST',
      path: '/v1/sessions',
      host,
      origin,
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify({ deploymentId: deployment, visitorSecret: SECRET, conversation: 0 }),
    })
    expect(session.status).toBe(201)
    const { token } = JSON.parse(session.body)
    const claims = Buffer.from(String(token).split('.').slice(0, 2).join('.'), 'base64url').toString()
    const manifest = await edge.ask({ path: '/manifest.webmanifest', host })
    expect(JSON.parse(manifest.body)).toMatchObject({ start_url: '/', scope: '/', display: 'standalone' })
    const others = await Promise.all(
      [
        '/robots.txt',
        '/favicon.ico',
        '/nothing',
        '/admin/v1/keys',
        '/v1/twin.js',
        '/manifest.json',
        '/v1/embed/x/check',
      ]
        .concat(addresses.map((url) => new URL(url, origin).pathname))
        .flatMap((path) => [edge.ask({ path, host }), edge.ask({ path, host, headers: html })]),
    )
    for (const { headers, body } of [page, embed, session, manifest, { headers: [], body: claims }, ...others]) {
      expect(`${JSON.stringify([...headers])} ${body}`).not.toMatch(/vibethink/i)
    }
  })

  it('a robot is let to its page and kept from its doors', async () => {
    const { body } = await edge.ask({ path: '/robots.txt', host: CAST.whiteLabelHost })
    expect(body).toContain('Disallow: /v1/')
    expect(body).not.toMatch(/^Disallow: \/$/m)
  })

  it('the script tag’s panel, which is ours by name, is not there', async () => {
    const panel = '/assets/panel-0a1b2c3d.js'
    expect((await edge.ask({ path: panel })).status).toBe(200)
    expect((await edge.ask({ path: panel, host: CAST.whiteLabelHost })).status).toBe(404)
  })
})

describe('another tenant’s key', () => {
  it('finds no hostname that is not its own, and looks after none', async () => {
    const host = 'private.star.example'
    const entry = await claim(host)
    const { body } = await admin('POST', '/keys', {
      name: 'Of Remy',
      tenantId: CAST.remy.tenantId,
      role: 'OWNER',
      scopes: ['read', 'write'],
    })
    const asRemy = async (method: string, path: string) => {
      const headers = [['Authorization', `Bearer ${body.secret}`]] as const
      return (await edge.ask({ method, path: `/admin/v1${path}`, headers })).body
    }
    const absent = '00000000-0000-4000-8000-000000000000'
    const asked = dns.asked.length
    for (const [method, path] of [
      ['GET', '/domains/:id'],
      ['POST', '/domains/:id/check'],
      ['DELETE', '/domains/:id'],
    ] as const) {
      const told = await asRemy(method, path.replace(':id', entry.id))
      expect(told).toBe(await asRemy(method, path.replace(':id', absent)))
      expect(JSON.parse(told).code).toBe('not_found')
    }
    expect(dns.asked).toHaveLength(asked)
    expect((await row(entry.id))['status']).toBe('PENDING')
  })
})

describe('names that are nobody’s', () => {
  it.each([
    ['github.io', 'public suffix'],
    ['192.0.2.1', 'IP address'],
    [TARGET, 'platform’s own host'],
    ['else.neutral.example', 'platform’s own domain'],
    ['*.star.example', 'wildcard'],
  ])('%s is refused with words', async (hostname, words) => {
    const { status, body } = await admin('POST', `/deployments/${marlowWhiteLabel}/domains`, { hostname })
    expect(status).toBe(422)
    expect(body.errors[0].message).toContain(words)
  })

  it('the demo’s name of the own machine is served without DNS, and the hostname-check leaves it alone', async () => {
    expect(await served(CAST.whiteLabelHost)).toBe(true)
    const { body } = await admin('GET', `/deployments/${marlowWhiteLabel}/domains`)
    const own = body.items.find(({ hostname }: { hostname: string }) => hostname === CAST.whiteLabelHost)
    expect(await check(own.id)).toMatchObject({ status: 'ACTIVE', records: [], tlsStatus: { state: 'ACTIVE' } })
    expect(dns.asked.filter((line) => line.includes('localhost'))).toEqual([])
  })
})
