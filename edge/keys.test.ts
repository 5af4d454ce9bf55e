/** Keys of people and services over real HTTP: what each opens, how long, and what is written down of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { ACCESS } from './core/admin/access.ts'
import { runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(() => edge.stop(), 30_000)

/** What came back, loosely: the tests say what must be in it. */
// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any

async function as(key: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const answer = await edge.ask({
    method,
    path: `/admin/v1${path}`,
    headers: [
      ['Authorization', `Bearer ${key}`],
      ['Content-Type', 'application/json'],
    ],
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: JSON.parse(answer.body) }
}
const root = (method: string, path: string, body?: unknown) => as(edge.adminKey, method, path, body)
async function made(key: string, path: string, body: unknown): Promise<Json> {
  const answer = await as(key, 'POST', path, body)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
  return answer.body
}
const remyTenant = CAST.remy.tenantId
const makeKey = (tenantId: string, role: string, scopes: readonly string[] = ['read', 'write']): Promise<Json> =>
  made(edge.adminKey, '/keys', { name: `${role} of ${tenantId}`, tenantId, role, scopes })
const opens = async (key: string): Promise<number> => (await as(key, 'GET', '/celebrities')).status

describe('the table of who may what', () => {
  it.each(Object.keys(ACCESS))('names a route that is there: %s', async (route) => {
    const [method = '', path = ''] = route.split(' ')
    const { status } = await edge.ask({
      method,
      path: `/admin/v1${path.replace(/:\w+/, crypto.randomUUID())}`,
      headers: [['Authorization', `Bearer ${edge.adminKey}`]],
    })
    expect([403, 405, 500]).not.toContain(status)
  })
})

describe('a service’s key', () => {
  it('sees and changes its own tenant’s, and finds nothing of another’s', async () => {
    const { key, secret } = await makeKey(remyTenant, 'EDITOR')
    expect(secret).toMatch(/^vtw_test_/)
    expect(key).toMatchObject({ tenantId: remyTenant, userId: null, role: 'EDITOR', prefix: secret.slice(0, 17) })
    expect((await as(secret, 'GET', '/celebrities')).body.items.map(({ id }: Json) => id)).toEqual([
      CAST.remy.celebrityId,
    ])
    expect((await as(secret, 'PATCH', `/celebrities/${CAST.remy.celebrityId}`, { tagline: 'New' })).status).toBe(200)
    const absent = await as(secret, 'GET', `/celebrities/${crypto.randomUUID()}`)
    expect(await as(secret, 'GET', `/celebrities/${CAST.ada.celebrityId}`)).toEqual(absent)
    expect(await as(secret, 'PATCH', `/celebrities/${CAST.ada.celebrityId}`, { tagline: 'X' })).toEqual(absent)
    expect((await root('GET', `/celebrities/${CAST.ada.celebrityId}`)).body.tagline).not.toBe('X')
  })

  it('is refused what its role or its scope does not hold, in words', async () => {
    const { secret: viewer } = await makeKey(remyTenant, 'VIEWER')
    const { secret: reader } = await makeKey(remyTenant, 'OWNER', ['read'])
    const path = `/celebrities/${CAST.remy.celebrityId}`
    expect(await as(viewer, 'PATCH', path, { tagline: 'X' })).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: 'This needs one of the roles OWNER, EDITOR.' },
    })
    expect(await as(reader, 'PATCH', path, { tagline: 'X' })).toMatchObject({
      status: 403,
      body: { detail: 'This needs a key that may write.' },
    })
    expect((await as(reader, 'GET', path)).status).toBe(200)
  })

  it('of a brand proposes and learns of no other’s campaign; of the celebrity approves what it has read', async () => {
    const brandOf = (slug: string): Promise<Json> =>
      made(edge.adminKey, '/brands', { name: `The ${slug}`, slug, category: 'luggage' })
    const [first, second] = [await brandOf('valise'), await brandOf('trunk')]
    const [{ secret: brand }, { secret: celebrity }] = [
      await makeKey(second.tenantId, 'EDITOR'),
      await makeKey(remyTenant, 'APPROVER'),
    ]
    const wish = {
      celebrityId: CAST.remy.celebrityId,
      name: 'Long way',
      slug: 'long-way',
      startsAt: '2035-01-01',
      guidelines: { sentences: [], rules: { avoidTerms: [], mention: [] } },
    }
    const held = await made(edge.adminKey, '/campaigns', {
      ...wish,
      brandId: first.id,
      exclusive: true,
      endsAt: '2036-01-01',
    })
    expect((await root('PATCH', `/campaigns/${held.id}`, { status: 'APPROVED' })).status).toBe(200)
    const refused = await as(brand, 'POST', '/campaigns', { ...wish, brandId: second.id })
    expect(refused).toMatchObject({ status: 409, body: { detail: 'The celebrity is not available in this period.' } })
    expect(JSON.stringify(refused.body)).not.toMatch(/valise|Long way|2036|collisions/)

    const proposal = await made(brand, '/campaigns', { ...wish, brandId: second.id, startsAt: '2036-01-01' })
    const path = `/campaigns/${proposal.id}`
    expect((await as(brand, 'PATCH', path, { status: 'APPROVED' })).status).toBe(403)
    expect((await as(brand, 'PATCH', `/brands/${second.id}`, { category: 'toys' })).status).toBe(403)
    expect((await as(brand, 'GET', `/campaigns/${held.id}`)).status).toBe(404)
    await as(brand, 'PATCH', path, { name: 'A longer way' })
    const late = await as(celebrity, 'PATCH', path, { status: 'APPROVED', guidelinesVersion: 1 })
    expect(late).toMatchObject({ status: 409, body: { detail: expect.stringContaining('version 2') } })
    const approved = await as(celebrity, 'PATCH', path, { status: 'APPROVED', guidelinesVersion: 2 })
    expect(approved.body).toMatchObject({ decision: 'APPROVED', status: 'SCHEDULED', approvedVersion: 2 })
    const { rows } = await edge.query(
      `select actor, payload from platform_events where payload->>'id' = '${proposal.id}' and event_type = 'STAKEHOLDER_APPROVAL'`,
    )
    expect(rows).toMatchObject([
      {
        actor: { role: 'celebrity:approver' },
        payload: { before: { status: 'REQUESTED' }, after: { status: 'APPROVED', approved_version: 2 } },
      },
    ])
    for (const id of [held.id, proposal.id]) await root('PATCH', `/campaigns/${id}`, { status: 'REJECTED' }) // frees the period
  })

  it('cannot bring back what VibeThink has suspended', async () => {
    const { secret } = await makeKey(remyTenant, 'OWNER')
    const path = `/deployments/${CAST.deployments.remyPortal}`
    expect((await as(secret, 'PATCH', path, { status: 'INACTIVE' })).status).toBe(200)
    expect((await as(secret, 'PATCH', path, { status: 'SUSPENDED' })).status).toBe(403)
    await root('PATCH', path, { status: 'SUSPENDED' })
    expect(await as(secret, 'PATCH', path, { status: 'ACTIVE' })).toMatchObject({ status: 409 })
    await root('PATCH', path, { status: 'ACTIVE' })
  })

  it('is told once and kept as a digest alone, and its use is noted', async () => {
    const { key, secret } = await makeKey(remyTenant, 'VIEWER')
    expect((await root('GET', `/keys/${key.id}`)).body).toMatchObject({ id: key.id, lastUsedAt: null })
    expect(await opens(secret)).toBe(200)
    const seen = await root('GET', `/keys/${key.id}`)
    expect(seen.body.lastUsedAt).toEqual(expect.any(String))
    expect(JSON.stringify(seen.body)).not.toContain(secret)
    const { rows } = await edge.query(`select to_jsonb(k)::text as row from api_keys k
      union all select to_jsonb(e)::text from platform_events e`)
    const everything = `${JSON.stringify(rows)}${edge.log.join('')}`
    expect(everything).toContain(key.prefix)
    expect(everything).not.toContain(secret.slice(18, 50))
  })

  it('opens until it expires, and from the next request on after it was revoked no more', async () => {
    const { key, secret } = await makeKey(remyTenant, 'VIEWER')
    expect(await opens(secret)).toBe(200)
    expect((await root('DELETE', `/keys/${key.id}`)).body.revokedAt).toEqual(expect.any(String))
    expect(await opens(secret)).toBe(401)
    const other = await makeKey(remyTenant, 'VIEWER')
    await edge.sql(`update api_keys set expires_at = now() where id = '${other.key.id}'`)
    expect(await opens(other.secret)).toBe(401)
    expect(
      (await root('POST', '/keys', { name: 'x', role: 'VIEWER', scopes: ['read'], expiresAt: '2020-01-01' })).status,
    ).toBe(422)
  })

  it('is rotated with an overlap: both open, then the successor alone', async () => {
    const { key, secret } = await makeKey(remyTenant, 'VIEWER')
    const next = await made(edge.adminKey, `/keys/${key.id}/rotation`, { overlapSeconds: 3_600 })
    expect(next.key).toMatchObject({ rotatedFrom: key.id, role: 'VIEWER', scopes: key.scopes, tenantId: remyTenant })
    expect([await opens(secret), await opens(next.secret)]).toEqual([200, 200])
    expect(await root('POST', `/keys/${key.id}/rotation`, { overlapSeconds: 0 })).toMatchObject({ status: 409 })
    const last = await made(edge.adminKey, `/keys/${next.key.id}/rotation`, { overlapSeconds: 0 })
    expect([await opens(next.secret), await opens(last.secret)]).toEqual([401, 200])
    expect((await root('POST', `/keys/${last.key.id}/rotation`, { overlapSeconds: 604_801 })).status).toBe(422)
    await root('DELETE', `/keys/${last.key.id}`)
    expect(await root('POST', `/keys/${last.key.id}/rotation`, { overlapSeconds: 0 })).toMatchObject({ status: 409 })
    const rotations = `select payload->>'id' as id from platform_events where payload->>'action' = 'rotated'`
    expect((await edge.query(`${rotations} order by occurred_at`)).rows).toEqual([{ id: key.id }, { id: next.key.id }])
  })
})

