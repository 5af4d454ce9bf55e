/** What happened, from Neon, the newest first. A tenant reads what is its own, and what happened to campaigns it is party to. */
import { and, desc, eq, sql } from 'drizzle-orm'
import { platformEvents } from '../../../schema/db/tables/operations.ts'
import { parseId } from '../../../schema/domain/id.ts'
import { mayReadKeys } from '../../core/admin/access.ts'
import type { EventStore } from '../../core/admin/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { pageOf } from './page-of.ts'

const shown = {
  id: platformEvents.id,
  event_type: platformEvents.eventType,
  tenant_id: platformEvents.tenantId,
  occurred_at: platformEvents.occurredAt,
  actor: platformEvents.actor,
  payload: platformEvents.payload,
}

export function neonEvents(database: Desk): EventStore {
  // what happened to a key says what the key is: for whoever may see keys
  const theirs = mayReadKeys(database.actor)
    ? undefined
    : sql`${platformEvents.payload} ->> 'entity' is distinct from 'key'`
  return {
    async list(page, type) {
      const after = parseId(page.after)
      const place =
        after &&
        sql`(${platformEvents.occurredAt}, ${platformEvents.id}) <
          (select seen.occurred_at, seen.id from platform_events as seen where seen.id = ${after})`
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(platformEvents)
          .where(and(place, theirs, type === undefined ? undefined : eq(platformEvents.eventType, type)))
          .orderBy(desc(platformEvents.occurredAt), desc(platformEvents.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },
  }
}
