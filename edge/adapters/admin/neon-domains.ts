/**
 * Claims on hostnames in Neon, as the admin route sees them. Any deployment may claim any name, so that a claim that was
 * never proved keeps nobody out and tells nobody anything; what checks find is written by the hostname book.
 */
import { and, asc, eq, ne, sql } from 'drizzle-orm'
import { deployments, domains } from '../../../schema/db/tables/deployments.ts'
import { newId } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { DomainStore } from '../../core/admin/ports.ts'
import type { DomainView } from '../../core/admin/views.ts'
import { describeHostname } from '../../core/hostnames/describe-hostname.ts'
import type { HostnamePorts } from '../../core/hostnames/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

/** A deployment has few names; each is asked for in DNS again and again. */
const MAX_CLAIMS = 20
/** Deployments are made as one likes; looks are shared by everybody. */
const MAX_CLAIMS_OF_TENANT = 100

export function neonDomains(
  database: Desk,
  { target, isOwnMachine }: Pick<HostnamePorts, 'target' | 'isOwnMachine'>,
): DomainStore {
  const view = (row: typeof domains.$inferSelect): DomainView => {
    const { id, deploymentId, hostname, status, verifiedAt, checkedAt, nextCheckAt, createdAt, claimToken } = row
    const ownMachine = isOwnMachine(hostname)
    return {
      id,
      deploymentId,
      hostname,
      status,
      ...describeHostname({ ...row, token: claimToken, ownMachine }, target),
      verifiedAt,
      checkedAt,
      nextCheckAt: status === 'REMOVED' || ownMachine ? null : nextCheckAt,
      createdAt,
    }
  }
  return {
    create: (deploymentId, hostname) =>
      refusedWrite(async () => {
        const [[deployment], [claims]] = await askPlatform(
          database,
          database
            .select({ tenantId: deployments.tenantId })
            .from(deployments)
            .where(and(eq(deployments.id, deploymentId), ne(deployments.status, 'ARCHIVED'))),
          database
            .select({
              ofTenant: sql<number>`count(*)::int`,
              ofDeployment: sql<number>`(count(*) filter (where ${domains.deploymentId} = ${deploymentId}))::int`,
            })
            .from(domains)
            .innerJoin(deployments, and(eq(deployments.tenantId, domains.tenantId), eq(deployments.id, deploymentId)))
            .where(ne(domains.status, 'REMOVED')),
        )
        if (!deployment) return fail({ reason: 'not_found' })
        if ((claims?.ofDeployment ?? 0) >= MAX_CLAIMS)
          return fail({ reason: 'conflict', detail: `A deployment has at most ${MAX_CLAIMS} hostnames: remove one.` })
        if ((claims?.ofTenant ?? 0) >= MAX_CLAIMS_OF_TENANT)
          return fail({
            reason: 'conflict',
            detail: `A tenant has at most ${MAX_CLAIMS_OF_TENANT} hostnames: remove one.`,
          })
        const id = newId<'domain'>()
        const proved = isOwnMachine(hostname) ? { status: 'ACTIVE' as const, verifiedAt: new Date() } : {}
        const [[row]] = await askPlatform(
          database,
          database
            .insert(domains)
            .values({ id, tenantId: deployment.tenantId, deploymentId, hostname, ...proved })
            .returning(),
          platformEvent(database, {
            tenantId: deployment.tenantId,
            action: 'created',
            entity: 'domain',
            id,
            input: { hostname },
          }),
        )
        return row ? ok(view(row)) : fail({ reason: 'not_found' })
      }),

    async list(deploymentId, page) {
      const [rows] = await askPlatform(
        database,
        database
          .select()
          .from(domains)
          .where(and(eq(domains.deploymentId, deploymentId), afterRow(domains, page.after)))
          .orderBy(asc(domains.createdAt), asc(domains.id))
          .limit(page.limit + 1),
      )
      const { items, next } = pageOf(rows, page)
      return { items: items.map(view), next }
    },

    async find(id) {
      const [[row]] = await askPlatform(database, database.select().from(domains).where(eq(domains.id, id)))
      return row && view(row)
    },

    async remove(id) {
      const standing = and(eq(domains.id, id), ne(domains.status, 'REMOVED'))
      const [[present]] = await askPlatform(database, database.select().from(domains).where(eq(domains.id, id)))
      if (!present) return fail({ reason: 'not_found' })
      // whoever sends it again, since what follows a removal failed, is answered as if for the first time
      if (present.status === 'REMOVED') return ok(view(present))
      const [[row]] = await askPlatform(
        database,
        // without its lease, a check under way writes nothing any more
        database.update(domains).set({ status: 'REMOVED', lease: null }).where(standing).returning(),
        platformEvent(database, {
          tenantId: present.tenantId,
          action: 'removed',
          entity: 'domain',
          id,
          provided: sql`noted_change(${id}) <> '{}'`,
        }),
      )
      return ok(view(row ?? { ...present, status: 'REMOVED' })) // none: another request was quicker
    },
  }
}