describe('what happened to a key', () => {
  it('is told to owners, who may see keys, and to nobody else', async () => {
    const { secret: owner } = await makeKey(remyTenant, 'OWNER')
    const entities = async (key: string): Promise<Set<string>> =>
      new Set((await as(key, 'GET', '/events?limit=50')).body.items.map(({ payload }: Json) => payload.entity))
    await as(owner, 'PATCH', `/celebrities/${CAST.remy.celebrityId}`, { tagline: 'Seen by all' })
    expect(await entities(owner)).toContain('key')
    for (const role of ['VIEWER', 'EDITOR', 'APPROVER']) {
      const { secret } = await makeKey(remyTenant, role)
      const seen = await entities(secret)
      expect(seen).toContain('celebrity')
      expect(seen).not.toContain('key')
    }
  })
})

describe('a text that an editor brings', () => {
  it('waits for an owner or an approver, and again when an editor changes it', async () => {
    const { secret: editor } = await makeKey(remyTenant, 'EDITOR')
    const { secret: approver } = await makeKey(remyTenant, 'APPROVER')
    const source = await made(editor, `/celebrities/${CAST.remy.celebrityId}/knowledge`, {
      title: 'Mine',
      text: 'New.',
    })
    expect(source).toMatchObject({ status: 'PENDING_SETUP', approvedAt: null })
    const path = `/knowledge/${source.id}`
    expect((await as(editor, 'PATCH', path, { status: 'ACTIVE' })).status).toBe(409)
    expect((await as(approver, 'PATCH', path, { status: 'ACTIVE' })).body).toMatchObject({
      status: 'ACTIVE',
      approvedAt: expect.any(String),
    })
    expect((await as(editor, 'PATCH', path, { text: 'Other.' })).body).toMatchObject({
      status: 'PENDING_SETUP',
      approvedAt: null,
    })
  })
})

