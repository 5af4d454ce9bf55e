/** Every table and every verb: whatever one tenant tries upon another's rows finds nothing or is refused. */
import { sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import type { Id } from '../domain/id.ts'
import { describeOnEveryDatabase } from '../local/testing/test-database.ts'
import { plantBrand, plantCelebrity, type PlantedBrand, type PlantedCelebrity } from '../local/testing/two-tenants.ts'
import { withPlatformFor } from './with-platform.ts'
import { withTenant } from './with-tenant.ts'

/** The column that says whose row it is; every table is in one list or the other, and a new one fails the first test. */
const OWNED = {
  tenants: 'id',
  memberships: 'tenant_id',
  api_keys: 'tenant_id',
  celebrities: 'tenant_id',
  contracts: 'tenant_id',
  brands: 'tenant_id',
  budgets: 'tenant_id',
  campaigns: 'celebrity_tenant_id',
  deployments: 'tenant_id',
  allowed_domains: 'tenant_id',
  domains: 'tenant_id',
  visitors: 'tenant_id',
  conversations: 'tenant_id',
  messages: 'tenant_id',
  ratings: 'tenant_id',
  knowledge_sources: 'tenant_id',
  knowledge_passages: 'tenant_id',
  identity_keys: 'tenant_id',
  flags: 'tenant_id',
  model_calls: 'tenant_id',
  platform_events: 'tenant_id',
} as const
const SHARED = ['users', 'jsonb_schemas']
const TABLES = Object.entries(OWNED)
/** Neither seen by tenants at all. */
const UNSEEN = ['api_keys']
/** Not the platform's to read. */
const WRITE_ONLY = ['ratings']
/** Deleted from where a visitor has erased the conversation; nobody has erased one here. */
const ERASABLE = ['messages', 'ratings', 'flags']

describeOnEveryDatabase('one tenant upon another’s rows', (database) => {
  let ours: PlantedCelebrity
  let theirs: PlantedCelebrity
  let brand: PlantedBrand

  beforeAll(async () => {
    brand = await plantBrand(database(), 'brand')
    ours = await plantCelebrity(database(), 'ours', brand)
    theirs = await plantCelebrity(database(), 'theirs', brand)
  }, 60_000)

  /** What a statement did, run as a tenant: how many rows it touched, or the code it was refused with. */
  async function attempt(tenantId: Id<'tenant'>, text: string): Promise<number | string | null> {
    const { app } = database()
    try {
      const [result] = await withTenant(app, tenantId, app.execute(sql.raw(text)))
      return result.rowCount
    } catch (error) {
      if (error instanceof Error && 'code' in error) return String(error.code)
      throw error
    }
  }

  /** Everything a table holds, as one number that any change changes. */
  async function fingerprint(table: string): Promise<unknown> {
    const [row] = await database().owner.query(
      `select md5(string_agg(t::text, '|' order by t::text)) as md5 from ${table} t`,
    )
    return row?.['md5']
  }

  function ownerOf(table: string): Id<'tenant'> {
    return table === 'brands' ? brand.tenantId : theirs.tenantId
  }

  it('is tried upon every table there is', async () => {
    const rows = await database().owner.query(`select tablename from pg_tables where schemaname = 'public' order by 1`)
    expect(rows.map((row) => row['tablename'])).toEqual([...Object.keys(OWNED), ...SHARED].toSorted())
  })

  it('finds the platform’s login acting for one tenant as narrow as a tenant’s own, at every table', async () => {
    const { platform } = database()
    const unbound = await database().owner.query(`
      select tablename from pg_tables t where schemaname = 'public' and not exists (
        select from pg_policies p where p.tablename = t.tablename and p.policyname = 'acting'
          and p.permissive = 'RESTRICTIVE' and p.roles @> array['twin_platform'::name])`)
    expect(unbound).toEqual([])
    for (const [table, column] of TABLES.filter(([table]) => !WRITE_ONLY.includes(table))) {
      const text = `select count(*)::int as count from ${table} where ${column} = '${ownerOf(table)}'`
      const count = sql.raw(text)
      const seenBy = async (whom: 'platform' | Id<'tenant'>) =>
        (await withPlatformFor(platform, whom, platform.execute<{ count: number }>(count)))[0].rows[0]?.count
      const unsaid = await platform.execute<{ count: number }>(count)
      expect([table, await seenBy('platform'), await seenBy(ours.tenantId), unsaid.rows[0]?.count]).toEqual([
        table,
        expect.any(Number),
        0,
        0,
      ])
      expect(await seenBy('platform')).toBeGreaterThan(0)
    }
  })

  it.each(TABLES)('reads nothing of theirs from %s', async (table, column) => {
    const [there] = await database().owner.query(`select count(*)::int as count from ${table} where ${column} = $1`, [
      ownerOf(table),
    ])
    expect(there?.['count']).toBeGreaterThan(0) // or the test would prove nothing
    const statement = `select 1 from ${table} where ${column} = '${ownerOf(table)}'`
    expect(await attempt(ours.tenantId, statement)).toBe(UNSEEN.includes(table) ? '42501' : 0)
  })

  it.each(TABLES.filter(([table]) => table !== 'brands' && !UNSEEN.includes(table)))(
    'reads its own rows of %s',
    async (table, column) => {
      expect(await attempt(ours.tenantId, `select 1 from ${table} where ${column} = '${ours.tenantId}'`)).toBe(1)
    },
  )

  it.each(TABLES)('changes nothing of theirs in %s', async (table, column) => {
    const before = await fingerprint(table)
    const statement = `update ${table} set ${column} = '${ours.tenantId}' where ${column} = '${ownerOf(table)}'`
    expect([0, '42501']).toContain(await attempt(ours.tenantId, statement))
    expect(await fingerprint(table)).toBe(before)
  })

  it.each(TABLES)('gives them none of its own rows of %s', async (table, column) => {
    const before = await fingerprint(table)
    const statement = `update ${table} set ${column} = '${theirs.tenantId}' where ${column} = '${ours.tenantId}'`
    expect(await attempt(ours.tenantId, statement)).toBe('42501')
    expect(await fingerprint(table)).toBe(before)
  })

  it.each(TABLES)('deletes nothing from %s, neither theirs nor its own', async (table) => {
    const before = await fingerprint(table)
    expect(await attempt(ours.tenantId, `delete from ${table}`)).toBe(ERASABLE.includes(table) ? 0 : '42501')
    expect(await fingerprint(table)).toBe(before)
  })

  it.each(TABLES)('plants no row of theirs in %s', async (table, column) => {
    const before = await fingerprint(table)
    const [row] = await database().owner.query(
      `select to_jsonb(t)::text as json from ${table} t where ${column} = $1`,
      [ownerOf(table)],
    )
    const json = String(row?.['json']).replaceAll("'", "''")
    const statement = `insert into ${table} select * from jsonb_populate_record(null::${table}, '${json}')`
    expect(await attempt(ours.tenantId, statement)).toBe('42501')
    expect(await fingerprint(table)).toBe(before)
  })

  it('sees of people only those who belong to it', async () => {
    expect(await attempt(ours.tenantId, 'select email from users')).toBe(1)
    expect(await attempt(ours.tenantId, `select 1 from users where email = 'owner@theirs.example'`)).toBe(0)
    expect(await attempt(ours.tenantId, `update users set name = 'x'`)).toBe('42501')
  })

  it.each([
    'update platform_events set event_type = event_type',
    'delete from platform_events',
    'truncate platform_events',
  ])('appends to the platform’s events and never does: %s', async (statement) => {
    expect(await attempt(ours.tenantId, statement)).toBe('42501')
    // the owner, whom no grant binds, is stopped by the trigger
    await expect(database().owner.run(statement)).rejects.toMatchObject({ code: '23001' })
    const { platform } = database()
    await expect(platform.batch([platform.execute(sql.raw(statement))])).rejects.toMatchObject({ code: '42501' })
  })
})
