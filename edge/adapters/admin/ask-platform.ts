/** The platform's door as the admin stores use it: a database that is away is told from one that refuses. */
import type { BatchItem } from 'drizzle-orm/batch'
import type { Database } from '../../../schema/db/database.ts'
import { withPlatform } from '../../../schema/db/with-platform.ts'
import type { Answers, Queries } from '../../../schema/db/with-tenant.ts'
import { StoreUnavailable } from '../../core/ports.ts'

/** One transaction as `withPlatform` runs it. */
export async function askPlatform<const F extends BatchItem<'pg'>, const Q extends Queries>(
  database: Database,
  first: F,
  ...rest: Q
): Promise<Answers<readonly [F, ...Q]>> {
  try {
    return await withPlatform(database, first, ...rest)
  } catch (error) {
    throw isAway(error) ? new StoreUnavailable('the database did not answer', { cause: error }) : error
  }
}

/** The driver's error carries a SQLSTATE when Postgres has spoken, and none when nobody has. */
function isAway(error: unknown): boolean {
  for (let link = error, depth = 0; link instanceof Error && depth < 4; link = link.cause, depth += 1) {
    if (link.name === 'NeonDbError') return !('code' in link) || link.code === undefined || link.code === null
  }
  return false
}
