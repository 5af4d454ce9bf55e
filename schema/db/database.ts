/** The connection to Neon: Drizzle over HTTP, where one batch is one request and one transaction. */
import { neon, neonConfig } from '@neondatabase/serverless'
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http'

export type Database = NeonHttpDatabase

export interface DatabaseAddress {
  /** `postgres://role:password@host/database`; the role decides what may be seen. */
  readonly url: string
  /** Where the driver's `/sql` protocol is spoken, when that is not Neon itself. */
  readonly httpEndpoint?: string | undefined
}

/**
 * A database handle. Opens nothing: each batch is a request of its own.
 * The driver keeps one endpoint a process, so the last `httpEndpoint` given counts for all handles.
 */
export function connectDatabase({ url, httpEndpoint }: DatabaseAddress): Database {
  if (httpEndpoint !== undefined) neonConfig.fetchEndpoint = httpEndpoint
  return drizzle(neon(url))
}
