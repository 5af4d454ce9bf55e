/** Writes that overlap: what somebody read a moment before is no longer what stands there when they write. */
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { connectDatabase } from '../../../schema/db/database.ts'
import { brands, campaigns } from '../../../schema/db/tables/brands.ts'
import { celebrities } from '../../../schema/db/tables/celebrities.ts'
import { deployments } from '../../../schema/db/tables/deployments.ts'
import { platformEvents } from '../../../schema/db/tables/operations.ts'
import { withPlatform } from '../../../schema/db/with-platform.ts'
import type { TenantKind } from '../../../schema/domain/enums.ts'
import { newId, type Id } from '../../../schema/domain/id.ts'
import { describeOnEveryDatabase } from '../../../schema/local/testing/test-database.ts'
import {
  plantBrand,
  plantCelebrity,
  type PlantedBrand,
  type PlantedCelebrity,
} from '../../../schema/local/testing/two-tenants.ts'
import { brandPatch, campaignPatch, celebrityPatch, deploymentPatch } from '../../core/admin/inputs.ts'
import { check } from '../../core/validate.ts'
import type { Rule } from '../../core/validate.ts'
import type { Desk } from './desk.ts'
import { neonBrands } from './neon-brands.ts'
import { neonCampaigns } from './neon-campaigns.ts'
import { neonCelebrities } from './neon-celebrities.ts'
import { neonDeployments } from './neon-deployments.ts'

