/** The three doors that open before the tenant is known: what they tell, and what they keep to themselves. */
import { eq, sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { newId } from '../domain/id.ts'
import { describeOnEveryDatabase } from '../local/testing/test-database.ts'
import { plantBrand, plantCelebrity, type PlantedBrand, type PlantedCelebrity } from '../local/testing/two-tenants.ts'
import { resolveApiKey, resolveDeployment, resolveHost } from './resolve.ts'
import { campaigns } from './tables/brands.ts'
import { contracts } from './tables/celebrities.ts'
import { deployments, domains } from './tables/deployments.ts'
import { apiKeys } from './tables/tenancy.ts'
import { withPlatform } from './with-platform.ts'

describeOnEveryDatabase('the doors before the tenant is known', (database) => {
  let nova: PlantedCelebrity
  let brand: PlantedBrand
  const campaign = () => eq(campaigns.id, nova.campaignId)

  beforeAll(async () => {
    brand = await plantBrand(database(), 'brand')
    nova = await plantCelebrity(database(), 'nova', brand)
    await plantCelebrity(database(), 'other', brand)
  }, 60_000)

  it('tell of a deployment exactly what the doors need', async () => {
    expect(await resolveDeployment(database().app, nova.deploymentId)).toEqual({
      id: nova.deploymentId,
      type: 'BRAND_CAMPAIGN',
      status: 'ACTIVE',
      epoch: 0,
      stepUp: 'AUTO',
      tenantId: nova.tenantId,
      celebrity: { id: nova.celebrityId, slug: 'nova', name: 'nova', tagline: '', portrait: null, status: 'ACTIVE' },
      contracts: [{ startsAt: '2026-01-01T00:00:00.000Z', endsAt: null }],
      campaign: {
        id: nova.campaignId,
        slug: 'with-nova',
        name: 'nova',
        status: 'ACTIVE',
        approved: true,
        startsAt: '2026-01-01T00:00:00.000Z',
        endsAt: null,
        timeZone: 'UTC',
        brand: { id: brand.brandId, name: 'brand' },
      },
      allowedOrigins: ['https://nova.example'],
      hosts: ['twin.nova.example'],
      theme: { accent: '#112233', scheme: 'auto', corner: 'soft', density: 'compact', position: 'top-left' },
      greeting: 'Hello.',
      suggestions: ['Why?'],
      proactive: null,
      consent: null,
      imageHosts: [],
      contextKeys: [],
      page: null,
    })
  })

  it('find nothing where nothing is', async () => {
    const { app } = database()
    expect(await resolveDeployment(app, newId())).toBeUndefined()
    expect(await resolveHost(app, {})).toEqual([])
    expect(await resolveHost(app, { host: 'nova.example' })).toEqual([])
    expect(await resolveHost(app, { host: 'TWIN.nova.example' })).toEqual([])
    expect(await resolveHost(app, { celebritySlug: '%' })).toEqual([])
    expect(await resolveHost(app, { host: 'twin.other.example', celebritySlug: 'nova' })).toEqual([])
    expect(await resolveApiKey(app, 'unknown')).toBeUndefined()
  })

  it.each([
    ['a hostname', { host: 'twin.nova.example' }],
    ['a slug', { celebritySlug: 'nova' }],
    ['both', { host: 'twin.nova.example', celebritySlug: 'nova' }],
  ])('find a deployment by %s', async (_case, question) => {
    const found = await resolveHost(database().app, question)
    expect(found.map(({ id }) => id)).toEqual([nova.deploymentId])
  })

  it.each([
    ['approved at its present version', { approvedVersion: 1, status: 'ACTIVE' as const }, true],
    ['approved and scheduled', { approvedVersion: 1, status: 'SCHEDULED' as const }, true],
    ['approved and nothing more', { approvedVersion: 1, status: 'APPROVED' as const }, true],
    ['never approved', { approvedVersion: null, status: 'ACTIVE' as const }, false],
    ['approved at another version', { approvedVersion: 7, status: 'ACTIVE' as const }, false],
    ['requested', { approvedVersion: 1, status: 'REQUESTED' as const }, false],
    ['rejected', { approvedVersion: 1, status: 'REJECTED' as const }, false],
    ['ended, once it was approved,', { approvedVersion: 1, status: 'ENDED' as const }, true],
    ['ended before anybody had approved it', { approvedVersion: null, status: 'ENDED' as const }, false],
  ])('call a campaign that is %s approved: %#', async (_case, change, approved) => {
    const { platform, app } = database()
    await withPlatform(platform, platform.update(campaigns).set(change).where(campaign()))
    expect((await resolveDeployment(app, nova.deploymentId))?.campaign?.approved).toBe(approved)
    await withPlatform(
      platform,
      platform.update(campaigns).set({ approvedVersion: 1, status: 'ACTIVE' }).where(campaign()),
    )
  })

  it.each([
    ['unsigned', { signedAt: null }],
    ['terminated', { terminatedAt: new Date() }],
    ['for the voice alone', { licenceScopes: ['VOICE' as const] }],
  ])('leave out a contract that is %s', async (_case, change) => {
    const { platform, app } = database()
    const [[signed]] = await withPlatform(
      platform,
      platform.select().from(contracts).where(eq(contracts.tenantId, nova.tenantId)),
    )
    const set = (values: Partial<typeof contracts.$inferInsert>) =>
      withPlatform(platform, platform.update(contracts).set(values).where(eq(contracts.tenantId, nova.tenantId)))
    await set(change)
    expect((await resolveDeployment(app, nova.deploymentId))?.contracts).toEqual([])
    await set({ signedAt: signed?.signedAt ?? null, terminatedAt: null, licenceScopes: ['TEXT'] })
  })

  it.each(['PENDING' as const, 'REMOVED' as const])('do not serve a hostname that is %s', async (status) => {
    const { platform, app } = database()
    const set = (to: typeof domains.$inferInsert.status) =>
      withPlatform(platform, platform.update(domains).set({ status: to }).where(eq(domains.tenantId, nova.tenantId)))
    await set(status)
    expect(await resolveHost(app, { host: 'twin.nova.example' })).toEqual([])
    expect((await resolveDeployment(app, nova.deploymentId))?.hosts).toEqual([])
    await set('ACTIVE')
  })

  it('name a paused deployment’s status and forget an archived one by its host', async () => {
    const { platform, app } = database()
    const set = (status: 'INACTIVE' | 'ARCHIVED' | 'ACTIVE') =>
      withPlatform(platform, platform.update(deployments).set({ status }).where(eq(deployments.id, nova.deploymentId)))
    await set('INACTIVE')
    expect((await resolveHost(app, { celebritySlug: 'nova' })).map(({ status }) => status)).toEqual(['INACTIVE'])
    await set('ARCHIVED')
    expect(await resolveHost(app, { celebritySlug: 'nova' })).toEqual([])
    await set('ACTIVE')
  })

  it('find a key by its hash, and say when it opens nothing any more', async () => {
    const { platform, app } = database()
    expect(await resolveApiKey(app, nova.keyHash)).toMatchObject({
      tenantId: nova.tenantId,
      userId: null,
      name: 'nova',
      tenantKind: 'CELEBRITY',
      scopes: ['read'],
      roles: ['VIEWER'],
      state: 'LIVE',
      lastUsedAt: null,
    })
    await withPlatform(
      platform,
      platform.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.tenantId, nova.tenantId)),
    )
    expect(await resolveApiKey(app, nova.keyHash)).toMatchObject({ state: 'REVOKED' })
  })

  it('throw rather than answer with half a deployment', async () => {
    const { platform, app } = database()
    const set = (theme: string) =>
      withPlatform(
        platform,
        platform.execute(sql`update deployments set theme = ${theme}::jsonb where id = ${nova.deploymentId}`),
      )
    const [row] = await database().owner.query('select theme::text from deployments where id = $1', [nova.deploymentId])
    await set('{"accent": "red; background: url(//evil.example)"}')
    await expect(resolveDeployment(app, nova.deploymentId)).rejects.toThrow('no deployment record')
    await set(String(row?.['theme']))
  })

  it('are exactly three, run as twin_resolver under a fixed search path, and open to the two logins alone', async () => {
    const functions = await database().owner.query(`
      select proname, proowner::regrole::text as owner, proconfig,
        (select array_agg(grantee::regrole::text order by grantee::regrole::text)
         from aclexplode(proacl) where grantee <> proowner) as grantees
      from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype
      order by proname`)
    const door = { owner: 'twin_resolver', grantees: ['twin_app', 'twin_platform'] }
    const proconfig = ['search_path=pg_catalog, pg_temp']
    expect(functions).toEqual(
      ['resolve_api_key', 'resolve_deployment', 'resolve_host'].map((proname) => ({ proname, ...door, proconfig })),
    )
  })

  it('cannot be made to read guidelines, fees, personas or knowledge', async () => {
    const hidden = await database().owner.query(`
      select table_name || '.' || column_name as hidden from information_schema.columns
      where table_schema = 'public' and has_column_privilege('twin_resolver', table_name, column_name, 'select')
        and (column_name in ('guidelines', 'fee_minor', 'twin_config', 'exclusivity', 'body', 'text', 'email')
          or table_name in ('messages', 'conversations', 'visitors', 'knowledge_sources', 'knowledge_passages'))`)
    expect(hidden).toEqual([])
    const ofPeople = await database().owner.query(`
      select column_name from information_schema.columns
      where table_schema = 'public' and table_name = 'users'
        and has_column_privilege('twin_resolver', 'users', column_name, 'select') order by 1`)
    expect(ofPeople.map((row) => row['column_name'])).toEqual(['deactivated_at', 'id'])
  })
})
