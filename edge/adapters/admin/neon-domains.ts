/** Customers' hostnames in Neon. A removed one keeps its row, and its name may be taken by whoever asks next. */
import { and, asc, eq, getTableColumns } from 'drizzle-orm'
import { deployments, domains } from '../../../schema/db/tables/deployments.ts'
import { newId } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { DomainStore } from '../../core/admin/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

const { tenantId, ...shown } = getTableColumns(domains)

export function neonDomains(database: Desk): DomainStore {
  return {
    create: (deploymentId, hostname, status) =>
      refusedWrite(async () => {
        const [[deployment]] = await askPlatform(
          database,
          database.select({ tenantId: deployments.tenantId }).from(deployments).where(eq(deployments.id, deploymentId)),
        )
        if (!deployment) return fail({ reason: 'not_found' })
        const id = newId<'domain'>()
        const verifiedAt = status === 'ACTIVE' ? new Date() : null
        const [[row]] = await askPlatform(
          database,
          database
            .insert(domains)
            .values({ id, tenantId: deployment.tenantId, deploymentId, hostname, status, verifiedAt })
            .returning(shown),
          platformEvent(database, {
            tenantId: deployment.tenantId,
            action: 'created',
            entity: 'domain',
            id,
            input: { hostname },
          }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async list(deploymentId, page) {
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(domains)
          .where(and(eq(domains.deploymentId, deploymentId), afterRow(domains, page.after)))
          .orderBy(asc(domains.createdAt), asc(domains.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(database, database.select(shown).from(domains).where(eq(domains.id, id)))
      return row
    },

    update: (id, { status }) =>
      refusedWrite(async () => {
        const [[present]] = await askPlatform(
          database,
          database.select({ tenantId }).from(domains).where(eq(domains.id, id)),
        )
        if (!present) return fail({ reason: 'not_found' })
        const changes = status === 'ACTIVE' ? { status, verifiedAt: new Date() } : { status }
        const [[row]] = await askPlatform(
          database,
          database.update(domains).set(changes).where(eq(domains.id, id)).returning(shown),
          platformEvent(database, {
            tenantId: present.tenantId,
            action: 'updated',
            entity: 'domain',
            id,
            input: { status },
          }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),
  }
}
