/** The platform's door as the admin stores use it: a database that is away is told from one that refuses. */
import type { BatchItem } from 'drizzle-orm/batch'
import { withPlatform, withPlatformFor } from '../../../schema/db/with-platform.ts'
import type { Database } from '../../../schema/db/database.ts'
import type { Answers, Queries } from '../../../schema/db/with-tenant.ts'
import { actsFor } from '../../core/admin/actor.ts'
import { StoreUnavailable } from '../../core/ports.ts'
import type { Desk } from './desk.ts'

/** One transaction for whoever acts: a tenant's key is shown, and writes, its tenant's rows alone. */
export async function askPlatform<const F extends BatchItem<'pg'>, const Q extends Queries>(
  desk: Desk,
  first: F,
  ...rest: Q
): Promise<Answers<readonly [F, ...Q]>> {
  return unlessAway(() => withPlatformFor(desk, actsFor(desk.actor), first, ...rest))
}

/**
 * One transaction for the platform itself, whoever acts. For what a stranger may know of others, such as whether there is
 * a celebrity of that id; never for what is answered.
 */
export async function askForPlatform<const F extends BatchItem<'pg'>, const Q extends Queries>(
  database: Database,
  first: F,
  ...rest: Q
): Promise<Answers<readonly [F, ...Q]>> {
  return unlessAway(() => withPlatform(database, first, ...rest))
}

/** A database that is away, told from one that refuses. */
export async function unlessAway<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
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
