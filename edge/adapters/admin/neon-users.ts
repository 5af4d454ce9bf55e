/** People in Neon. The platform writes them, so that an address that is taken tells no tenant of another's people. */
import { asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { memberships, users } from '../../../schema/db/tables/tenancy.ts'
import { newId } from '../../../schema/domain/id.ts'
import { platformTenantId } from '../../../schema/domain/platform-tenant.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { UserStore } from '../../core/admin/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

const shown = getTableColumns(users)

export function neonUsers(database: Desk): UserStore {
  return {
    create: (input) =>
      refusedWrite(async () => {
        const id = newId<'user'>()
        const [[row]] = await askPlatform(
          database,
          database
            .insert(users)
            .values({ ...input, id })
            .returning(shown),
          platformEvent(database, {
            type: 'USER_CREATED',
            tenantId: platformTenantId(),
            action: 'created',
            entity: 'user',
            id,
            input,
          }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async list(page) {
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(users)
          .where(afterRow(users, page.after))
          .orderBy(asc(users.createdAt), asc(users.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(database, database.select(shown).from(users).where(eq(users.id, id)))
      return row
    },

    async update(id, patch) {
      const { name, deactivated } = patch
      const [[present], tenants] = await askPlatform(
        database,
        database.select(shown).from(users).where(eq(users.id, id)),
        database.selectDistinct({ tenantId: memberships.tenantId }).from(memberships).where(eq(memberships.userId, id)),
      )
      if (!present) return fail({ reason: 'not_found' })
      const since = present.deactivatedAt ?? sql`now()`
      const changes = {
        name: name ?? present.name,
        ...(deactivated === undefined ? {} : { deactivatedAt: deactivated ? since : null }),
      }
      // every tenant of the person's learns of it
      const told = new Set([platformTenantId(), ...tenants.map(({ tenantId }) => tenantId)])
      const [[row]] = await askPlatform(
        database,
        database.update(users).set(changes).where(eq(users.id, id)).returning(shown),
        ...[...told].map((tenantId) =>
          platformEvent(database, {
            type: deactivated === true ? 'USER_DEACTIVATED' : 'CONFIGURATION_CHANGE',
            tenantId,
            action: deactivated === true ? 'deactivated' : 'updated',
            entity: 'user',
            id,
            input: patch,
          }),
        ),
      )
      return row ? ok(row) : fail({ reason: 'not_found' })
    },
  }
}
