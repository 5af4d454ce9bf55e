/** The admin route over real HTTP: from nothing to a working page, and what it refuses on the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(async () => {
  await edge.stop()
}, 30_000)

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
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: answer.status, body: JSON.parse(answer.body) }
}
async function made(path: string, body: unknown): Promise<Json> {
  const answer = await admin('POST', path, body)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
  return answer.body
}
const embedStatus = async (id: string, origin: string): Promise<number> =>
  (await edge.ask({ path: `/v1/embed/${id}`, origin })).status

const twinConfig = {
  personalityProfile: { tone: 'dry, exact', language: 'en', expertise: ['climbing'] },
  knowledgeBase: { sources: [], lastUpdated: '2026-11-01T00:00:00.000Z' },
  guardrails: { maxResponseLength: 800, bannedTopics: ['politics'], contentRating: 'PG' },
}
const nova = {
  name: 'Nova Lind',
  slug: 'nova-lind',
  type: 'ATHLETE',
  tagline: 'Climbs what others photograph',
  twinConfig,
}
const contract = { licenceScopes: ['TEXT'], startsAt: '2026-01-01', signedAt: '2025-12-01' }
const guidelines = {
  sentences: ['Mention Alto positively when relevant'],
  rules: { avoidTerms: ['Crux'], mention: ['Alto'] },
}

describe('the key', () => {
  it.each([
    ['missing', []],
    ['wrong', [['Authorization', 'Bearer twin_admin_wrong']]],
    ['of another scheme', [['Authorization', 'Basic dHdpbjp0d2lu']]],
    ['empty', [['Authorization', 'Bearer ']]],
    ['in the address', [['X-Admin-Key', 'x']]],
  ] as const)('is needed: %s', async (_case, headers) => {
    for (const path of ['/admin/v1/celebrities', '/admin/v1/nothing']) {
      const { status, headers: answered, body } = await edge.ask({ path, headers })
      expect([status, JSON.parse(body).code, answered.get('www-authenticate')]).toEqual([401, 'unauthorized', 'Bearer'])
    }
  })

  it('opens to the hash’s own key only, not to the hash', async () => {
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256').update(edge.adminKey).digest('hex')
    expect(
      (await edge.ask({ path: '/admin/v1/celebrities', headers: [['Authorization', `Bearer ${hash}`]] })).status,
    ).toBe(401)
    expect((await admin('GET', '/celebrities')).status).toBe(200)
  })
})

describe('from nothing to a working page', () => {
  it('makes a celebrity, a contract, a deployment and an allowed page, and each works with the next request', async () => {
    const celebrity = await made('/celebrities', nova)
    expect(celebrity).toMatchObject({ slug: 'nova-lind', status: 'PENDING_SETUP', twinConfigVersion: 1, twinConfig })

    const early = await admin('PATCH', `/celebrities/${celebrity.id}`, { status: 'ACTIVE' })
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: expect.stringContaining('running contract') },
    })

    const signed = await made(`/celebrities/${celebrity.id}/contracts`, contract)
    expect(signed).toMatchObject({ directShareBp: 7000, campaignShareBp: 8000, territory: 'WORLD', endsAt: null })
    expect(await admin('PATCH', `/celebrities/${celebrity.id}`, { status: 'ACTIVE' })).toMatchObject({
      status: 200,
      body: { status: 'ACTIVE' },
    })

    const source = await made(`/celebrities/${celebrity.id}/knowledge`, {
      title: 'First ascents',
      text: '# North face\n\nWe went at dawn.\n\nIt held.',
    })
    expect(source).toMatchObject({ status: 'ACTIVE', passages: 1, approvedAt: expect.any(String) })

    const { deployment, embed } = await made('/deployments', {
      celebrityId: celebrity.id,
      type: 'EMBEDDED_WIDGET',
      name: 'Own site',
      greeting: 'Hello.',
      suggestions: ['How high?'],
    })
    expect(embed.script).toBe(
      `<script async crossorigin src="http://localhost:${edge.port}/v1/embed/${deployment.id}/twin.js" data-deployment-id="${deployment.id}"></script>`,
    )
    expect(embed.element).toContain(`<vibethink-twin deployment-id="${deployment.id}"></vibethink-twin>`)

    const origin = 'http://nova.localhost:9000'
    expect(await embedStatus(deployment.id, origin)).toBe(403) // an empty list is closed
    const entry = await made(`/deployments/${deployment.id}/allowed-domains`, { origin: 'HTTP://Nova.localhost:9000' })
    expect(entry.origin).toBe(origin)
    expect(await embedStatus(deployment.id, origin)).toBe(200)
    expect((await admin('GET', `/deployments/${deployment.id}`)).body.deployment.allowedOrigins).toEqual([origin])

    const portal = await made('/deployments', {
      celebrityId: celebrity.id,
      type: 'VIBETHINK_PORTAL',
      name: 'Portal',
      greeting: 'Hello.',
      page: { title: 'Nova <Lind>', intro: 'Up.' },
    })
    expect(portal.embed.pages).toEqual([`http://localhost:${edge.port}/nova-lind`])
    const page = await edge.ask({ path: '/nova-lind', headers: [['Accept', 'text/html']] })
    expect(page.status).toBe(200)
    expect(page.body).toContain('Nova &lt;Lind&gt;')

    const host = await made(`/deployments/${deployment.id}/domains`, { hostname: 'twin.nova.localhost' })
    expect(host).toMatchObject({ status: 'ACTIVE', hostname: 'twin.nova.localhost' })
    expect(
      (await edge.ask({ path: '/', host: 'twin.nova.localhost', headers: [['Accept', 'text/html']] })).status,
    ).toBe(200)
    expect(await admin('DELETE', `/domains/${host.id}`)).toMatchObject({ status: 200, body: { status: 'REMOVED' } })
    expect((await edge.ask({ path: '/', host: 'twin.nova.localhost' })).status).toBe(421)
    await made(`/deployments/${CAST.deployments.remyPortal}/domains`, { hostname: 'twin.nova.localhost' }) // free again
    const second = await admin('POST', `/deployments/${deployment.id}/domains`, { hostname: 'twin.nova.localhost' })
    expect(second).toMatchObject({ status: 409, body: { code: 'conflict' } })

    expect((await admin('DELETE', `/allowed-domains/${entry.id}`)).status).toBe(200)
    expect(await embedStatus(deployment.id, origin)).toBe(403)
    await made(`/deployments/${deployment.id}/allowed-domains`, { origin })
    await admin('PATCH', `/deployments/${deployment.id}`, { status: 'SUSPENDED' })
    expect(await embedStatus(deployment.id, origin)).toBe(404) // the kill switch

    await admin('PATCH', `/contracts/${signed.id}`, { terminatedAt: '2026-06-01' })
    expect((await edge.ask({ path: '/nova-lind', headers: [['Accept', 'text/html']] })).status).toBe(404)
  })

  it('resolves a campaign once its present guidelines are approved, inside its dates', async () => {
    const brand = await made('/brands', { name: 'Alto', slug: 'alto', website: 'https://alto.example' })
    const campaign = await made('/campaigns', {
      celebrityId: CAST.remy.celebrityId,
      brandId: brand.id,
      slug: 'summit',
      name: 'Summit',
      startsAt: '2026-01-01',
      guidelines,
    })
    expect(campaign).toMatchObject({
      status: 'REQUESTED',
      guidelinesVersion: 1,
      approvedVersion: null,
      endsAt: null,
      exclusive: false,
    })
    const { deployment } = await made('/deployments', {
      celebrityId: CAST.remy.celebrityId,
      type: 'BRAND_CAMPAIGN',
      campaignId: campaign.id,
      name: 'Landing',
      greeting: 'Hi.',
    })
    const origin = 'http://alto.localhost:9000'
    await made(`/deployments/${deployment.id}/allowed-domains`, { origin })
    const status = (): Promise<number> => embedStatus(deployment.id, origin)
    const patch = async (body: object): Promise<Json> => (await admin('PATCH', `/campaigns/${campaign.id}`, body)).body

    expect(await status()).toBe(404)
    expect(await patch({ status: 'APPROVED' })).toMatchObject({
      decision: 'APPROVED',
      status: 'ACTIVE',
      approvedVersion: 1,
    })
    expect(await status()).toBe(200)
    const louder = { ...guidelines, sentences: ['Be loud'] }
    expect(await patch({ guidelines: louder })).toMatchObject({
      status: 'REQUESTED',
      guidelinesVersion: 2,
      approvedVersion: 1,
    })
    expect(await status()).toBe(404) // approval was of what stood there before
    expect(await patch({ guidelines, status: 'APPROVED' })).toMatchObject({ code: 'request_invalid' })
    expect(await patch({ status: 'APPROVED' })).toMatchObject({ approvedVersion: 2 })
    expect(await status()).toBe(200)
    expect(await patch({ status: 'REJECTED' })).toMatchObject({ approvedVersion: null, approvedAt: null })
    expect(await patch({ status: 'ACTIVE' })).toMatchObject({ code: 'request_invalid', errors: [{ field: 'status' }] })
    expect(await status()).toBe(404)
    expect(await patch({ status: 'APPROVED', guidelinesVersion: 1 })).toMatchObject({ code: 'conflict' }) // read before it changed
    await patch({ status: 'APPROVED' })
    expect(await status()).toBe(200)
    expect(await patch({ startsAt: '2099-01-01' })).toMatchObject({ status: 'SCHEDULED' })
    expect(await status()).toBe(403)
    expect(await patch({ startsAt: '2026-01-01' })).toMatchObject({ status: 'REQUESTED' }) // longer than was approved
    expect(await status()).toBe(404)
    await patch({ status: 'APPROVED' })
    expect(await patch({ endsAt: '2026-02-01' })).toMatchObject({ status: 'ENDED', decision: 'APPROVED' })
    expect(await status()).toBe(410)
    await patch({ endsAt: null })
    await patch({ status: 'APPROVED' })
    expect(await status()).toBe(200)
    expect(await patch({ endsAt: '2025-01-01' })).toMatchObject({
      code: 'request_invalid',
      errors: [{ field: 'endsAt', message: 'must be after startsAt' }],
    })
  })

  it('takes dates by the wall clock of the campaign’s time zone, and answers both', async () => {
    const brand = await made('/brands', { name: 'Uhr', slug: 'uhr' })
    const base = { celebrityId: CAST.ada.celebrityId, brandId: brand.id, slug: 'dawn', name: 'Dawn', guidelines }
    const berlin = { ...base, timeZone: 'Europe/Berlin', startsAt: '2027-03-27T09:00:00', endsAt: '2027-03-28' }
    const campaign = await made('/campaigns', berlin)
    expect(campaign).toMatchObject({
      startsAt: '2027-03-27T08:00:00.000Z',
      startsAtLocal: '2027-03-27T09:00:00+01:00',
      endsAt: '2027-03-27T23:00:00.000Z',
      endsAtLocal: '2027-03-28T00:00:00+01:00',
    })
    const patch = (body: object) => admin('PATCH', `/campaigns/${campaign.id}`, body)
    for (const [endsAt, said] of [
      ['2027-03-28T02:30', 'leaves out'], // the clocks go forward
      ['2027-10-31T02:30', 'has twice'], // and back
    ]) {
      expect(await patch({ endsAt })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'endsAt', message: expect.stringContaining(said ?? '') }] },
      })
    }
    expect((await patch({ endsAt: '2027-10-31T02:30:00+01:00' })).body).toMatchObject({
      endsAt: '2027-10-31T01:30:00.000Z',
    })
    expect((await patch({ timeZone: 'Asia/Tokyo' })).body).toMatchObject({
      startsAt: '2027-03-27T08:00:00.000Z', // another zone moves no moment
      startsAtLocal: '2027-03-27T17:00:00+09:00',
    })
  })

  it('refuses what an exclusivity forbids, wherever it is written, and says what stands there', async () => {
    const brandOf = async (slug: string): Promise<Json> => made('/brands', { name: slug, slug, category: 'headphones' })
    const [loud, quiet] = [await brandOf('loud'), await brandOf('quiet')]
    const wish = {
      celebrityId: CAST.ada.celebrityId,
      name: 'A year',
      startsAt: '2031-01-01',
      endsAt: '2032-01-01',
      guidelines,
    }
    const approve = ({ id, guidelinesVersion }: Json) =>
      admin('PATCH', `/campaigns/${id}`, { status: 'APPROVED', guidelinesVersion })
    const first = await made('/campaigns', { ...wish, brandId: loud.id, slug: 'year', exclusive: true })
    const second = await made('/campaigns', { ...wish, brandId: quiet.id, slug: 'wish' }) // holds nothing, as the first does
    expect(await approve(first)).toMatchObject({ status: 200 })
    const taken = {
      status: 409,
      body: {
        code: 'conflict',
        detail: expect.stringContaining('“A year” of loud'),
        collisions: [
          {
            kind: 'campaign',
            id: first.id,
            name: 'A year',
            brand: 'loud',
            startsAt: first.startsAt,
            endsAt: first.endsAt,
          },
        ],
      },
    }
    expect(await approve(second)).toMatchObject(taken)
    expect(await admin('POST', '/campaigns', { ...wish, brandId: quiet.id, slug: 'year' })).toMatchObject(taken)
    const after = await made('/campaigns', {
      ...wish,
      brandId: quiet.id,
      slug: 'next',
      startsAt: '2032-01-01',
      endsAt: null,
    })
    expect(await admin('PATCH', `/campaigns/${after.id}`, { startsAt: '2031-12-31T23:59:59Z' })).toMatchObject(taken)
    expect(await approve(after)).toMatchObject({ status: 200 })
    const contractOf = `/celebrities/${CAST.ada.celebrityId}/contracts`
    const rules = (rule: object) => ({ ...contract, startsAt: '2031-01-01', exclusivity: [rule] })
    expect(await admin('POST', contractOf, rules({ category: 'headphones' }))).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    })
    expect(await admin('POST', contractOf, rules({}))).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'exclusivity[0]' }] },
    })
    expect(await admin('POST', contractOf, rules({ brandId: CAST.ada.celebrityId }))).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'exclusivity[0].brandId', message: 'is no brand' }] },
    })
    const signed = await made(contractOf, rules({ category: 'watches' }))
    expect(signed.exclusivity).toEqual([{ category: 'watches', brandId: null, startsAt: null, endsAt: null }])
    expect(await admin('PATCH', `/brands/${quiet.id}`, { category: 'watches' })).toMatchObject({
      status: 409,
      body: { collisions: [{ kind: 'contract', id: signed.id, name: 'watches', brand: null }] },
    })
  })

  it('leaves word of every write: who, and what stood there before and after', async () => {
    const { rows } = await edge.query(
      `select event_type, actor, payload from platform_events where payload->>'entity' = 'campaign' order by occurred_at`,
    )
    expect(rows.map(({ event_type }) => event_type)).toContain('STAKEHOLDER_APPROVAL')
    expect(rows[0]).toMatchObject({
      event_type: 'CONFIGURATION_CHANGE',
      actor: { role: 'platform-admin' },
      payload: { action: 'created', before: {}, after: { slug: 'summit', guidelines_version: 1 } },
    })
    expect(rows[1]).toMatchObject({
      event_type: 'STAKEHOLDER_APPROVAL',
      payload: { before: { status: 'REQUESTED' }, after: { status: 'APPROVED', approved_version: 1 } },
    })
  })
})

describe('what is refused', () => {
  it.each([
    ['DELETE', '/celebrities', 'GET, HEAD, POST'],
    ['PUT', `/celebrities/${CAST.remy.celebrityId}`, 'GET, HEAD, PATCH'],
    ['POST', `/allowed-domains/${CAST.remy.celebrityId}`, 'GET, HEAD, PATCH, DELETE'],
  ])('is the method %s at %s, and what may be done is said', async (method, path, allow) => {
    const answer = await edge.ask({
      method,
      path: `/admin/v1${path}`,
      headers: [['Authorization', `Bearer ${edge.adminKey}`]],
    })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
  })

  it.each([
    ['a taken slug', '/celebrities', { ...nova, slug: CAST.remy.slug }, 409, 'conflict'],
    ['a reserved slug', '/celebrities', { ...nova, slug: 'admin' }, 422, 'slug'],
    [
      'a persona without tone',
      '/celebrities',
      { ...nova, slug: 'n2', twinConfig: { ...twinConfig, personalityProfile: { language: 'en' } } },
      422,
      'twinConfig.personalityProfile.tone',
    ],
    [
      'answers that are too short',
      '/celebrities',
      {
        ...nova,
        slug: 'n2',
        twinConfig: { ...twinConfig, guardrails: { ...twinConfig.guardrails, maxResponseLength: 99 } },
      },
      422,
      'twinConfig.guardrails.maxResponseLength',
    ],
    [
      'a portrait elsewhere',
      '/celebrities',
      { ...nova, slug: 'n2', portrait: 'https://evil.example/x.png' },
      422,
      'portrait',
    ],
    ['a status at birth', '/celebrities', { ...nova, slug: 'n2', status: 'ACTIVE' }, 422, 'status'],
    ['a contract of nobody', '/celebrities/10000000-0000-4000-8000-00000000ffff/contracts', contract, 404, 'not_found'],
    [
      'a contract that ends before it begins',
      `/celebrities/${CAST.remy.celebrityId}/contracts`,
      { ...contract, endsAt: '2025-01-01' },
      422,
      'endsAt',
    ],
    [
      'a signature that is still to come',
      `/celebrities/${CAST.remy.celebrityId}/contracts`,
      { ...contract, signedAt: '2999-01-01' },
      422,
      'signedAt',
    ],
    [
      'a year the database does not know',
      `/celebrities/${CAST.remy.celebrityId}/contracts`,
      { ...contract, startsAt: '0000-01-01' },
      422,
      'startsAt',
    ],
    [
      'a source that is no address as people write them',
      `/celebrities/${CAST.remy.celebrityId}/knowledge`,
      { title: 'x', text: 'x', url: 'https:evil' },
      422,
      'url',
    ],
    [
      'a share above everything',
      `/celebrities/${CAST.remy.celebrityId}/contracts`,
      { ...contract, directShareBp: 10_001 },
      422,
      'directShareBp',
    ],
    [
      'a campaign deployment without campaign',
      '/deployments',
      { celebrityId: CAST.remy.celebrityId, type: 'BRAND_CAMPAIGN', name: 'x', greeting: 'x' },
      422,
      'campaignId',
    ],
    [
      'another celebrity’s campaign',
      '/deployments',
      {
        celebrityId: CAST.ada.celebrityId,
        type: 'BRAND_CAMPAIGN',
        campaignId: CAST.solara.campaignId,
        name: 'x',
        greeting: 'x',
      },
      422,
      'campaignId',
    ],
    [
      'a colour that is more',
      '/deployments',
      {
        celebrityId: CAST.ada.celebrityId,
        type: 'EMBEDDED_WIDGET',
        name: 'x',
        greeting: 'x',
        theme: { accent: 'red;background:url(//evil)' },
      },
      422,
      'theme.accent',
    ],
    [
      'a page twice',
      `/deployments/${CAST.deployments.remyWidget}/allowed-domains`,
      { origin: 'http://remyvale.localhost:8788' },
      409,
      'conflict',
    ],
    [
      'a wildcard below a public suffix',
      `/deployments/${CAST.deployments.remyWidget}/allowed-domains`,
      { origin: 'https://*.github.io' },
      422,
      'origin',
    ],
    ['null', `/deployments/${CAST.deployments.remyWidget}/allowed-domains`, { origin: 'null' }, 422, 'origin'],
    [
      'the platform’s own host',
      `/deployments/${CAST.deployments.remyWidget}/domains`,
      { hostname: 'localhost' },
      422,
      'hostname',
    ],
    [
      'another’s host',
      `/deployments/${CAST.deployments.remyWidget}/domains`,
      { hostname: CAST.whiteLabelHost },
      409,
      'conflict',
    ],
    [
      'knowledge for another’s campaign',
      `/celebrities/${CAST.ada.celebrityId}/knowledge`,
      { title: 'x', text: 'x', campaignId: CAST.solara.campaignId },
      422,
      'campaignId',
    ],
    ['a lone surrogate', '/brands', '{"name":"x\\ud800","slug":"x-brand"}', 422, 'name'],
    ['a prototype', '/brands', '{"__proto__":{"name":"x"},"slug":"x-brand"}', 422, '__proto__'],
    ['depth', '/brands', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422, 'must be an object'],
    ['too much', '/brands', `"${'x'.repeat(262_144)}"`, 413, 'request_too_large'],
  ])('%s', async (_case, path, body, status, said) => {
    const answer = await admin('POST', path, body)
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([status, expect.stringContaining(said)])
  })

  it.each([
    ['an empty patch', 'PATCH', `/celebrities/${CAST.remy.celebrityId}`, {}, 422],
    ['a patch of the slug', 'PATCH', `/celebrities/${CAST.remy.celebrityId}`, { slug: 'other' }, 422],
    ['a patch of nobody', 'PATCH', '/celebrities/10000000-0000-4000-8000-00000000ffff', { name: 'x' }, 404],
    ['a version without a decision', 'PATCH', `/campaigns/${CAST.solara.campaignId}`, { guidelinesVersion: 1 }, 422],
    ['an hour that no day has', 'PATCH', `/campaigns/${CAST.solara.campaignId}`, { endsAt: '2030-01-01T24:00' }, 422],
    ['what is no id', 'GET', '/brands/1', undefined, 404],
    ['an unknown resource', 'GET', '/nobodies', undefined, 404],
    ['a page of 51', 'GET', '/brands?limit=51', undefined, 422],
    ['a page after what is no id', 'GET', '/brands?after=1', undefined, 422],
  ])('%s', async (_case, method, path, body, status) => {
    expect((await admin(method, path, body)).status).toBe(status)
  })
})

describe('reading and changing', () => {
  it('ends a contract at once or never: a termination that is still to come is refused, with what to write', async () => {
    const path = `/celebrities/${CAST.ada.celebrityId}/contracts`
    const { id } = await made(path, { ...contract, startsAt: '2040-01-01' })
    expect(await admin('PATCH', `/contracts/${id}`, { terminatedAt: '2999-01-01' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'terminatedAt', message: expect.stringContaining('`endsAt`') }] },
    })
    expect((await admin('GET', `/contracts/${id}`)).body).toMatchObject({ terminatedAt: null })
  })

  it('pages through a list, each once', async () => {
    const seen: string[] = []
    let after = ''
    do {
      const { body } = await admin('GET', `/deployments?limit=2${after}`)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      after = body.next === null ? '' : `&after=${body.next}`
    } while (after !== '')
    expect(seen).toEqual(expect.arrayContaining(Object.values(CAST.deployments)))
    expect(new Set(seen).size).toBe(seen.length)
  })

  it.each([
    [`/celebrities/${CAST.remy.celebrityId}`, { tagline: 'New line' }],
    [`/contracts/${CAST.remy.contractId}`, { endsAt: null }],
    [`/brands/${CAST.solara.brandId}`, { website: 'https://solara.example/' }],
    [`/campaigns/${CAST.solara.campaignId}`, { name: 'Summer' }],
  ])('reads and changes %s', async (path, patch) => {
    expect(await admin('PATCH', path, patch)).toMatchObject({ status: 200, body: patch })
    expect(await admin('GET', path)).toMatchObject({ status: 200, body: patch })
  })

  it('changes a part of a deployment’s theme and leaves the rest', async () => {
    const path = `/deployments/${CAST.deployments.remyWidget}`
    const before = (await admin('GET', path)).body.deployment.theme
    const after = (await admin('PATCH', path, { theme: { corner: 'sharp', launcherLabel: null } })).body.deployment
      .theme
    const { launcherLabel: _label, ...rest } = before
    expect(after).toEqual({ ...rest, corner: 'sharp' })
  })

  it('cuts a changed text into passages anew', async () => {
    const made = await admin('POST', `/celebrities/${CAST.ada.celebrityId}/knowledge`, {
      title: 'Hills',
      text: 'Short.',
      url: 'https://ada.example/hills',
      language: 'en-GB',
    })
    const long = Array.from({ length: 9 }, () => 'Run slowly uphill. '.repeat(20)).join('\n\n')
    const { body } = await admin('PATCH', `/knowledge/${made.body.id}`, { text: long })
    expect(body.passages).toBeGreaterThan(3)
    expect((await admin('PATCH', `/knowledge/${made.body.id}`, { status: 'ARCHIVED' })).body).toMatchObject({
      status: 'ARCHIVED',
      passages: body.passages,
    })
    const { body: listed } = await admin('GET', `/celebrities/${CAST.ada.celebrityId}/knowledge`)
    expect(listed.items.map(({ id }: { id: string }) => id)).toContain(made.body.id)
  })
})
