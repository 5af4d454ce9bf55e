/** The committed SQL: applied once, by any owner, and in agreement with the tables and the domain's words. */
import { PGlite } from '@electric-sql/pglite'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { platformTenantId, PLATFORM_TENANT_SLUG } from '../domain/platform-tenant.ts'
import { applyMigrations, type OwnerSession } from './apply-migrations.ts'
import * as brands from './tables/brands.ts'
import * as budgets from './tables/budgets.ts'
import * as celebrities from './tables/celebrities.ts'
import * as conversations from './tables/conversations.ts'
import * as deployments from './tables/deployments.ts'
import * as identityKeys from './tables/identity-keys.ts'
import * as knowledge from './tables/knowledge.ts'
import * as modelCalls from './tables/model-calls.ts'
import * as operations from './tables/operations.ts'
import * as tenancy from './tables/tenancy.ts'

const SUBJECTS = [
  brands,
  budgets,
  celebrities,
  conversations,
  deployments,
  identityKeys,
  knowledge,
  modelCalls,
  operations,
  tenancy,
]

describe('the migrations', () => {
  let db: PGlite
  let session: OwnerSession
  let first: string[]

  beforeAll(async () => {
    db = new PGlite()
    session = {
      run: async (text) => void (await db.exec(text)),
      query: async (text, values) => (await db.query<Record<string, unknown>>(text, [...values])).rows,
    }
    // an owner as Neon's is: it may make roles, and is no superuser
    await db.exec(`create role owner_like_neon login createrole; grant create on database postgres to owner_like_neon;
      alter schema public owner to owner_like_neon; set session authorization owner_like_neon`)
    first = await applyMigrations(session, { twin_app: "it's", twin_platform: 'b' })
  }, 60_000)
  afterAll(() => db.close())

  const catalog = () =>
    session.query(
      `select (select jsonb_agg(c order by relname) from (select relname, relacl::text, relforcerowsecurity from pg_class
          where relnamespace = 'public'::regnamespace) c)::text as relations,
        (select jsonb_agg(p order by tablename, policyname) from pg_policies p)::text as policies,
        (select count(*)::int from tenants) as tenants`,
      [],
    )

  it('apply in order under an owner who is no superuser, and a second time change nothing', async () => {
    expect(first).toEqual(first.toSorted())
    expect(first.length).toBeGreaterThan(4)
    const before = await catalog()
    expect(await applyMigrations(session)).toEqual([])
    expect(await catalog()).toEqual(before)
  })

  it.each(['twin_resolver', 'twin_arbiter'])(
    'leave their owner no way to look through the eyes of %s',
    async (role) => {
      const [row] = await session.query(
        `select pg_has_role(current_user, '${role}', 'usage') as uses,
      (select count(*)::int from tenants) as seen, has_schema_privilege('${role}', 'public', 'create') as creates`,
        [],
      )
      expect(row).toEqual({ uses: false, seen: 0, creates: false })
    },
  )

  it('are refused when a file was changed after it had been applied, and nothing else happens', async () => {
    await session.run(`update migrations.applied set sha256 = 'other' where name = '${first[0]}'`)
    await expect(applyMigrations(session)).rejects.toThrow(`${first[0]} was changed`)
  })

  it.each([
    ['tenant_kind', ['CELEBRITY', 'BRAND', 'ORGANIZATION', 'PLATFORM']],
    ['celebrity_type', ['SPORTS_COMMENTATOR', 'ATHLETE', 'COACH', 'ENTERTAINER', 'INFLUENCER', 'EXPERT']],
    ['entity_status', ['ACTIVE', 'INACTIVE', 'PENDING_SETUP', 'SUSPENDED', 'ARCHIVED']],
    ['deployment_status', ['ACTIVE', 'INACTIVE', 'PENDING_SETUP', 'SUSPENDED', 'ARCHIVED', 'SCHEDULED']],
    ['deployment_type', ['VIBETHINK_PORTAL', 'EMBEDDED_WIDGET', 'BRAND_CAMPAIGN', 'WHITE_LABEL']],
    ['campaign_status', ['REQUESTED', 'APPROVED', 'REJECTED', 'SCHEDULED', 'ACTIVE', 'ENDED']],
    ['visitor_tier', ['FREE', 'PREMIUM', 'ENTERPRISE']],
    ['transaction_type', ['SUBSCRIPTION', 'CAMPAIGN_FEE', 'TRANSACTION_FEE', 'SETUP_FEE', 'PLATFORM_FEE']],
    ['content_rating', ['G', 'PG', 'PG-13', 'R']],
  ])('know the domain’s words for %s', async (name, words) => {
    const rows = await session.query(
      'select enumlabel from pg_enum where enumtypid = $1::regtype order by enumsortorder',
      [name],
    )
    expect(rows.map((row) => row['enumlabel'])).toEqual(words)
  })

  it('make exactly the columns that the tables declare', async () => {
    const declared = SUBJECTS.flatMap((subject) => Object.values(subject))
      .filter((value) => is(value, PgTable))
      .map((table) => getTableConfig(table))
      .flatMap(({ name, columns }) =>
        columns.map(
          (column) =>
            `${name}.${column.name}${column.notNull ? ' not null' : ''}${column.hasDefault ? ' default' : ''}`,
        ),
      )
    const rows = await session.query(
      `select table_name || '.' || column_name || case is_nullable when 'NO' then ' not null' else '' end
         || case when column_default is null then '' else ' default' end as made
       from information_schema.columns where table_schema = 'public'`,
      [],
    )
    expect(rows.map((row) => String(row['made'])).toSorted()).toEqual(declared.toSorted())
  })

  it('put the platform among its own tenants, and give twin_config its first schema', async () => {
    await session.run(
      `begin; grant twin_platform to current_user with inherit true; set local app.acts_for = 'platform'`,
    )
    const tenants = await session.query('select id, slug, kind from tenants', [])
    const schemas = await session.query('select schema_name, version, is_active from jsonb_schemas', [])
    await session.run('rollback')
    expect(tenants).toEqual([{ id: platformTenantId(), slug: PLATFORM_TENANT_SLUG, kind: 'PLATFORM' }])
    expect(schemas).toEqual([{ schema_name: 'twin_config', version: 1, is_active: true }])
  })
})
