/** Who has which role where, in Neon. A tenant assigns roles to people it has already; the platform brings people in. */
import { asc, eq, getTableColumns } from 'drizzle-orm'
import { memberships, tenants, users } from '../../../schema/db/tables/tenancy.ts'
import { newId } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { MembershipStore } from '../../core/admin/ports.ts'
import type { FieldError } from '../../core/refusal.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

const shown = getTableColumns(memberships)

export function neonMemberships(database: Desk): MembershipStore {
  return {
    create: (input) =>
      refusedWrite(async () => {
        const { userId, role, tenantId = database.actor.tenantId } = input
        const [[user], [tenant]] = await askPlatform(
          database,
          database.select({ id: users.id }).from(users).where(eq(users.id, userId)),
          database.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, tenantId)),
        )
        const errors: FieldError[] = []
        if (!user) errors.push({ field: 'userId', message: 'is nobody' })
        if (!tenant) errors.push({ field: 'tenantId', message: 'is no tenant' })
        if (errors.length > 0) return fail({ reason: 'request_invalid', errors })
        const id = newId<'membership'>()
        const [[row]] = await askPlatform(
          database,
          database.insert(memberships).values({ id, userId, tenantId, role }).returning(shown),
          platformEvent(database, {
            type: 'ROLE_ASSIGNED',
            tenantId,
            action: 'created',
            entity: 'membership',
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
          .from(memberships)
          .where(afterRow(memberships, page.after))
          .orderBy(asc(memberships.createdAt), asc(memberships.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(
        database,
        database.select(shown).from(memberships).where(eq(memberships.id, id)),
      )
      return row
    },

    async remove(id) {
      const present = await this.find(id)
      if (!present) return fail({ reason: 'not_found' })
      const [[row]] = await askPlatform(
        database,
        database.delete(memberships).where(eq(memberships.id, id)).returning(shown),
        platformEvent(database, {
          type: 'ROLE_ASSIGNED',
          tenantId: present.tenantId,
          action: 'removed',
          entity: 'membership',
          id,
        }),
      )
      return row ? ok(row) : fail({ reason: 'not_found' })
    },
  }
}
