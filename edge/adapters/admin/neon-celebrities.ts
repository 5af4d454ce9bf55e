/** Celebrities in Neon; each lives in a tenant of its own, made with it. */
import { and, asc, eq, getTableColumns, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { celebrities, contracts } from '../../../schema/db/tables/celebrities.ts'
import { tenants } from '../../../schema/db/tables/tenancy.ts'
import { newId } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import { TWIN_CONFIG_VERSION } from '../../../schema/domain/twin-config.ts'
import { mayResume } from '../../core/admin/actor.ts'
import type { CelebrityStore } from '../../core/admin/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { eventIfChanged, platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'
import { heldByPlatform, unlessHeld } from './unless-held.ts'

const { ownerUserId: _owner, ...shown } = getTableColumns(celebrities)

export function neonCelebrities(database: Desk): CelebrityStore {
  const store: CelebrityStore = {
    create: (input) =>
      refusedWrite(async () => {
        const tenantId = newId<'tenant'>()
        const id = newId<'celebrity'>()
        const { tagline = '', portrait = null, ...given } = input
        const [, [row]] = await askPlatform(
          database,
          database.insert(tenants).values({ id: tenantId, kind: 'CELEBRITY', slug: input.slug, name: input.name }),
          database
            .insert(celebrities)
            .values({ ...given, id, tenantId, tagline, portrait, twinConfigVersion: TWIN_CONFIG_VERSION })
            .returning(shown),
          platformEvent(database, { tenantId, action: 'created', entity: 'celebrity', id, input }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async list(page) {
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(celebrities)
          .where(afterRow(celebrities, page.after))
          .orderBy(asc(celebrities.createdAt), asc(celebrities.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(
        database,
        database.select(shown).from(celebrities).where(eq(celebrities.id, id)),
      )
      return row
    },

    async update(id, patch) {
      const present = await store.find(id)
      if (!present) return fail({ reason: 'not_found' })
      if (patch.status && !mayResume(database.actor, present.status)) return fail(heldByPlatform(present.status))
      if (patch.status === 'ACTIVE') {
        const [[running]] = await askPlatform(
          database,
          database
            .select({ id: contracts.id })
            .from(contracts)
            .where(and(eq(contracts.celebrityId, id), runsNow()))
            .limit(1),
        )
        if (!running) {
          const detail =
            'A celebrity can be ACTIVE only under a running contract: signed, begun, not ended or terminated, with TEXT among its licence scopes. Create or sign one first.'
          return fail({ reason: 'conflict', detail })
        }
      }
      const [[row], , [now]] = await askPlatform(
        database,
        database
          .update(celebrities)
          .set(patch)
          .where(and(eq(celebrities.id, id), unlessHeld(database.actor, patch, celebrities.status)))
          .returning(shown),
        eventIfChanged(database, {
          tenantId: present.tenantId,
          action: 'updated',
          entity: 'celebrity',
          id,
          input: patch,
        }),
        database.select({ status: celebrities.status }).from(celebrities).where(eq(celebrities.id, id)),
      )
      if (!now) return fail({ reason: 'not_found' })
      return row ? ok(row) : fail(heldByPlatform(now.status))
    },
  }
  return store
}

function runsNow() {
  return and(
    isNotNull(contracts.signedAt),
    isNull(contracts.terminatedAt),
    lte(contracts.startsAt, sql`now()`),
    or(isNull(contracts.endsAt), gt(contracts.endsAt, sql`now()`)),
    sql`'TEXT' = any(${contracts.licenceScopes})`,
  )
}