describe('a person', () => {
  it('is one, in whatever case the address is written', async () => {
    const user = await made(edge.adminKey, '/users', { email: 'Ann@Remy.Example', name: 'Ann' })
    expect(user.email).toBe('ann@remy.example')
    expect(await root('POST', '/users', { email: 'ANN@remy.example', name: 'Ann' })).toMatchObject({
      status: 409,
      body: { detail: 'There is somebody with this e-mail address.' },
    })
    await expect(
      edge.sql(`insert into users (email, name) values ('aNN@remy.example', 'Past the door')`),
    ).rejects.toThrow('users_email_key')
  })
})

describe('a person’s key', () => {
  it('may what the person’s roles allow when it is used, and nothing once the person is deactivated', async () => {
    const user = await made(edge.adminKey, '/users', { email: 'kim@remy.example', name: 'Kim' })
    const early = { name: 'Kim', tenantId: remyTenant, userId: user.id, scopes: ['read', 'write'] }
    expect(await root('POST', '/keys', early)).toMatchObject({ status: 422, body: { errors: [{ field: 'userId' }] } })
    const viewing = await made(edge.adminKey, '/memberships', { userId: user.id, tenantId: remyTenant, role: 'VIEWER' })
    const { secret } = await made(edge.adminKey, '/keys', early)
    const write = () => as(secret, 'PATCH', `/celebrities/${CAST.remy.celebrityId}`, { tagline: 'Kim was here' })
    expect((await write()).status).toBe(403)
    await made(edge.adminKey, '/memberships', { userId: user.id, tenantId: remyTenant, role: 'EDITOR' })
    expect((await write()).status).toBe(200)

    const { body } = await as(secret, 'GET', '/events?type=CONFIGURATION_CHANGE&limit=1')
    expect(body.items[0]).toMatchObject({
      tenant_id: remyTenant,
      actor: { user_id: user.id, role: 'celebrity:editor+viewer' },
      payload: { entity: 'celebrity', action: 'updated', after: { tagline: 'Kim was here' } },
    })
    expect(JSON.stringify((await root('GET', '/events')).body)).not.toContain('kim@remy.example')

    await root('DELETE', `/memberships/${viewing.id}`)
    await root('PATCH', `/users/${user.id}`, { deactivated: true })
    expect(await opens(secret)).toBe(401)
    await root('PATCH', `/users/${user.id}`, { deactivated: false })
    expect(await opens(secret)).toBe(200)
  })

  it('of somebody who left the tenant opens nothing of it', async () => {
    const user = await made(edge.adminKey, '/users', { email: 'lee@remy.example', name: 'Lee' })
    const membership = await made(edge.adminKey, '/memberships', {
      userId: user.id,
      tenantId: remyTenant,
      role: 'OWNER',
    })
    const { secret } = await made(edge.adminKey, '/keys', {
      name: 'Lee',
      tenantId: remyTenant,
      userId: user.id,
      scopes: ['read'],
    })
    expect(await opens(secret)).toBe(200)
    await root('DELETE', `/memberships/${membership.id}`)
    expect(await opens(secret)).toBe(403)
  })
})

