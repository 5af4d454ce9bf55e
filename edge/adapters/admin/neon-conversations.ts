/** Conversations in Neon, as far as the rooms have written them behind. Deleted ones are gone from here too. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { conversations } from '../../../schema/db/tables/conversations.ts'
import { deployments } from '../../../schema/db/tables/deployments.ts'
import type { ConversationStore } from '../../core/admin/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'

const shown = {
  id: conversations.id,
  deploymentId: conversations.deploymentId,
  visitorId: conversations.visitorId,
  campaignId: conversations.campaignId,
  origin: conversations.origin,
  startedAt: conversations.startedAt,
  lastMessageAt: conversations.lastMessageAt,
  messages: sql<number>`(select coalesce(max(position), 0) from messages
    where tenant_id = conversations.tenant_id and conversation_id = conversations.id)`.mapWith(Number),
}

export function neonConversations(database: Desk): ConversationStore {
  return {
    async find(id) {
      const present = and(eq(conversations.id, id), isNull(conversations.erasedAt))
      const [[row]] = await askPlatform(
        database,
        database.select({ id: conversations.id }).from(conversations).where(present),
      )
      return row?.id
    },

    async list(deploymentId, { before, limit }) {
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(conversations)
          .innerJoin(
            deployments,
            and(eq(deployments.tenantId, conversations.tenantId), eq(deployments.id, conversations.deploymentId)),
          )
          .where(
            and(
              eq(deployments.id, deploymentId),
              isNull(conversations.erasedAt),
              before &&
                sql`(${conversations.lastMessageAt}, ${conversations.id}) < (${before.lastMessageAt.toISOString()}::timestamptz, ${before.id}::uuid)`,
            ),
          )
          .orderBy(desc(conversations.lastMessageAt), desc(conversations.id))
          .limit(limit),
      )
      return rows
    },
  }
}
