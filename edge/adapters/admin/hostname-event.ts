/**
 * Platform events of what checks found: written after the change, in its transaction, for those of the rows that it
 * did change, so that nothing is told that did not happen.
 */
import { and, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Database } from '../../../schema/db/database.ts'
import { domains } from '../../../schema/db/tables/deployments.ts'
import { platformEvents } from '../../../schema/db/tables/operations.ts'
import type { HostnameChange } from '../../core/hostnames/judge-hostname.ts'

type Told = HostnameChange | 'verified' | 'removed'

const EVENT_TYPES: Readonly<Record<Told, string>> = {
  activated: 'CONFIGURATION_CHANGE',
  deactivated: 'CONFIGURATION_CHANGE',
  verified: 'CONFIGURATION_CHANGE',
  unverified: 'CONFIGURATION_CHANGE',
  removed: 'CONFIGURATION_CHANGE',
  warned: 'INCIDENT_CREATED',
  recovered: 'INCIDENT_RESOLVED',
}

/** What this transaction changed of a row, before and after. */
const noted = sql`noted_change(${domains.id}::text)`

const ACTOR = { user_id: null, role: 'hostname-check' }

export function hostnameEvent(database: Database, action: Told, which: SQL | undefined) {
  return database.insert(platformEvents).select(
    database
      .select({
        id: sql`gen_random_uuid()`.as('id'),
        eventType: sql`${EVENT_TYPES[action]}::text`.as('event_type'),
        tenantId: domains.tenantId,
        occurredAt: sql`now()`.as('occurred_at'),
        actor: sql`${JSON.stringify(ACTOR)}::jsonb`.as('actor'),
        payload:
          sql`jsonb_build_object('action', ${action}::text, 'entity', 'domain', 'id', ${domains.id}, 'fields', jsonb_build_array('status')) || ${noted}`.as(
            'payload',
          ),
      })
      .from(domains)
      .where(and(which, sql`${noted} <> '{}'::jsonb`)),
  )
}
