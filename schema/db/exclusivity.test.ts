/** Exclusivity: what may not stand beside what, refused where it is written, however close two writers come. */
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ExclusivityRule } from '../domain/exclusivity.ts'
import { newId } from '../domain/id.ts'
import { describeOnEveryDatabase } from '../local/testing/test-database.ts'
import { plantBrand, plantCelebrity, type PlantedBrand, type PlantedCelebrity } from '../local/testing/two-tenants.ts'
import { brands, campaigns } from './tables/brands.ts'
import { contracts } from './tables/celebrities.ts'
import { withPlatform } from './with-platform.ts'
import { withTenant } from './with-tenant.ts'

type NewCampaign = Partial<typeof campaigns.$inferInsert>

const day = (days: number): Date => new Date(Date.UTC(2030, 0, 1 + days))
const REFUSED = { code: '23P01', constraint: 'campaigns_exclusivity' }

describeOnEveryDatabase('exclusivity', (database) => {
  let citrus: PlantedBrand // soft drinks
  let cola: PlantedBrand // soft drinks
  let boots: PlantedBrand // sportswear
  let unknown: PlantedBrand // of no category
  let other: PlantedBrand

  beforeAll(async () => {
    ;[citrus, cola, boots, unknown, other] = await Promise.all([
      categorized('citrus', 'soft-drinks'),
      categorized('cola', 'soft-drinks'),
      categorized('boots', 'sportswear'),
      categorized('unknown', null),
      categorized('other', 'toys'),
    ])
  }, 60_000)

  async function categorized(slug: string, category: string | null): Promise<PlantedBrand> {
    const { platform } = database()
    const brand = await plantBrand(database(), slug)
    await withPlatform(platform, platform.update(brands).set({ category }).where(eq(brands.id, brand.brandId)))
    return brand
  }
  /** Somebody whom nobody has reserved yet. */
  async function star(): Promise<PlantedCelebrity> {
    const { platform } = database()
    const planted = await plantCelebrity(database(), `star-${newId()}`, other)
    await withPlatform(
      platform,
      platform.update(campaigns).set({ status: 'ENDED' }).where(eq(campaigns.id, planted.campaignId)),
    )
    return planted
  }
  const rowOf = (
    { tenantId, celebrityId }: PlantedCelebrity,
    brand: PlantedBrand,
    change: NewCampaign = {},
  ): typeof campaigns.$inferInsert => ({
    id: newId<'campaign'>(),
    celebrityTenantId: tenantId,
    celebrityId,
    brandTenantId: brand.tenantId,
    brandId: brand.brandId,
    slug: newId(),
    name: 'A campaign',
    startsAt: day(0),
    endsAt: day(10),
    guidelines: { sentences: [], rules: { avoidTerms: [], mention: [] } },
    approvedVersion: 1,
    status: 'APPROVED',
    ...change,
  })
  const REQUEST: NewCampaign = { status: 'REQUESTED', approvedVersion: null }
  async function add(row: typeof campaigns.$inferInsert): Promise<void> {
    const { platform } = database()
    await withPlatform(platform, platform.insert(campaigns).values(row))
  }
  const change = async ({ id = newId() }: typeof campaigns.$inferInsert, set: NewCampaign): Promise<void> => {
    const { platform } = database()
    await withPlatform(platform, platform.update(campaigns).set(set).where(eq(campaigns.id, id)))
  }
  async function reserve({ celebrityId }: PlantedCelebrity, rule: Partial<ExclusivityRule>): Promise<void> {
    const { platform } = database()
    const rules = [{ category: null, brandId: null, startsAt: null, endsAt: null, ...rule }]
    await withPlatform(
      platform,
      platform.update(contracts).set({ exclusivity: { rules } }).where(eq(contracts.celebrityId, celebrityId)),
    )
  }

  it('lets any number of campaigns stand beside each other that ask for none', async () => {
    const celebrity = await star()
    for (const brand of [citrus, cola, boots, unknown]) await add(rowOf(celebrity, brand))
  })

  it.each<[string, () => PlantedBrand, NewCampaign]>([
    ['of the same category at the same time', () => cola, {}],
    [
      'that ends one second after the other has begun',
      () => cola,
      { startsAt: day(-5), endsAt: new Date(day(0).getTime() + 1000) },
    ],
    [
      'that begins one second before the other ends',
      () => cola,
      { startsAt: new Date(day(10).getTime() - 1000), endsAt: day(20) },
    ],
    ['without an end', () => cola, { startsAt: day(5), endsAt: null }],
    ['of a brand whose category nobody knows', () => unknown, {}],
  ])('refuses a second campaign %s', async (_case, brand, term) => {
    const celebrity = await star()
    await add(rowOf(celebrity, citrus, { exclusive: true }))
    await expect(add(rowOf(celebrity, brand(), term))).rejects.toMatchObject(REFUSED)
    await expect(add(rowOf(celebrity, brand(), { ...term, exclusive: true }))).rejects.toMatchObject(REFUSED)
  })

  it.each<[string, () => PlantedBrand, NewCampaign]>([
    ['of another category', () => boots, { exclusive: true }],
    ['of the same brand', () => citrus, { exclusive: true }],
    ['that ends in the moment in which the other begins', () => cola, { startsAt: day(-5), endsAt: day(0) }],
    ['that begins in the moment in which the other ends', () => cola, { startsAt: day(10), endsAt: null }],
    ['that was rejected', () => cola, { status: 'REJECTED' }],
    ['that is over', () => cola, { startsAt: new Date('2020-01-01'), endsAt: new Date('2021-01-01') }],
  ])('leaves room for a campaign %s', async (_case, brand, term) => {
    const celebrity = await star()
    await add(rowOf(celebrity, citrus, { exclusive: true }))
    await add(rowOf(celebrity, brand(), term))
    await add(rowOf(await star(), cola, { exclusive: true })) // nor is another celebrity's calendar touched
  })

  it.each<[string, NewCampaign, NewCampaign]>([
    ['its beginning is moved', { startsAt: day(10), endsAt: day(20) }, { startsAt: day(9) }],
    ['its end is moved', { startsAt: day(-9), endsAt: day(0) }, { endsAt: day(1) }],
    ['its end is taken away', { startsAt: day(-9), endsAt: day(0) }, { endsAt: null }],
    ['it is approved after all', { status: 'REJECTED' }, { status: 'APPROVED' }],
    ['it is taken up again', { status: 'ENDED' }, { status: 'REQUESTED', approvedVersion: null }],
  ])('refuses a campaign that stood aside once %s', async (_case, aside, moved) => {
    const celebrity = await star()
    await add(rowOf(celebrity, citrus, { exclusive: true }))
    const second = rowOf(celebrity, cola, aside)
    await add(second)
    await expect(change(second, moved)).rejects.toMatchObject(REFUSED)
  })

  it('lets requests stand beside each other, however much they ask for, and one of them be approved', async () => {
    for (let round = 0; round < 5; round += 1) {
      const celebrity = await star()
      const wishes = [citrus, cola, unknown].map((brand) =>
        rowOf(celebrity, brand, { ...REQUEST, exclusive: true, endsAt: null }),
      )
      for (const wish of wishes) await add(wish)
      const approvals = await Promise.allSettled(
        wishes.map((wish) => change(wish, { status: 'APPROVED', approvedVersion: 1 })),
      )
      expect(approvals.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
      for (const outcome of approvals) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(REFUSED)
    }
  })

  it('lets a contract and a brand’s category pass by a request, which is refused when it is to be approved', async () => {
    const { platform } = database()
    const celebrity = await star()
    const moving = await categorized(`moving-${newId()}`, 'sportswear')
    const requests = [cola, moving].map((brand) => rowOf(celebrity, brand, { ...REQUEST, exclusive: true }))
    for (const request of requests) await add(request)
    await reserve(celebrity, { category: 'soft-drinks' })
    const renamed = platform.update(brands).set({ category: 'soft-drinks' }).where(eq(brands.id, moving.brandId))
    await withPlatform(platform, renamed)
    for (const request of requests)
      await expect(change(request, { status: 'APPROVED', approvedVersion: 1 })).rejects.toMatchObject(REFUSED)
  })

  it('refuses a request itself where it collides with what holds', async () => {
    const celebrity = await star()
    await add(rowOf(celebrity, citrus, { exclusive: true }))
    await expect(add(rowOf(celebrity, cola, REQUEST))).rejects.toMatchObject(REFUSED)
  })

  it('keeps the period of what was approved while a change of it waits, and frees it with a no', async () => {
    const celebrity = await star()
    const first = rowOf(celebrity, citrus, { exclusive: true })
    await add(first)
    await change(first, { name: 'Renamed' }) // waits for approval again
    await expect(add(rowOf(celebrity, cola))).rejects.toMatchObject(REFUSED)
    await change(first, { status: 'REJECTED', approvedVersion: null })
    await add(rowOf(celebrity, cola))
  })

  it('refuses exclusivity that is switched on over a campaign that stands there', async () => {
    const celebrity = await star()
    const first = rowOf(celebrity, citrus)
    await add(first)
    await add(rowOf(celebrity, cola))
    await expect(change(first, { exclusive: true })).rejects.toMatchObject(REFUSED)
  })

  it('refuses a category in which a brand would have collided', async () => {
    const { platform } = database()
    const celebrity = await star()
    const moving = await categorized(`moving-${newId()}`, 'sportswear')
    await add(rowOf(celebrity, citrus, { exclusive: true }))
    await add(rowOf(celebrity, moving))
    for (const category of ['soft-drinks', null]) {
      const renamed = withPlatform(
        platform,
        platform.update(brands).set({ category }).where(eq(brands.id, moving.brandId)),
      )
      await expect(renamed).rejects.toMatchObject(REFUSED)
    }
  })

  describe('of a contract', () => {
    it.each<[string, () => Partial<ExclusivityRule>, boolean]>([
      ['for nobody in the category', () => ({ category: 'soft-drinks' }), false],
      ['for another brand in the category', () => ({ category: 'soft-drinks', brandId: citrus.brandId }), false],
      ['for another brand in every category', () => ({ brandId: citrus.brandId }), false],
      ['for this very brand', () => ({ category: 'soft-drinks', brandId: cola.brandId }), true],
      ['for another category', () => ({ category: 'sportswear' }), true],
      ['for a time that is over before', () => ({ category: 'soft-drinks', endsAt: day(0).toISOString() }), true],
      ['for a time that begins after', () => ({ category: 'soft-drinks', startsAt: day(10).toISOString() }), true],
      ['for a time that touches it', () => ({ category: 'soft-drinks', startsAt: day(9).toISOString() }), false],
    ])('decides of a campaign when it is %s', async (_case, rule, allowed) => {
      const celebrity = await star()
      await reserve(celebrity, rule())
      const written = add(rowOf(celebrity, cola))
      await (allowed ? written : expect(written).rejects.toMatchObject(REFUSED))
    })

    it('is refused itself over a campaign that stands there, and names it', async () => {
      const celebrity = await star()
      const standing = rowOf(celebrity, cola)
      await add(standing)
      const refused: unknown = await reserve(celebrity, { category: 'soft-drinks' }).catch((error: unknown) => error)
      expect(refused).toMatchObject(REFUSED)
      expect(detailOf(refused)).toEqual([expect.objectContaining({ kind: 'campaign', id: standing.id })])
    })

    it('binds nobody while it is not signed, or once it is terminated', async () => {
      const { platform } = database()
      const celebrity = await star()
      await reserve(celebrity, { category: 'soft-drinks' })
      const term = eq(contracts.celebrityId, celebrity.celebrityId)
      await withPlatform(platform, platform.update(contracts).set({ terminatedAt: new Date() }).where(term))
      await add(rowOf(celebrity, cola))
      const revived = withPlatform(platform, platform.update(contracts).set({ terminatedAt: null }).where(term))
      await expect(revived).rejects.toMatchObject(REFUSED)
    })
  })

  it('tells a brand that the period is taken and nothing of by whom; the platform hears it', async () => {
    const { app } = database()
    const celebrity = await star()
    const secret = rowOf(celebrity, citrus, { exclusive: true, name: 'A secret' })
    await add(secret)
    const wish = rowOf(celebrity, cola, REQUEST)
    const asBrand: unknown = await withTenant(app, cola.tenantId, app.insert(campaigns).values(wish)).catch(
      (error: unknown) => error,
    )
    expect(asBrand).toMatchObject(REFUSED)
    expect(detailOf(asBrand)).toEqual([])
    expect(JSON.stringify(asBrand, Object.getOwnPropertyNames(asBrand))).not.toContain('secret')
    const asPlatform: unknown = await add(wish).catch((error: unknown) => error)
    expect(detailOf(asPlatform)).toEqual([
      {
        kind: 'campaign',
        id: secret.id,
        name: 'A secret',
        brand: 'citrus',
        startsAt: day(0).toISOString(),
        endsAt: day(10).toISOString(),
      },
    ])
  })

  it('lets exactly one of many that come at once have the period', async () => {
    for (let round = 0; round < 5; round += 1) {
      const celebrity = await star()
      const tries = await Promise.allSettled(
        [citrus, cola, unknown, citrus, cola, unknown].map((brand, index) =>
          add(rowOf(celebrity, brand, { exclusive: true, startsAt: day(index), endsAt: null })),
        ),
      )
      const winners = tries.flatMap((outcome, index) => (outcome.status === 'fulfilled' ? [index % 3] : []))
      expect(winners.length).toBeGreaterThan(0)
      expect(new Set(winners).size).toBe(1) // a brand stands beside itself, and beside nobody else
      for (const outcome of tries) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(REFUSED)
    }
  })

  it('lets a campaign and the contract that forbids it, written at once, not both stand', async () => {
    for (let round = 0; round < 5; round += 1) {
      const celebrity = await star()
      const [campaign, contract] = await Promise.allSettled([
        add(rowOf(celebrity, cola)),
        reserve(celebrity, { category: 'soft-drinks' }),
      ])
      expect([campaign.status, contract.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    }
  })

  it('agrees with a plain reading of the rules, for any calendar', async () => {
    const nameable = fc.constantFrom('citrus', 'cola', 'boots', 'unknown')
    const categoryOf = { citrus: 'soft-drinks', cola: 'soft-drinks', boots: 'sportswear', unknown: null }
    const wish = fc.record({
      brand: nameable,
      exclusive: fc.boolean(),
      from: fc.integer({ min: 0, max: 8 }),
      days: fc.option(fc.integer({ min: 1, max: 4 })),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 2, maxLength: 6 }), async (wishes) => {
        const brandOf = { citrus, cola, boots, unknown }
        const celebrity = await star()
        const standing: typeof wishes = []
        for (const one of wishes) {
          const end = ({ from, days }: typeof one) => (days === null ? Infinity : from + days)
          const collides = standing.some(
            (two) =>
              one.brand !== two.brand &&
              (one.exclusive || two.exclusive) &&
              isSameKind(categoryOf[one.brand], categoryOf[two.brand]) &&
              Math.max(one.from, two.from) < Math.min(end(one), end(two)),
          )
          const written = add(
            rowOf(celebrity, brandOf[one.brand], {
              exclusive: one.exclusive,
              startsAt: day(one.from),
              endsAt: one.days === null ? null : day(one.from + one.days),
            }),
          )
          if (collides) await expect(written).rejects.toMatchObject(REFUSED)
          else {
            await written
            standing.push(one)
          }
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})

function detailOf(error: unknown): unknown {
  for (let link = error; link instanceof Error; link = link.cause) {
    if ('detail' in link && typeof link.detail === 'string') return JSON.parse(link.detail)
  }
  return undefined
}

/** What is not known may be anything. */
function isSameKind(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other
}
