/** Brands in Neon; each lives in a tenant of its own, made with it. */
import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { brands, campaigns } from '../../../schema/db/tables/brands.ts'
import { platformEvents } from '../../../schema/db/tables/operations.ts'
import { tenants } from '../../../schema/db/tables/tenancy.ts'
import { newId, type Id } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { BrandStore } from '../../core/admin/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { actorOf, platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

const shown = getTableColumns(brands)

export function neonBrands(database: Desk): BrandStore {
  const store: BrandStore = {
    create: (input) =>
      refusedWrite(async () => {
        const tenantId = newId<'tenant'>()
        const id = newId<'brand'>()
        const [, [row]] = await askPlatform(
          database,
          database.insert(tenants).values({ id: tenantId, kind: 'BRAND', slug: input.slug, name: input.name }),
          database
            .insert(brands)
            .values({ ...input, id, tenantId })
            .returning(shown),
          platformEvent(database, { tenantId, action: 'created', entity: 'brand', id, input }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async list(page) {
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(brands)
          .where(afterRow(brands, page.after))
          .orderBy(asc(brands.createdAt), asc(brands.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(database, database.select(shown).from(brands).where(eq(brands.id, id)))
      return row
    },

    update: (id, patch) =>
      refusedWrite(async () => {
        const present = await store.find(id)
        if (!present) return fail({ reason: 'not_found' })
        const [[row]] = await askPlatform(
          database,
          database.update(brands).set(patch).where(eq(brands.id, id)).returning(shown),
          platformEvent(database, { tenantId: present.tenantId, action: 'updated', entity: 'brand', id, input: patch }),
          campaignsEvent(database, id),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),
  }
  return store
}

/**
 * The database makes a renamed brand's campaigns wait for approval again: one event each, for the celebrity whose page goes
 * dark by it, and none for those that are as they were.
 */
function campaignsEvent(database: Desk, brandId: Id<'brand'>) {
  const noted = sql`noted_change(${campaigns.id}::text)`
  const about = JSON.stringify({
    action: 'updated',
    entity: 'campaign',
    fields: ['guidelinesVersion', 'status'],
    because: 'brand',
    key_id: database.actor.keyId,
  })
  return database.insert(platformEvents).select(
    database
      .select({
        id: sql`gen_random_uuid()`.as('id'),
        eventType: sql`'CONFIGURATION_CHANGE'::text`.as('event_type'),
        tenantId: campaigns.celebrityTenantId,
        occurredAt: sql`now()`.as('occurred_at'),
        actor: sql`${JSON.stringify(actorOf(database.actor))}::jsonb`.as('actor'),
        payload: sql`${about}::jsonb || jsonb_build_object('id', ${campaigns.id}) || ${noted}`.as('payload'),
      })
      .from(campaigns)
      .where(and(eq(campaigns.brandId, brandId), sql`${noted} <> '{}'::jsonb`)),
  )
}
