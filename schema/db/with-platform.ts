/** The platform's own door: for the login `twin_platform`, which administers every tenant. */
import { sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Id } from '../domain/id.ts'
import type { Database } from './database.ts'
import type { Answers, Queries } from './with-tenant.ts'

/**
 * Runs queries as the platform, in one round trip and one transaction. The handle must carry the `twin_platform` login:
 * with any other, row-level security shows it nothing and lets it write nothing.
 */
export async function withPlatform<const F extends BatchItem<'pg'>, const Q extends Queries>(
  db: Database,
  first: F,
  ...rest: Q
): Promise<Answers<readonly [F, ...Q]>> {
  return withPlatformFor(db, 'platform', first, ...rest)
}

/**
 * As {@link withPlatform}, for whom the key belongs to that was shown: for a tenant, nothing is seen or written that is not
 * its own. Without being told for whom, the login sees nothing at all.
 */
export async function withPlatformFor<const F extends BatchItem<'pg'>, const Q extends Queries>(
  db: Database,
  whom: 'platform' | Id<'tenant'>,
  first: F,
  ...rest: Q
): Promise<Answers<readonly [F, ...Q]>> {
  const setWhom = db.execute(sql`select set_config('app.acts_for', ${whom}, true)`) // this transaction only
  const [, ...answers] = await db.batch([setWhom, first, ...rest])
  return answers
}
