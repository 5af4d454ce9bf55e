/** Origins that may embed a deployment, in Neon. They arrive parsed: canonical, as browsers send them. */
import { and, asc, eq, getTableColumns } from 'drizzle-orm'
import { allowedDomains, deployments } from '../../../schema/db/tables/deployments.ts'
import { newId } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { AllowedDomainStore } from '../../core/admin/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

const { tenantId, ...shown } = getTableColumns(allowedDomains)

export function neonAllowedDomains(database: Desk): AllowedDomainStore {
  return {
    create: (deploymentId, origin) =>
      refusedWrite(async () => {
        const [[deployment]] = await askPlatform(
          database,
          database.select({ tenantId: deployments.tenantId }).from(deployments).where(eq(deployments.id, deploymentId)),
        )
        if (!deployment) return fail({ reason: 'not_found' })
        const id = newId<'domain'>()
        const [[row]] = await askPlatform(
          database,
          database
            .insert(allowedDomains)
            .values({ id, tenantId: deployment.tenantId, deploymentId, origin })
            .returning(shown),
          platformEvent(database, {
            tenantId: deployment.tenantId,
            action: 'created',
            entity: 'allowed_domain',
            id,
            input: { origin },
          }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async list(deploymentId, page) {
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(allowedDomains)
          .where(and(eq(allowedDomains.deploymentId, deploymentId), afterRow(allowedDomains, page.after)))
          .orderBy(asc(allowedDomains.createdAt), asc(allowedDomains.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(
        database,
        database.select(shown).from(allowedDomains).where(eq(allowedDomains.id, id)),
      )
      return row
    },

    update: (id, { origin }) =>
      refusedWrite(async () => {
        const [[present]] = await askPlatform(
          database,
          database.select({ tenantId }).from(allowedDomains).where(eq(allowedDomains.id, id)),
        )
        if (!present) return fail({ reason: 'not_found' })
        const [[row]] = await askPlatform(
          database,
          database.update(allowedDomains).set({ origin }).where(eq(allowedDomains.id, id)).returning(shown),
          platformEvent(database, {
            tenantId: present.tenantId,
            action: 'updated',
            entity: 'allowed_domain',
            id,
            input: { origin },
          }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async remove(id) {
      const [[present]] = await askPlatform(
        database,
        database.select({ tenantId }).from(allowedDomains).where(eq(allowedDomains.id, id)),
      )
      if (!present) return fail({ reason: 'not_found' })
      const [[row]] = await askPlatform(
        database,
        database.delete(allowedDomains).where(eq(allowedDomains.id, id)).returning(shown),
        platformEvent(database, { tenantId: present.tenantId, action: 'removed', entity: 'allowed_domain', id }),
      )
      return row ? ok(row) : fail({ reason: 'not_found' })
    },
  }
}
