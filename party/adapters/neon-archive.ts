/**
 * Step 7: a conversation's rows on their way into Neon, through the tenant's door. Every statement is an upsert under
 * the writer's own ids, so a batch whose answer got lost can be sent again. Knows nothing of rooms or retries.
 */
import { sql } from 'drizzle-orm'
import type { Database } from '../../schema/db/database.ts'
import { conversations, messages, visitors } from '../../schema/db/tables/conversations.ts'
import { flags } from '../../schema/db/tables/operations.ts'
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
        ...(batch.flags.length > 0 ? [insertFlags(db, batch)] : []),
      )
    },
  }
}

function upsertVisitor(db: Database, { owner, startedAt, messages }: ArchiveBatch) {
  const lastSeenAt = new Date(messages.at(-1)?.at ?? startedAt)
  return db
    .insert(visitors)
    .values({
      id: owner.visitorId,
      tenantId: owner.tenantId,
      deploymentId: owner.deploymentId,
      firstSeenAt: new Date(startedAt),
      lastSeenAt,
    })
    .onConflictDoUpdate({
      target: [visitors.tenantId, visitors.id],
      set: { lastSeenAt: sql`greatest(${visitors.lastSeenAt}, excluded.last_seen_at)` },
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
      // a retry writes another reply at the same place; a visitor's words never change
      set: {
        text: sql`excluded.text`,
        outcome: sql`excluded.outcome`,
        reason: sql`excluded.reason`,
        model: sql`excluded.model`,
        sources: sql`excluded.sources`,
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