describe('an owner', () => {
  it('makes keys of the own tenant, whatever the body says, and sees no others', async () => {
    const { secret } = await makeKey(remyTenant, 'OWNER')
    const own = await made(secret, '/keys', { name: 'mine', role: 'EDITOR', scopes: ['read'] })
    expect(own.key.tenantId).toBe(remyTenant)
    const body = { name: 'theirs', role: 'EDITOR', scopes: ['read'], tenantId: CAST.ada.tenantId }
    expect((await as(secret, 'POST', '/keys', body)).status).toBe(403)
    const { key: theirs } = await makeKey(CAST.ada.tenantId, 'OWNER')
    const absent = await as(secret, 'DELETE', `/keys/${crypto.randomUUID()}`)
    expect(await as(secret, 'DELETE', `/keys/${theirs.id}`)).toEqual(absent)
    const { body: list } = await as(secret, 'GET', '/keys')
    expect(new Set(list.items.map(({ tenantId }: Json) => tenantId))).toEqual(new Set([remyTenant]))
  })

  it('assigns roles to people of the own tenant alone, and cannot tell others from nobody', async () => {
    const { secret } = await makeKey(remyTenant, 'OWNER')
    const stranger = await made(edge.adminKey, '/users', { email: 'ada@ada.example', name: 'Ada' })
    await made(edge.adminKey, '/memberships', { userId: stranger.id, tenantId: CAST.ada.tenantId, role: 'OWNER' })
    const assign = (userId: string) => as(secret, 'POST', '/memberships', { userId, role: 'VIEWER' })
    expect(await assign(stranger.id)).toEqual(await assign(crypto.randomUUID()))
    expect((await as(secret, 'GET', `/users/${stranger.id}`)).status).toBe(404)
  })
})