describeOnEveryDatabase('overlapping writes', (database) => {
  let brand: PlantedBrand
  let star: PlantedCelebrity

  beforeEach(async () => {
    brand = await plantBrand(database(), `brand-${newId()}`)
    star = await plantCelebrity(database(), `star-${newId()}`, brand)
  }, 60_000)

  /** An owner's desk, before whose last transaction something else happens. */
  function deskOf(tenantKind: TenantKind, tenantId: Id<'tenant'>, meanwhile?: () => Promise<unknown>): Desk {
    const handle = connectDatabase({ url: database().urlOf('twin_platform'), httpEndpoint: database().endpointUrl })
    const batch = handle.batch.bind(handle)
    let asked = 0
    const interrupted: typeof handle.batch = async (queries) => {
      asked += 1
      if (asked === 2) await meanwhile?.()
      return batch(queries)
    }
    const actor = {
      tenantId,
      tenantKind,
      userId: null,
      keyId: newId<'key'>(),
      roles: ['OWNER'],
      scopes: ['write'],
      endsAt: null,
    } as const
    return Object.assign(handle, { batch: interrupted, actor })
  }
  const owner = (meanwhile?: () => Promise<unknown>): Desk => deskOf('CELEBRITY', star.tenantId, meanwhile)
  const sponsor = (meanwhile?: () => Promise<unknown>): Desk => deskOf('BRAND', brand.tenantId, meanwhile)
  const platform = (): Desk => deskOf('PLATFORM', newId())

  const decide = (set: Partial<typeof campaigns.$inferInsert>) => async (): Promise<void> => {
    const { platform: handle } = database()
    await withPlatform(handle, handle.update(campaigns).set(set).where(eq(campaigns.id, star.campaignId)))
  }
  async function eventsOf(id: string): Promise<readonly { readonly tenantId: string; readonly payload: object }[]> {
    const { platform: handle } = database()
    const [rows] = await withPlatform(
      handle,
      handle
        .select({ tenantId: platformEvents.tenantId, payload: platformEvents.payload })
        .from(platformEvents)
        .where(sql`${platformEvents.payload} ->> 'id' = ${id}`),
    )
    return rows
  }

  it.each(['SUSPENDED', 'ARCHIVED'] as const)(
    'leave a deployment %s that VibeThink held while its owner resumed it, and tell of no resuming',
    async (held) => {
      const { platform: handle } = database()
      const hold = () =>
        withPlatform(
          handle,
          handle.update(deployments).set({ status: held }).where(eq(deployments.id, star.deploymentId)),
        )
      const store = neonDeployments(owner(hold))
      expect(
        await store.update(star.deploymentId, patchOf(deploymentPatch, { status: 'ACTIVE', greeting: 'Back.' })),
      ).toMatchObject({
        ok: false,
        failure: { reason: 'conflict', detail: `This is ${held}: VibeThink alone changes that.` },
      })
      expect(await store.find(star.deploymentId)).toMatchObject({ status: held, greeting: 'Hello.' })
      expect(await eventsOf(star.deploymentId)).toEqual([])
      expect(
        await neonDeployments(platform()).update(star.deploymentId, patchOf(deploymentPatch, { status: 'ACTIVE' })),
      ).toMatchObject({
        ok: true,
      })
      expect(await eventsOf(star.deploymentId)).toHaveLength(1)
    },
  )

  it.each(['SUSPENDED', 'ARCHIVED'] as const)(
    'leave a celebrity %s whom VibeThink held while its owner paused it, and tell of no pause',
    async (held) => {
      const { platform: handle } = database()
      const hold = () =>
        withPlatform(
          handle,
          handle.update(celebrities).set({ status: held }).where(eq(celebrities.id, star.celebrityId)),
        )
      const store = neonCelebrities(owner(hold))
      expect(await store.update(star.celebrityId, patchOf(celebrityPatch, { status: 'INACTIVE' }))).toMatchObject({
        ok: false,
        failure: { reason: 'conflict', detail: `This is ${held}: VibeThink alone changes that.` },
      })
      expect(await store.find(star.celebrityId)).toMatchObject({ status: held })
      expect(await eventsOf(star.celebrityId)).toEqual([])
      // what is no status is the owner's to write, as before
      expect(
        await neonCelebrities(owner()).update(star.celebrityId, patchOf(celebrityPatch, { tagline: 'Soon' })),
      ).toMatchObject({ ok: true })
      expect(await eventsOf(star.celebrityId)).toHaveLength(1)
    },
  )

  it.each(['APPROVED', 'REJECTED'] as const)(
    'leave a campaign ended that VibeThink ended, also while the celebrity’s side set it %s',
    async (status) => {
      const end = decide({ status: 'ENDED' })
      for (const meanwhile of [end, undefined]) {
        const store = neonCampaigns(owner(meanwhile))
        expect(
          await store.update(star.campaignId, patchOf(campaignPatch, { status, guidelinesVersion: 1 })),
        ).toMatchObject({
          ok: false,
          failure: { reason: 'conflict', detail: expect.stringContaining('ENDED') },
        })
      }
      expect(await eventsOf(star.campaignId)).toEqual([])
      const revived = await neonCampaigns(platform()).update(
        star.campaignId,
        patchOf(campaignPatch, { status: 'APPROVED' }),
      )
      expect(revived).toMatchObject({ ok: true, value: { decision: 'APPROVED' } })
    },
  )

  it('let a brand withdraw and move what waits, and nothing that was approved meanwhile', async () => {
    const request = decide({ status: 'REQUESTED', approvedVersion: null, approvedAt: null })
    const approve = decide({ status: 'APPROVED', approvedVersion: 1, approvedAt: new Date() })
    for (const patch of [{ status: 'ENDED' as const }, { endsAt: '2040-01-01' }, { timeZone: 'Asia/Tokyo' }]) {
      await request()
      expect(
        await neonCampaigns(sponsor(approve)).update(star.campaignId, patchOf(campaignPatch, patch)),
      ).toMatchObject({
        ok: false,
        failure: { reason: 'conflict' },
      })
      expect(await eventsOf(star.campaignId)).toEqual([])
    }
    await request()
    expect(
      await neonCampaigns(sponsor()).update(star.campaignId, patchOf(campaignPatch, { endsAt: '2040-01-01' })),
    ).toMatchObject({
      ok: true,
      value: { guidelinesVersion: 2, endsAt: new Date('2040-01-01') },
    })
    expect(
      await neonCampaigns(sponsor()).update(star.campaignId, patchOf(campaignPatch, { status: 'ENDED' })),
    ).toMatchObject({
      ok: true,
      value: { decision: 'ENDED' },
    })
    expect(
      await neonCampaigns(sponsor()).update(star.campaignId, patchOf(campaignPatch, { status: 'ENDED' })),
    ).toMatchObject({ ok: false })
  })

  it('do not let a brand stretch a period that it holds by an approval of less', async () => {
    await neonCampaigns(sponsor()).update(star.campaignId, patchOf(campaignPatch, { name: 'Another name' })) // waits again, and holds what it held
    expect(
      await neonCampaigns(sponsor()).update(star.campaignId, patchOf(campaignPatch, { endsAt: '2040-01-01' })),
    ).toMatchObject({
      ok: false,
      failure: { reason: 'conflict' },
    })
  })

  it('tell the celebrity of each campaign that a brand’s new name takes down, and of no other', async () => {
    const { platform: handle } = database()
    const waiting = newId<'campaign'>()
    await withPlatform(
      handle,
      handle.insert(campaigns).values({
        id: waiting,
        celebrityTenantId: star.tenantId,
        celebrityId: star.celebrityId,
        brandTenantId: brand.tenantId,
        brandId: brand.brandId,
        slug: 'waiting',
        name: 'Waiting',
        startsAt: new Date('2030-01-01'),
        guidelines: { sentences: [], rules: { avoidTerms: [], mention: [] } },
      }),
    )
    expect(
      await neonBrands(sponsor()).update(brand.brandId, patchOf(brandPatch, { website: 'https://new.example' })),
    ).toMatchObject({
      ok: true,
    })
    expect(await eventsOf(star.campaignId)).toEqual([])
    expect(
      await neonBrands(sponsor()).update(brand.brandId, patchOf(brandPatch, { name: 'Another name' })),
    ).toMatchObject({ ok: true })
    expect(await eventsOf(star.campaignId)).toEqual([
      {
        tenantId: star.tenantId,
        payload: expect.objectContaining({
          action: 'updated',
          entity: 'campaign',
          before: expect.objectContaining({ status: 'ACTIVE', guidelines_version: 1 }),
          after: expect.objectContaining({ status: 'REQUESTED', guidelines_version: 2 }),
        }),
      },
    ])
    expect(await eventsOf(waiting)).toEqual([])
    const [held] = await withPlatform(
      handle,
      handle.select({ name: brands.name }).from(brands).where(eq(brands.id, brand.brandId)),
    )
    expect(held).toEqual([{ name: 'Another name' }])
  })
})

/** As the route reads it. */
function patchOf<T>(rule: Rule<T>, body: object): T {
  const patch = check(rule, body)
  if (!patch.ok) throw new Error(JSON.stringify(patch.failure))
  return patch.value
}
