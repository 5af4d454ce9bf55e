/** The platform's own door: for the login `twin_platform`, which administers every tenant. */
import type { BatchItem } from 'drizzle-orm/batch'
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
  return db.batch([first, ...rest])
}
