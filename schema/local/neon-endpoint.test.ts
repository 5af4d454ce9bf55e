/** The driver's protocol, as Neon speaks it, and everything that must not pass through it. */
import { sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { connectDatabase } from '../db/database.ts'
import { messages } from '../db/tables/conversations.ts'
import { withTenant } from '../db/with-tenant.ts'
import { newId } from '../domain/id.ts'
import { MAX_SQL_REQUEST_BYTES } from './neon-endpoint.ts'
import { describeOnEveryDatabase } from './testing/test-database.ts'
import { plantBrand, plantCelebrity, type PlantedCelebrity } from './testing/two-tenants.ts'

describeOnEveryDatabase('the Neon-compatible endpoint', (database) => {
  let ours: PlantedCelebrity

  beforeAll(async () => {
    ours = await plantCelebrity(database(), 'ours', await plantBrand(database(), 'brand'))
  }, 60_000)

  async function post(body: unknown, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
    const response = await fetch(database().endpointUrl, {
      method: 'POST',
      headers: {
        'neon-connection-string': database().urlOf('twin_app'),
        'neon-raw-text-output': 'true',
        'neon-array-mode': 'true',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }

  it('answers one statement with raw text in arrays', async () => {
    const query = `select 1 as one, true as yes, null as none, '{"a": 1}'::jsonb as json, $1::timestamptz at time zone 'UTC' as moment`
    const { status, body } = await post({ query, params: ['2026-01-01T00:00:00Z'] })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      command: 'SELECT',
      rowCount: 1,
      rowAsArray: true,
      rows: [['1', 't', null, '{"a": 1}', '2026-01-01 00:00:00']],
      fields: [{ name: 'one', dataTypeID: 23 }, { name: 'yes', dataTypeID: 16 }, {}, { dataTypeID: 3802 }, {}],
    })
  })

  it('answers a batch as results, in one transaction with the isolation asked for', async () => {
    const show = { query: `select current_setting('transaction_isolation'), current_setting('transaction_read_only')` }
    const headers = { 'neon-batch-isolation-level': 'Serializable', 'neon-batch-read-only': 'true' }
    const { body } = await post({ queries: [show, { query: 'select now()' }, { query: 'select now()' }] }, headers)
    expect(body).toMatchObject({ results: [{ rows: [['serializable', 'on']] }, {}, {}] })
  })

  it('names columns when arrays are not asked for', async () => {
    expect((await post({ query: 'select 1 as one' }, { 'neon-array-mode': 'false' })).body).toMatchObject({
      rows: [{ one: '1' }],
      rowAsArray: false,
    })
  })

  it('reports an error in PostgreSQL’s own terms', async () => {
    const { status, body } = await post({ query: 'select nothing_of_the_kind' })
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: '42703', severity: 'ERROR', position: '8', message: expect.any(String) })
  })

  it('gives the driver what it needs to throw the same', async () => {
    const { app } = database()
    const twice = app.insert(messages).values({
      id: newId(),
      tenantId: ours.tenantId,
      conversationId: ours.conversationId,
      position: 1,
      turnId: newId(),
      role: 'visitor',
      text: 'x',
    })
    await expect(withTenant(app, ours.tenantId, twice)).rejects.toMatchObject({
      code: '23505',
      table: 'messages',
      constraint: 'messages_position_key',
    })
  })

  it.each([
    ['a wrong password', (url: string) => url.replace(/:[^:@]+@/, ':wrong@'), '28P01'],
    ['no password', (url: string) => url.replace(/:[^:@]+@/, '@'), '28P01'],
    ['a role that is not on the list', (url: string) => url.replace('twin_app', 'postgres'), '28P01'],
    ['the resolver’s role', (url: string) => url.replace('twin_app', 'twin_resolver'), '28P01'],
    ['no connection string', () => '', '28000'],
    ['no URL', () => 'twin_app', '28000'],
  ])('refuses %s', async (_case, change, code) => {
    const { status, body } = await post(
      { query: 'select 1' },
      { 'neon-connection-string': change(database().urlOf('twin_app')) },
    )
    expect({ status, body }).toMatchObject({ status: 400, body: { code } })
  })

  it('says the same of a role it does not know as of a wrong password', async () => {
    const wrong = database()
      .urlOf('twin_app')
      .replace(/:[^:@]+@/, ':wrong@')
    const ask = async (url: string) =>
      JSON.stringify((await post({ query: 'select 1' }, { 'neon-connection-string': url })).body)
    expect((await ask(wrong)).replace('twin_app', 'X')).toBe(
      (await ask(wrong.replace('twin_app', 'nobody'))).replace('nobody', 'X'),
    )
  })

  it.each([
    ['no JSON', '{'],
    ['no query', {}],
    ['a query that is no text', { query: 1 }],
    ['parameters that are no list', { query: 'select 1', params: 'x' }],
    ['a parameter that is an object', { query: 'select $1', params: [{}] }],
    ['a batch with something else in it', { queries: ['select 1'] }],
  ])('refuses a body with %s', async (_case, body) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { code: '08P01' } })
  })

  it.each([
    ['neon-raw-text-output', 'false'],
    ['neon-batch-isolation-level', 'Chaos'],
  ])('refuses the header %s: %s', async (name, value) => {
    expect(await post({ query: 'select 1' }, { [name]: value })).toMatchObject({ status: 400, body: { code: '08P01' } })
  })

  it('refuses a body larger than it reads', async () => {
    const { status } = await post({ query: 'select $1::text', params: ['x'.repeat(MAX_SQL_REQUEST_BYTES)] })
    expect(status).toBe(413)
  })

  it.each([
    'reset role',
    'set role postgres',
    'commit',
    'select 1; commit',
    "select set_config('role', 'none', true)",
    "select set_config('session_authorization', 'postgres', true)",
  ])('refuses in a batch, and does nothing of it: %s', async (statement) => {
    const insert = {
      query: `insert into visitors (id, tenant_id, deployment_id)
        select gen_random_uuid(), $1::uuid, $2::uuid where set_config('app.tenant_id', $1, true) is not null`,
      params: [ours.tenantId, ours.deploymentId],
    }
    const count = 'select count(*)::int as count from visitors'
    const before = await database().owner.query(count)
    const { body } = await post({ queries: [insert, { query: statement }] })
    expect(body).toMatchObject({ code: '42501', message: expect.stringContaining('refused by the local endpoint') })
    expect(await database().owner.query(count)).toEqual(before)
  })

  it('speaks as the login and as nobody else, in every transaction anew', async () => {
    const who = sql`select session_user, current_user`
    for (const login of ['twin_app', 'twin_platform', 'twin_app'] as const) {
      const db = connectDatabase({ url: database().urlOf(login), httpEndpoint: database().endpointUrl })
      const [{ rows }] = await db.batch([db.execute(who)])
      expect(rows).toEqual([{ session_user: login, current_user: login }])
    }
    const [owner] = await database().owner.query('select current_user = session_user as same, current_user as name')
    expect(owner).toMatchObject({ same: true, name: expect.not.stringContaining('twin_') })
  })

  it.each([
    ['GET', '/sql', 405],
    ['GET', '/health', 200],
    ['POST', '/', 404],
    ['POST', '/sql/', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await fetch(new URL(path, database().endpointUrl), { method })).status).toBe(status)
  })
})
