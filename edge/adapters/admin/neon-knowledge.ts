/**
 * Knowledge texts in Neon, with their passages. What the platform, an owner or an approver writes is approved as it is
 * written; what an editor brings or changes waits for one of them to set it ACTIVE.
 */
import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { campaigns } from '../../../schema/db/tables/brands.ts'
import { celebrities } from '../../../schema/db/tables/celebrities.ts'
import { knowledgePassages, knowledgeSources } from '../../../schema/db/tables/knowledge.ts'
import { newId } from '../../../schema/domain/id.ts'
import type { Id } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import { mayApprove } from '../../core/admin/actor.ts'
import type { KnowledgePatch } from '../../core/admin/inputs.ts'
import type { KnowledgeStore } from '../../core/admin/ports.ts'
import { splitPassages } from '../../core/admin/split-passages.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

const { tenantId, body, ...columns } = getTableColumns(knowledgeSources)
const shown = {
  ...columns,
  text: body,
  passages: sql<number>`(select count(*)::int from knowledge_passages where source_id = knowledge_sources.id)`.mapWith(
    Number,
  ),
}

export function neonKnowledge(database: Desk): KnowledgeStore {
  const selection = () => database.select(shown).from(knowledgeSources)
  return {
    create: (celebrityId, input) =>
      refusedWrite(async () => {
        const [[celebrity], [campaign]] = await askPlatform(
          database,
          database.select({ tenantId: celebrities.tenantId }).from(celebrities).where(eq(celebrities.id, celebrityId)),
          database
            .select({ celebrityId: campaigns.celebrityId })
            .from(campaigns)
            .where(input.campaignId === undefined ? sql`false` : eq(campaigns.id, input.campaignId)),
        )
        if (!celebrity) return fail({ reason: 'not_found' })
        if (input.campaignId !== undefined && campaign?.celebrityId !== celebrityId)
          return fail({
            reason: 'request_invalid',
            errors: [{ field: 'campaignId', message: 'is no campaign of this celebrity' }],
          })

        const id = newId<'source'>()
        const { text, ...given } = input
        const owner = celebrity.tenantId
        const [, , , [row]] = await askPlatform(
          database,
          database.insert(knowledgeSources).values({
            ...given,
            id,
            tenantId: owner,
            celebrityId,
            body: text,
            ...(mayApprove(database.actor)
              ? { status: 'ACTIVE' as const, approvedAt: new Date() }
              : { status: 'PENDING_SETUP' as const, approvedAt: null }),
          }),
          database.insert(knowledgePassages).values(passageRows(owner, id, text)),
          platformEvent(database, { tenantId: owner, action: 'created', entity: 'knowledge_source', id, input }),
          selection().where(eq(knowledgeSources.id, id)),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async list(celebrityId, page) {
      const [rows] = await askPlatform(
        database,
        selection()
          .where(and(eq(knowledgeSources.celebrityId, celebrityId), afterRow(knowledgeSources, page.after)))
          .orderBy(asc(knowledgeSources.createdAt), asc(knowledgeSources.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(database, selection().where(eq(knowledgeSources.id, id)))
      return row
    },

    async update(id, patch) {
      const [[present]] = await askPlatform(
        database,
        database.select({ tenantId }).from(knowledgeSources).where(eq(knowledgeSources.id, id)),
      )
      if (!present) return fail({ reason: 'not_found' })
      const approves = mayApprove(database.actor)
      if (!approves && patch.status === 'ACTIVE') {
        const detail = 'An owner or an approver sets a text ACTIVE, and so approves what stands there.'
        return fail({ reason: 'conflict', detail })
      }
      const { text, ...given } = patch
      const event = platformEvent(database, {
        tenantId: present.tenantId,
        action: 'updated',
        entity: 'knowledge_source',
        id,
        input: patch,
      })
      // the body is set to itself when nothing is given: an UPDATE that sets nothing is none
      const source = database
        .update(knowledgeSources)
        .set({ ...given, ...approvalOf(patch, approves), body: text ?? sql`${knowledgeSources.body}` })
        .where(eq(knowledgeSources.id, id))
      const passages =
        text === undefined
          ? []
          : [
              database.delete(knowledgePassages).where(eq(knowledgePassages.sourceId, id)),
              database.insert(knowledgePassages).values(passageRows(present.tenantId, id, text)),
            ]
      await askPlatform(database, source, event, ...passages)
      const [[row]] = await askPlatform(database, selection().where(eq(knowledgeSources.id, id)))
      return row ? ok(row) : fail({ reason: 'not_found' })
    },
  }
}

/** What was approved is no longer what stands there, unless whoever changes it may approve it. */
function approvalOf({ status, title, text, url, language }: KnowledgePatch, approves: boolean) {
  if (approves) return status === 'ACTIVE' ? { approvedAt: new Date() } : {}
  const isChanged = [title, text, url, language].some((given) => given !== undefined)
  return isChanged ? { approvedAt: null, status: status ?? ('PENDING_SETUP' as const) } : {}
}

function passageRows(owner: Id<'tenant'>, sourceId: Id<'source'>, text: string) {
  const passages = splitPassages(text)
  // A text of headings alone still says something.
  const kept = passages.length > 0 ? passages : [{ heading: null, text }]
  return kept.map((passage, ordinal) => ({ ...passage, tenantId: owner, sourceId, ordinal }))
}
