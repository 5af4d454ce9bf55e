/**
 * Claims on hostnames as their checks see them. A check takes the claim by writing its lease and writes only while that
 * stands: a removal, or a later check, is never overwritten by one that had begun before.
 */
import { and, asc, eq, inArray, isNotNull, isNull, lte, ne, notInArray, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Database } from '../../../schema/db/database.ts'
import { deployments, domains } from '../../../schema/db/tables/deployments.ts'
import { NOTHING_SEEN } from '../../../schema/domain/hostname-facts.ts'
import { newId } from '../../../schema/domain/id.ts'
import { ownershipRecord } from '../../core/hostnames/hostname-records.ts'
import type { HostnameBook, HostnameClaim } from '../../core/hostnames/ports.ts'
import { askForPlatform } from './ask-platform.ts'
import { hostnameEvent } from './hostname-event.ts'
import { violatesUnique } from './refused-write.ts'

/** Longer than any check takes; one that died is taken up again after it. */
const LEASE = sql`interval '3 minutes'`

type DomainRow = typeof domains.$inferSelect

export function neonHostnameBook(database: Database): HostnameBook {
  const standing = ne(domains.status, 'REMOVED')
  const take = async (which: SQL | undefined): Promise<readonly HostnameClaim[]> => {
    const lease = newId<'lease'>()
    const [rows] = await askForPlatform(
      database,
      database
        .update(domains)
        .set({ lease, nextCheckAt: sql`now() + ${LEASE}` })
        .where(and(which, standing))
        .returning(),
    )
    return rows.map((row) => claimOf(row, lease))
  }
  return {
    async take(id) {
      const [claim] = await take(eq(domains.id, id))
      return claim
    },

    takeDue(now, limit) {
      const isDue = and(standing, lte(domains.nextCheckAt, new Date(now)))
      // each tenant's first, then each one's second: whoever has many waits behind nobody but themselves
      const inTurn = database
        .select({
          id: domains.id,
          turn: sql<number>`row_number() over (partition by ${domains.tenantId} order by ${domains.nextCheckAt})`.as(
            'turn',
          ),
        })
        .from(domains)
        .where(isDue)
        .as('in_turn')
      const due = database
        .select({ id: domains.id })
        .from(domains)
        .innerJoin(inTurn, eq(inTurn.id, domains.id))
        .where(isDue)
        .orderBy(asc(inTurn.turn), asc(domains.nextCheckAt))
        .limit(limit)
        .for('update', { of: domains, skipLocked: true })
      return take(inArray(domains.id, due))
    },

    async hold(claim, { texts, now }) {
      const others = and(
        eq(domains.hostname, claim.hostname),
        ne(domains.id, claim.id),
        standing,
        isNotNull(domains.verifiedAt),
        // its own record is gone from the same answer that proves this claim
        notInArray(domains.claimToken, tokensIn(claim, texts)),
      )
      try {
        const [, , held] = await askForPlatform(
          database,
          database
            .update(domains)
            .set({ status: 'PENDING', verifiedAt: null, lease: null, nextCheckAt: new Date(now), ...NO_FAILURES })
            .where(others),
          hostnameEvent(database, 'deactivated', and(eq(domains.hostname, claim.hostname), ne(domains.id, claim.id))),
          database
            .update(domains)
            .set({ verifiedAt: new Date(now) })
            .where(and(eq(domains.id, claim.id), eq(domains.lease, claim.lease)))
            .returning({ id: domains.id }),
          hostnameEvent(database, 'verified', eq(domains.id, claim.id)),
        )
        return held.length > 0
      } catch (error) {
        if (violatesUnique(error)) return false // the holder's record stands too
        throw error
      }
    },

    async intend(claim, now) {
      await askForPlatform(
        database,
        database
          .update(domains)
          .set({ edgeIntentAt: new Date(now) })
          .where(and(eq(domains.id, claim.id), isNull(domains.edgeIntentAt))),
      )
    },

    async keepEdge(id, edgeId) {
      try {
        // Whatever became of the claim: what was made for it must be found again to be deleted.
        await askForPlatform(database, database.update(domains).set({ edgeId }).where(eq(domains.id, id)))
        return true
      } catch (error) {
        if (violatesUnique(error)) return false
        throw error
      }
    },

    async save(claim, judgement, now) {
      const { status, verified, facts, failures, failingSince, nextCheckAt, change } = judgement
      const ours = and(eq(domains.id, claim.id), eq(domains.lease, claim.lease), standing)
      const changes = {
        status,
        facts,
        failures,
        failingSince: failingSince === null ? null : new Date(failingSince),
        checkedAt: new Date(now),
        nextCheckAt: new Date(nextCheckAt),
        // when it was proved is written where it is: a claim can only lose it here
        ...(verified ? {} : { verifiedAt: null }),
      }
      const write = database.update(domains).set(changes).where(ours)
      if (change === undefined) await askForPlatform(database, write)
      else await askForPlatform(database, write, hostnameEvent(database, change, ours))
    },

    async removeOfArchived() {
      const archived = database
        .select({ id: deployments.id })
        .from(deployments)
        .where(eq(deployments.status, 'ARCHIVED'))
      const ofArchived = inArray(domains.deploymentId, archived)
      await askForPlatform(
        database,
        database.update(domains).set({ status: 'REMOVED', lease: null }).where(and(standing, ofArchived)),
        hostnameEvent(database, 'removed', ofArchived),
      )
    },

    async leftAtEdge(limit) {
      const [rows] = await askForPlatform(
        database,
        database
          .select({ id: domains.id, hostname: domains.hostname, edgeId: domains.edgeId, intent: domains.edgeIntentAt })
          .from(domains)
          .where(
            and(
              or(isNotNull(domains.edgeId), isNotNull(domains.edgeIntentAt)),
              or(eq(domains.status, 'REMOVED'), isNull(domains.verifiedAt)),
            ),
          )
          .orderBy(sql`random()`) // one that cannot be deleted keeps nobody else waiting
          .limit(limit),
      )
      return rows.map(({ intent, ...row }) => ({ ...row, edgeIntentAt: intent?.getTime() ?? null }))
    },

    async edgeCleared(id, edgeId) {
      const present = edgeId === null ? isNull(domains.edgeId) : eq(domains.edgeId, edgeId)
      await askForPlatform(
        database,
        database
          .update(domains)
          .set({ edgeId: null, edgeIntentAt: null })
          .where(and(eq(domains.id, id), present)),
      )
    },
  }
}

const NO_FAILURES = { failures: 0, failingSince: null }

function claimOf(row: DomainRow, lease: HostnameClaim['lease']): HostnameClaim {
  const { id, hostname, status, verifiedAt, claimToken, facts, failures, failingSince, edgeId } = row
  return {
    id,
    hostname,
    status,
    verified: verifiedAt !== null,
    token: claimToken,
    facts: facts ?? NOTHING_SEEN,
    failures,
    failingSince: failingSince?.getTime() ?? null,
    createdAt: row.createdAt.getTime(),
    edgeId,
    edgeIntentAt: row.edgeIntentAt?.getTime() ?? null,
    lease,
  }
}

/** The tokens that the texts prove, this claim's among them. */
function tokensIn(claim: HostnameClaim, texts: readonly string[]): string[] {
  const prefix = ownershipRecord({ hostname: claim.hostname, token: '' }).value
  return texts.filter((text) => text.startsWith(prefix)).map((text) => text.slice(prefix.length))
}
