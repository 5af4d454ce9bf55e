/**
 * Step 7: a conversation's rows on their way into Neon, through the tenant's door. Every statement is an upsert under
 * the writer's own ids, so a batch whose answer got lost can be sent again, and one that arrives late changes nothing:
 * each names the conversation first, so two of the same conversation take turns. Knows nothing of rooms or retries.
 */
import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../../schema/db/database.ts'
import { conversations, messages, ratings, visitors } from '../../schema/db/tables/conversations.ts'
import { modelCalls } from '../../schema/db/tables/model-calls.ts'
import { flags, platformEvents } from '../../schema/db/tables/operations.ts'
import type { EventActor } from '../../schema/db/tables/operations.ts'
import { parseId } from '../../schema/domain/id.ts'
import { withTenant } from '../../schema/db/with-tenant.ts'
import type { Archive, ArchiveBatch } from '../core/ports.ts'

/** The archive in Neon: one batch is one round trip and one transaction. */
export function neonArchive(db: Database): Archive {
  return {
    async write(batch) {
      const { tenantId } = batch.owner
      await withTenant(
        db,
        tenantId,
        upsertVisitor(db, batch),
        upsertConversation(db, batch),
        ...(batch.messages.length > 0 ? [upsertMessages(db, batch)] : []),
        ...(batch.ratings.length > 0 ? [upsertRatings(db, batch)] : []),
        ...(batch.flags.length > 0 ? [insertFlags(db, batch)] : []),
        ...(batch.events.length > 0 ? [insertEvents(db, batch)] : []),
        ...(batch.calls.length > 0 ? [insertCalls(db, batch)] : []),
      )
    },
    async erase(conversation) {
      const { tenantId, conversationId } = conversation.owner
      const nothing: ArchiveBatch = { ...conversation, messages: [], ratings: [], flags: [], events: [], calls: [] }
      await withTenant(
        db,
        tenantId,
        // the mark must stand also where nothing was archived yet: a first batch may still be on its way
        upsertVisitor(db, nothing),
        upsertConversation(db, nothing),
        db
          .update(conversations)
          .set({ erasedAt: sql`now()` })
          .where(and(eq(conversations.tenantId, tenantId), eq(conversations.id, conversationId))),
        db.delete(messages).where(and(eq(messages.tenantId, tenantId), eq(messages.conversationId, conversationId))),
        db.delete(ratings).where(and(eq(ratings.tenantId, tenantId), eq(ratings.conversationId, conversationId))),
        db.delete(flags).where(and(eq(flags.tenantId, tenantId), eq(flags.conversationId, conversationId))),
      )
    },
  }
}

function upsertVisitor(db: Database, { owner, startedAt, messages }: ArchiveBatch) {
  const theirs = messages.findLast(({ role }) => role !== 'person') // whose words are not the visitor's, nor an answer to them
  const lastSeenAt = new Date(theirs?.at ?? startedAt)
  return db
    .insert(visitors)
    .values({
      id: owner.visitorId,
      tenantId: owner.tenantId,
      deploymentId: owner.deploymentId,
      tier: owner.tier,
      firstSeenAt: new Date(startedAt),
      lastSeenAt,
    })
    .onConflictDoUpdate({
      target: [visitors.tenantId, visitors.id],
      set: { lastSeenAt: sql`greatest(${visitors.lastSeenAt}, excluded.last_seen_at)`, tier: sql`excluded.tier` },
    })
}

function upsertConversation(db: Database, { owner, startedAt, messages }: ArchiveBatch) {
  const lastMessageAt = new Date(messages.at(-1)?.at ?? startedAt)
  return db
    .insert(conversations)
    .values({
      id: owner.conversationId,
      tenantId: owner.tenantId,
      deploymentId: owner.deploymentId,
      visitorId: owner.visitorId,
      campaignId: owner.campaignId,
      origin: owner.origin,
      startedAt: new Date(startedAt),
      lastMessageAt,
    })
    .onConflictDoUpdate({
      target: [conversations.tenantId, conversations.id],
      set: { lastMessageAt: sql`greatest(${conversations.lastMessageAt}, excluded.last_message_at)` },
    })
}

function upsertMessages(db: Database, { owner, messages: rows }: ArchiveBatch) {
  return db
    .insert(messages)
    .values(
      rows.map(({ at, ...row }) => ({
        ...row,
        tenantId: owner.tenantId,
        conversationId: owner.conversationId,
        createdAt: new Date(at),
      })),
    )
    .onConflictDoUpdate({
      target: [messages.tenantId, messages.id],
      // a retry writes another reply at the same place, a person another text: the row's last change stays the last
      setWhere: sql`excluded.version >= ${messages.version}`,
      set: {
        text: sql`excluded.text`,
        edits: sql`excluded.edits`,
        outcome: sql`excluded.outcome`,
        reason: sql`excluded.reason`,
        model: sql`excluded.model`,
        sources: sql`excluded.sources`,
        revisions: sql`excluded.revisions`,
        revisedBy: sql`excluded.revised_by`,
        version: sql`excluded.version`,
      },
    })
}

function upsertRatings(db: Database, { owner, ratings: rows }: ArchiveBatch) {
  return db
    .insert(ratings)
    .values(
      rows.map(({ at, ...row }) => ({
        ...row,
        tenantId: owner.tenantId,
        conversationId: owner.conversationId,
        ratedAt: new Date(at),
      })),
    )
    .onConflictDoUpdate({
      target: [ratings.tenantId, ratings.turnId],
      setWhere: sql`excluded.rated_at >= ${ratings.ratedAt}`,
      set: {
        rating: sql`excluded.rating`,
        reason: sql`excluded.reason`,
        comment: sql`excluded.comment`,
        ratedAt: sql`excluded.rated_at`,
      },
    })
}

function insertFlags(db: Database, { owner, flags: rows }: ArchiveBatch) {
  return db
    .insert(flags)
    .values(
      rows.map(({ id, turnId, reason, rule, at }) => ({
        id,
        turnId,
        tenantId: owner.tenantId,
        conversationId: owner.conversationId,
        rule: reason,
        reason: `The reply was cut: ${reason}`,
        excerpt: Array.from(rule).slice(0, 200).join(''), // half a surrogate pair would be refused
        createdAt: new Date(at),
      })),
    )
    .onConflictDoNothing({ target: [flags.tenantId, flags.id] })
}

/** Append-only: the same event twice is one. */
function insertEvents(db: Database, { owner, events: rows }: ArchiveBatch) {
  return db
    .insert(platformEvents)
    .values(
      rows.map(({ id, type, actor, payload, at }) => ({
        id,
        tenantId: owner.tenantId,
        eventType: type,
        occurredAt: new Date(at),
        actor: actorOf(actor),
        payload: { ...payload, conversationId: owner.conversationId },
      })),
    )
    .onConflictDoNothing({ target: [platformEvents.tenantId, platformEvents.id] })
}

/** A call is settled before it is sent, and never changes: once is as good as twice. */
function insertCalls(db: Database, { owner, calls }: ArchiveBatch) {
  return db
    .insert(modelCalls)
    .values(
      calls.map(({ at, ...row }) => ({
        ...row,
        tenantId: owner.tenantId,
        conversationId: owner.conversationId,
        startedAt: new Date(at),
      })),
    )
    .onConflictDoNothing({ target: [modelCalls.tenantId, modelCalls.id] })
}

/** A person is named by the user's id; a service's key and whoever has the root key by what they are. */
function actorOf(actor: string): EventActor {
  const userId = parseId<'user'>(actor)
  return userId ? { user_id: userId, role: 'person' } : { user_id: null, role: actor }
}
