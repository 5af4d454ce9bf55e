/**
 * The row that says who did what: written in the same transaction as what was done, and after it. The database has noted
 * what each write changed (`note_change`): before and after, without secrets.
 */
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { platformEvents, type EventActor } from '../../../schema/db/tables/operations.ts'
import type { Id } from '../../../schema/domain/id.ts'
import { actsFor, roleOf } from '../../core/admin/actor.ts'
import type { Actor } from '../../core/admin/actor.ts'
import type { Desk } from './desk.ts'

interface PlatformEvent {
  readonly type?:
    | 'CONFIGURATION_CHANGE'
    | 'STAKEHOLDER_APPROVAL'
    | 'USER_CREATED'
    | 'USER_DEACTIVATED'
    | 'ROLE_ASSIGNED'
    | 'SECURITY_EVENT'
  /** Whose it is; what a tenant's key does is that tenant's. */
  readonly tenantId: Id<'tenant'>
  readonly action: 'created' | 'updated' | 'removed' | 'approved' | 'rotated' | 'revoked' | 'deactivated'
  readonly entity:
    | 'celebrity'
    | 'contract'
    | 'brand'
    | 'budget'
    | 'campaign'
    | 'deployment'
    | 'identity_key'
    | 'allowed_domain'
    | 'domain'
    | 'knowledge_source'
    | 'user'
    | 'membership'
    | 'key'
  readonly id: string
  /** What was given; its member names are kept. */
  readonly input?: Readonly<Record<string, unknown>>
  /** Holds when it was done: of a write that the database may refuse without a word. Left out: it always is. */
  readonly provided?: SQL
}

export function platformEvent(
  desk: Desk,
  { type = 'CONFIGURATION_CHANGE', tenantId, action, entity, id, input = {}, provided = sql`true` }: PlatformEvent,
) {
  const whom = actsFor(desk.actor)
  const fields = Object.keys(input).filter((name) => input[name] !== undefined)
  const payload = JSON.stringify({ action, entity, id, fields, key_id: desk.actor.keyId })
  const actor = JSON.stringify(actorOf(desk.actor))
  return desk.insert(platformEvents).select(sql`
    select gen_random_uuid(), ${type}::text, ${whom === 'platform' ? tenantId : whom}::uuid, now(), ${actor}::jsonb,
      ${payload}::jsonb || noted_change(${id})
    where ${provided}`)
}

/** The same, where the write may have found nothing any more that it could change: then nothing is told either. */
export function eventIfChanged(desk: Desk, event: Omit<PlatformEvent, 'provided'>) {
  return platformEvent(desk, { ...event, provided: sql`noted_change(${event.id}) <> '{}'::jsonb` })
}

/** Who it was, as events say it. */
export function actorOf(actor: Actor): EventActor {
  return { user_id: actor.userId, role: roleOf(actor) }
}
