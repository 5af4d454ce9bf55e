/** The six classic ways in which row-level security is there and does not hold, one test each, and what follows from them. */
import { sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { newId, type Id } from '../domain/id.ts'
import { describeOnEveryDatabase } from '../local/testing/test-database.ts'
import { plantBrand, plantCelebrity, type PlantedBrand, type PlantedCelebrity } from '../local/testing/two-tenants.ts'
import { conversations, messages, visitors } from './tables/conversations.ts'
import { withTenant } from './with-tenant.ts'

describeOnEveryDatabase('the six traps of row-level security', (database) => {
  let ours: PlantedCelebrity
  let theirs: PlantedCelebrity
  let brand: PlantedBrand

  beforeAll(async () => {
    brand = await plantBrand(database(), 'brand')
    ours = await plantCelebrity(database(), 'ours', brand)
    theirs = await plantCelebrity(database(), 'theirs', brand)
  }, 60_000)

  it('1: the owner of the tables sees no tenant’s rows either, because row-level security is forced', async () => {
    const { owner } = database()
    const open = await owner.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not (relrowsecurity and relforcerowsecurity)`,
    )
    expect(open).toEqual([])

    const [seen] = await owner.rolledBack(
      `create role probe_owner; grant usage on schema public to probe_owner;
       alter table messages owner to probe_owner; set local role probe_owner`,
      'select count(*)::int as count from messages',
    )
    expect(seen).toEqual({ count: 0 })
  })

  it('2: a view answers as its reader and not as its owner', async () => {
    const { owner } = database()
    const lax = await owner.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
         and not coalesce(reloptions @> array['security_invoker=true'], false)`,
    )
    expect(lax).toEqual([])

    const seen = await owner.rolledBack(
      `create view probe_view with (security_invoker = true) as select tenant_id from messages;
       grant select on probe_view to twin_app;
       select set_config('app.tenant_id', '${ours.tenantId}', true); set local role twin_app`,
      'select tenant_id from probe_view',
    )
    expect(seen).toEqual([{ tenant_id: ours.tenantId }])
  })

  it('3: the tenant of one transaction is not the tenant of the next', async () => {
    const { app } = database()
    const [mine] = await withTenant(app, ours.tenantId, app.select().from(messages))
    expect(mine).toHaveLength(1)
    for (let connection = 0; connection < 8; connection += 1) expect(await app.select().from(messages)).toEqual([])
  })

  it('4: a query without a tenant finds nothing and does not throw, before and after others had one', async () => {
    const { app } = database()
    await withTenant(app, ours.tenantId, app.select().from(visitors))
    const { rows } = await app.execute(sql`select current_setting('app.tenant_id', true) as tenant from visitors`)
    expect(rows).toEqual([])
    expect(await app.select().from(conversations)).toEqual([])
  })

  it('5: an id that another tenant has is neither in the way nor found out', async () => {
    const { app, owner } = database()
    const { tenantId, deploymentId } = ours
    await withTenant(app, tenantId, app.insert(visitors).values({ id: theirs.visitorId, tenantId, deploymentId }))

    const oracles = await owner.query(`
      select c.relname as table, i.indexrelid::regclass::text as index
      from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace and i.indisunique
        and has_table_privilege('twin_app', c.oid, 'insert')
        and (select attname from pg_attribute where attrelid = c.oid and attnum = i.indkey[0])
          not in ('tenant_id', 'celebrity_tenant_id', 'brand_tenant_id')
      order by 1, 2`)
    // a campaign's id is random and made by the database: there is nothing to ask it about
    expect(oracles).toEqual([
      { table: 'campaigns', index: 'campaigns_id_brand_key' },
      { table: 'campaigns', index: 'campaigns_pkey' },
    ])
  })

  it('6: no policy lets a tenant plant a row in another', async () => {
    const { app, owner } = database()
    const lax = await owner.query(`
      select tablename, policyname from pg_policies
      where 'twin_platform' <> all (roles) and (with_check = 'true' or cmd = 'ALL' or roles @> array['public'::name])`)
    expect(lax).toEqual([])
    const open = await owner.query(
      `select tablename, policyname from pg_policies where roles @> array['twin_app'::name] and qual = 'true'`,
    )
    expect(open).toEqual([{ tablename: 'jsonb_schemas', policyname: 'app_select' }]) // no tenant's data
    const { tenantId, deploymentId } = theirs
    const planting = withTenant(
      app,
      ours.tenantId,
      app.insert(visitors).values({ id: newId(), tenantId, deploymentId }),
    )
    await expect(planting).rejects.toMatchObject({ code: '42501' })
  })

  it('refers to nothing of another tenant’s, existing or not, in any way that could be told apart', async () => {
    const { app } = database()
    const insertAt = (deploymentId: Id<'deployment'>) =>
      withTenant(
        app,
        ours.tenantId,
        app.insert(visitors).values({ id: newId(), tenantId: ours.tenantId, deploymentId }),
      )
    await expect(insertAt(theirs.deploymentId)).rejects.toMatchObject({ code: '23503' })
    await expect(insertAt(newId())).rejects.toMatchObject({ code: '23503' })
  })

  it('gives the Worker’s roles no way around the policies', async () => {
    const roles = await database().owner.query(
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles
       where rolname like 'twin\\_%' order by rolname`,
    )
    const lean = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }
    expect(roles).toEqual([
      { rolname: 'twin_app', ...lean, rolcanlogin: true },
      { rolname: 'twin_arbiter', ...lean, rolcanlogin: false },
      { rolname: 'twin_platform', ...lean, rolcanlogin: true },
      { rolname: 'twin_resolver', ...lean, rolcanlogin: false },
    ])
    expect(
      await database().owner.query(`select member::regrole::text as member from pg_auth_members
      where roleid::regrole::text like 'twin\\_%' and member::regrole::text like 'twin\\_%'`),
    ).toEqual([])
  })

  it('keeps a hundred tenants at once apart', async () => {
    const { app } = database()
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const { tenantId } = index % 2 === 0 ? ours : theirs
        const [rows] = await withTenant(app, tenantId, app.select({ tenantId: messages.tenantId }).from(messages))
        return rows.length === 1 && rows[0]?.tenantId === tenantId
      }),
    )
    expect(answers.filter((apart) => !apart)).toEqual([])
  })

  it('does all of a batch or nothing', async () => {
    const { app } = database()
    const { tenantId, deploymentId } = ours
    const id = newId<'visitor'>()
    const insert = app.insert(visitors).values({ id, tenantId, deploymentId })
    await expect(withTenant(app, tenantId, insert, insert)).rejects.toMatchObject({ code: '23505' })
    const [rows] = await withTenant(app, tenantId, app.select().from(visitors))
    expect(rows.map((row) => row.id)).not.toContain(id)
  })
})