describe('a campaign between two keys', () => {
  it('is proposed by the brand, approved by the celebrity, and known to nobody else', async () => {
    const brand = await made(edge.adminKey, '/brands', { name: 'Alto', slug: 'alto-keys' })
    const rival = await made(edge.adminKey, '/brands', { name: 'Basso', slug: 'basso-keys' })
    const { secret: brands } = await makeKey(brand.tenantId, 'EDITOR')
    const { secret: rivals } = await makeKey(rival.tenantId, 'OWNER')
    const { secret: approver } = await makeKey(remyTenant, 'APPROVER')
    const proposal = {
      celebrityId: CAST.remy.celebrityId,
      brandId: brand.id,
      slug: 'duet',
      name: 'Duet',
      startsAt: '2026-01-01',
      guidelines: { sentences: ['Mention Alto'], rules: { avoidTerms: [], mention: ['Alto'] } },
    }
    const campaign = await made(brands, '/campaigns', proposal)
    expect(campaign).toMatchObject({ status: 'REQUESTED', approvedVersion: null })
    const foreign = await as(rivals, 'POST', '/campaigns', proposal)
    expect(foreign).toEqual(await as(rivals, 'POST', '/campaigns', { ...proposal, brandId: crypto.randomUUID() }))
    expect(foreign.status).toBe(422)

    const path = `/campaigns/${campaign.id}`
    expect((await as(brands, 'PATCH', path, { status: 'APPROVED' })).status).toBe(403)
    expect(await as(approver, 'PATCH', path, { status: 'APPROVED' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'guidelinesVersion', message: 'is required' }] },
    })
    const approval = { status: 'APPROVED', guidelinesVersion: 1 }
    expect((await as(approver, 'PATCH', path, approval)).body).toMatchObject({ approvedVersion: 1 })
    expect((await as(brands, 'GET', path)).body.status).toBe('ACTIVE')
    expect((await as(rivals, 'GET', path)).status).toBe(404)

    const told = async (key: string): Promise<string[]> =>
      (await as(key, 'GET', '/events')).body.items
        .filter(({ payload }: Json) => payload.id === campaign.id)
        .map(({ event_type }: Json) => event_type)
    expect(await told(brands)).toEqual(['STAKEHOLDER_APPROVAL', 'CONFIGURATION_CHANGE'])
    expect(await told(approver)).toEqual(['STAKEHOLDER_APPROVAL', 'CONFIGURATION_CHANGE'])
    expect(await told(rivals)).toEqual([])
  })
})
