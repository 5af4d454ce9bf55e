/** The connection to Neon: Drizzle over HTTP, where one batch is one request and one transaction. */
import { neon, neonConfig } from '@neondatabase/serverless'
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http'

export type Database = NeonHttpDatabase

export interface DatabaseAddress {
  /** `postgres://role:password@host/database`; the role decides what may be seen. */
  readonly url: string
  /** Where the driver's `/sql` protocol is spoken, when that is not Neon itself. */
  readonly httpEndpoint?: string | undefined
  /** How long one batch may take, answer included. */
  readonly patienceMs?: number
}

/** Enough for a database that slept; a line that died silently must not hold its caller for ever. */
const PATIENCE_MS = 15_000

/**
 * A database handle. Opens nothing: each batch is a request of its own.
 * The driver keeps one endpoint and one fetch a process, so the last `httpEndpoint` and patience count for all handles.
 */
export function connectDatabase({ url, httpEndpoint, patienceMs = PATIENCE_MS }: DatabaseAddress): Database {
  if (httpEndpoint !== undefined) neonConfig.fetchEndpoint = httpEndpoint
  neonConfig.fetchFunction = (address: string, request: RequestInit): Promise<Response> =>
    fetch(address, { ...request, signal: AbortSignal.timeout(patienceMs) })
  return drizzle(neon(url))
}
