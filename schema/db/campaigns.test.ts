/** A campaign has two parties: what each sees and may do. */
import { eq } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { describeOnEveryDatabase } from '../local/testing/test-database.ts'
import { plantBrand, plantCelebrity, type PlantedBrand, type PlantedCelebrity } from '../local/testing/two-tenants.ts'
import { brands, campaigns } from './tables/brands.ts'
import { celebrities, contracts } from './tables/celebrities.ts'
import { conversations, messages } from './tables/conversations.ts'
import { deployments } from './tables/deployments.ts'
import { knowledgeSources } from './tables/knowledge.ts'
import { newId } from '../domain/id.ts'
import { withPlatform } from './with-platform.ts'
import { withTenant } from './with-tenant.ts'

const GUIDELINES = { sentences: ['Be kind'], rules: { avoidTerms: [], mention: [] } }

describeOnEveryDatabase('a campaign and its two parties', (database) => {
  let brand: PlantedBrand
  let rival: PlantedBrand
  let first: PlantedCelebrity
  let second: PlantedCelebrity
  let other: PlantedCelebrity

  beforeAll(async () => {
    brand = await plantBrand(database(), 'brand')
    rival = await plantBrand(database(), 'rival')
    first = await plantCelebrity(database(), 'first', brand)
    second = await plantCelebrity(database(), 'second', brand)
    other = await plantCelebrity(database(), 'other', rival)
  }, 60_000)

  it('is seen by its brand across celebrities, who sees nothing else of theirs', async () => {
    const { app } = database()
    const [seen, ownBrands, ...others] = await withTenant(
      app,
      brand.tenantId,
      app.select({ id: campaigns.id }).from(campaigns),
      app.select({ id: brands.id }).from(brands),
      app.select().from(celebrities),
      app.select().from(contracts),
      app.select().from(deployments),
      app.select().from(conversations),
      app.select().from(messages),
      app.select().from(knowledgeSources),
    )
    expect(seen.map(({ id }) => id).toSorted()).toEqual([first.campaignId, second.campaignId].toSorted())
    expect(ownBrands).toEqual([{ id: brand.brandId }])
    expect(others).toEqual([[], [], [], [], [], []])
  })

  it('is seen by its celebrity, who sees nothing else of the brand’s', async () => {
    const { app } = database()
    const [seen, theirBrands] = await withTenant(
      app,
      other.tenantId,
      app.select({ id: campaigns.id }).from(campaigns),
      app.select().from(brands),
    )
    expect(seen).toEqual([{ id: other.campaignId }])
    expect(theirBrands).toEqual([])
  })

  const proposal = {
    slug: 'a-proposal',
    name: 'A proposal',
    startsAt: new Date('2027-01-01T00:00:00Z'),
    guidelines: GUIDELINES,
  }
  const propose = (changes: Partial<typeof campaigns.$inferInsert>) => {
    const { app } = database()
    const parties = {
      celebrityTenantId: other.tenantId,
      celebrityId: other.celebrityId,
      brandTenantId: brand.tenantId,
      brandId: brand.brandId,
    }
    return withTenant(app, brand.tenantId, app.insert(campaigns).values({ ...proposal, ...parties, ...changes }))
  }

  it('is proposed by a brand to any celebrity', async () => {
    await propose({})
    const { app } = database()
    const [waiting] = await withTenant(
      app,
      other.tenantId,
      app.select({ status: campaigns.status }).from(campaigns).where(eq(campaigns.slug, proposal.slug)),
    )
    expect(waiting).toEqual([{ status: 'REQUESTED' }])
  })

  it.each([
    ['already approved', () => ({ slug: 'p1', approvedVersion: 1 })],
    ['already dated as approved', () => ({ slug: 'p2', approvedAt: new Date() })],
    ['already running', () => ({ slug: 'p3', status: 'ACTIVE' as const })],
    ['in another brand’s name', () => ({ slug: 'p4', brandTenantId: rival.tenantId, brandId: rival.brandId })],
  ])('is not proposed %s', async (_case, changes) => {
    await expect(propose(changes())).rejects.toMatchObject({ code: '42501' })
  })

  it.each([
    ['changed', () => database().app.update(campaigns).set({ status: 'APPROVED', approvedVersion: 1 })],
    ['deleted', () => database().app.delete(campaigns)],
  ])('is not %s by either party', async (_case, statement) => {
    for (const tenantId of [brand.tenantId, first.tenantId]) {
      await expect(withTenant(database().app, tenantId, statement())).rejects.toMatchObject({ code: '42501' })
    }
  })

  const version = {
    version: campaigns.guidelinesVersion,
    approved: campaigns.approvedVersion,
    status: campaigns.status,
  }
  type Change = Partial<typeof campaigns.$inferInsert>
  /** An approved campaign of 2027, changed. */
  const changed = async (change: Change): Promise<unknown> => {
    const { platform } = database()
    const id = newId<'campaign'>()
    const { celebrityTenantId, celebrityId } = { celebrityTenantId: first.tenantId, celebrityId: first.celebrityId }
    const parties = { celebrityTenantId, celebrityId, brandTenantId: brand.tenantId, brandId: brand.brandId }
    const term = { startsAt: new Date('2027-01-01T00:00:00Z'), endsAt: new Date('2028-01-01T00:00:00Z') }
    const approval = { approvedVersion: 1, approvedAt: new Date(), status: 'APPROVED' as const }
    const [, [row]] = await withPlatform(
      platform,
      platform.insert(campaigns).values({ ...proposal, ...parties, ...term, ...approval, id, slug: id }),
      platform.update(campaigns).set(change).where(eq(campaigns.id, id)).returning(version),
    )
    return row
  }

  it.each<[string, Change]>([
    ['guidelines', { guidelines: { ...GUIDELINES, sentences: ['Be loud'] } }],
    ['name', { name: 'Renamed' }],
    ['fee', { feeMinor: 1 }],
    ['currency', { currency: 'USD' }],
    ['exclusivity, once it is switched on,', { exclusive: true }],
    ['beginning, once it is earlier,', { startsAt: new Date('2026-12-31T23:59:59Z') }],
    ['end, once it is later,', { endsAt: new Date('2028-01-01T00:00:01Z') }],
    ['end, once there is none,', { endsAt: null }],
    ['name, even where the change calls itself approved,', { name: 'Renamed', status: 'APPROVED', approvedVersion: 1 }],
  ])('waits for approval again when its %s changes', async (_which, change) => {
    expect(await changed(change)).toEqual({ version: 2, approved: 1, status: 'REQUESTED' })
  })

  it('is another version of a request with any other date, so that no approval is of dates that nobody read', async () => {
    const shorter = { endsAt: new Date('2027-06-01T00:00:00Z') }
    const { platform } = database()
    const id = newId<'campaign'>()
    const parties = { celebrityTenantId: first.tenantId, celebrityId: first.celebrityId }
    const [, [row]] = await withPlatform(
      platform,
      platform
        .insert(campaigns)
        .values({ ...proposal, ...parties, brandTenantId: brand.tenantId, brandId: brand.brandId, id, slug: id }),
      platform.update(campaigns).set(shorter).where(eq(campaigns.id, id)).returning(version),
    )
    expect(row).toEqual({ version: 2, approved: null, status: 'REQUESTED' })
  })

  it.each<[string, Change]>([
    ['begins later', { startsAt: new Date('2027-02-01T00:00:00Z') }],
    ['ends sooner', { endsAt: new Date('2027-12-01T00:00:00Z') }],
    ['is read in another time zone', { timeZone: 'Asia/Tokyo' }],
    ['is not exclusive, as before', { exclusive: false }],
  ])('stays approved when it %s', async (_how, change) => {
    expect(await changed(change)).toEqual({ version: 1, approved: 1, status: 'APPROVED' })
  })

  it.each<[string, Partial<typeof brands.$inferInsert>, number]>([
    ['another name', { name: 'Somebody else' }, 1],
    ['another category', { category: 'betting' }, 1],
    ['another address alone', { website: 'https://elsewhere.example' }, 0],
  ])('waits for approval again when its brand has %s', async (_what, change, raised) => {
    const { platform } = database()
    const own = await plantBrand(database(), `brand-${newId()}`)
    const planted = await plantCelebrity(database(), `celebrity-${newId()}`, own)
    const [, [row]] = await withPlatform(
      platform,
      platform.update(brands).set(change).where(eq(brands.id, own.brandId)),
      platform.select(version).from(campaigns).where(eq(campaigns.id, planted.campaignId)),
    )
    expect(row).toEqual({ version: 1 + raised, approved: 1, status: raised === 1 ? 'REQUESTED' : 'ACTIVE' })
  })
})
