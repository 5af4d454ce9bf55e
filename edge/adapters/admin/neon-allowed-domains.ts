/** Origins that may embed a deployment, in Neon. They arrive parsed: canonical, as they are compared. */
import { and, asc, eq, getTableColumns } from 'drizzle-orm'
import { allowedDomains, deployments } from '../../../schema/db/tables/deployments.ts'
import { newId } from '../../../schema/domain/id.ts'
import type { Id } from '../../../schema/domain/id.ts'
import { originEntryKind } from '../../../schema/domain/origin-entry.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { AllowedDomainStore } from '../../core/admin/ports.ts'
import type { AllowedDomainView } from '../../core/admin/views.ts'
import { coversEntry } from '../../core/origin.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

const { tenantId, ...shown } = getTableColumns(allowedDomains)

/** More than any site has; each is compared at every first request, and named in a header of the deployment's own page. */
const MAX_ENTRIES = 100

export function neonAllowedDomains(database: Desk): AllowedDomainStore {
  return {
    create: (deploymentId, origin) =>
      refusedWrite(async () => {
        const [[deployment], present] = await askPlatform(
          database,
          database.select({ tenantId: deployments.tenantId }).from(deployments).where(eq(deployments.id, deploymentId)),
          entriesOf(database, deploymentId),
        )
        if (!deployment) return fail({ reason: 'not_found' })
        if (present.length >= MAX_ENTRIES && !present.some((entry) => entry.origin === origin))
          return fail({ reason: 'conflict', detail: `A deployment has at most ${MAX_ENTRIES} allowed domains.` })
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
        return row ? ok({ ...viewOf(row), ...coverOf(row, present) }) : fail({ reason: 'not_found' })
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
      return pageOf(rows.map(viewOf), page)
    },

    async find(id) {
      const [[row]] = await askPlatform(
        database,
        database.select(shown).from(allowedDomains).where(eq(allowedDomains.id, id)),
      )
      return row && viewOf(row)
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
        return row ? ok(viewOf(row)) : fail({ reason: 'not_found' })
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
      return row ? ok(viewOf(row)) : fail({ reason: 'not_found' })
    },
  }
}

function entriesOf(database: Desk, deploymentId: Id<'deployment'>) {
  return database
    .select({ origin: allowedDomains.origin })
    .from(allowedDomains)
    .where(eq(allowedDomains.deploymentId, deploymentId))
    .orderBy(asc(allowedDomains.createdAt), asc(allowedDomains.id))
}

function viewOf(row: Omit<AllowedDomainView, 'kind'>): AllowedDomainView {
  return { ...row, kind: originEntryKind(row.origin) ?? null }
}

function coverOf({ origin }: { readonly origin: string }, others: readonly { readonly origin: string }[]) {
  const cover = others.find((other) => other.origin !== origin && coversEntry(other.origin, origin))
  return cover ? { coveredBy: cover.origin } : {}
}
