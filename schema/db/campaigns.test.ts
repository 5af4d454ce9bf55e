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

  it('waits for approval again when its guidelines change', async () => {
    const { platform } = database()
    const guidelines = { ...GUIDELINES, sentences: ['Be loud'] }
    const thisOne = eq(campaigns.id, first.campaignId)
    const version = { version: campaigns.guidelinesVersion, approved: campaigns.approvedVersion }
    const [changed, unchanged] = await withPlatform(
      platform,
      platform.update(campaigns).set({ guidelines }).where(thisOne).returning(version),
      platform.update(campaigns).set({ name: 'Renamed' }).where(thisOne).returning(version),
    )
    expect(changed).toEqual([{ version: 2, approved: 1 }])
    expect(unchanged).toEqual([{ version: 2, approved: 1 }])
  })
})
