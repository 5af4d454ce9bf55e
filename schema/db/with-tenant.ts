/** The one door to tenant data: no query outside it, and forgetting it shows nothing. */
import { sql } from 'drizzle-orm'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { Id } from '../domain/id.ts'
import type { Database } from './database.ts'

export type Queries = readonly BatchItem<'pg'>[]
export type Answers<Q extends Queries> = BatchResponse<Q>

/**
 * Runs queries as one tenant, in one round trip and one transaction; answers come in the order of the queries. All or
 * nothing: when one fails, none has happened.
 */
export async function withTenant<const Q extends Queries>(
  db: Database,
  tenantId: Id<'tenant'>,
  ...queries: Q
): Promise<Answers<Q>> {
  const setTenant = db.execute(sql`select set_config('app.tenant_id', ${tenantId}, true)`) // this transaction only
  const [, ...answers] = await db.batch([setTenant, ...queries])
  return answers
}
