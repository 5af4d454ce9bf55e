/** The row that says who did what: written in the same transaction as what was done. Names fields, never their values. */
import { platformEvents } from '../../../schema/db/tables/operations.ts'
import type { Database } from '../../../schema/db/database.ts'
import type { Id } from '../../../schema/domain/id.ts'

interface PlatformEvent {
  readonly type?: 'CONFIGURATION_CHANGE' | 'STAKEHOLDER_APPROVAL'
  readonly tenantId: Id<'tenant'>
  readonly action: 'created' | 'updated' | 'removed' | 'approved'
  readonly entity:
    | 'celebrity'
    | 'contract'
    | 'brand'
    | 'campaign'
    | 'deployment'
    | 'identity_key'
    | 'allowed_domain'
    | 'domain'
    | 'knowledge_source'
  readonly id: string
  /** What was given; its member names are kept. */
  readonly input?: Readonly<Record<string, unknown>>
}

export function platformEvent(
  database: Database,
  { type = 'CONFIGURATION_CHANGE', tenantId, action, entity, id, input = {} }: PlatformEvent,
) {
  const fields = Object.keys(input).filter((name) => input[name] !== undefined)
  return database.insert(platformEvents).values({
    eventType: type,
    tenantId,
    actor: { user_id: null, role: 'platform-admin' },
    payload: { action, entity, id, fields },
  })
}
