/**
 * What must be found before the tenant is known, through three functions of the database that return ids and public
 * configuration only. What comes back is checked field by field; an answer that is not as it must be is an error and
 * never a half-known deployment.
 */
import { sql, type SQL } from 'drizzle-orm'
import type { ApiKeyRecord } from '../domain/api-key-record.ts'
import type { DeploymentRecord } from '../domain/deployment-record.ts'
import type { Id } from '../domain/id.ts'
import { parseApiKeyRecord } from '../domain/parse-api-key-record.ts'
import { parseDeploymentRecord } from '../domain/parse-deployment-record.ts'
import type { Database } from './database.ts'

/** How a page's own address names deployments: by hostname, by the celebrity's slug, or by both. */
export interface HostQuestion {
  readonly host?: string | undefined
  readonly celebritySlug?: string | undefined
}

/** The deployment of an id, whatever its status, or undefined. */
export async function resolveDeployment(db: Database, id: Id<'deployment'>): Promise<DeploymentRecord | undefined> {
  const [found] = await answers(db, sql`select resolve_deployment(${id}::uuid) as answer`)
  return found === undefined || found === null ? undefined : deploymentRecord(found)
}

/** Every deployment, but for archived ones, with that active hostname, or of that celebrity; eldest first. */
export async function resolveHost(db: Database, { host, celebritySlug }: HostQuestion): Promise<DeploymentRecord[]> {
  const found = await answers(
    db,
    sql`select answer from resolve_host(${host ?? null}::text, ${celebritySlug ?? null}::text) as answer`,
  )
  return found.map(deploymentRecord)
}

/** The key with that SHA-256 (lower-case hex), whatever its state, or undefined. */
export async function resolveApiKey(db: Database, sha256Hex: string): Promise<ApiKeyRecord | undefined> {
  const [found] = await answers(db, sql`select resolve_api_key(${sha256Hex}::text) as answer`)
  return found === undefined || found === null ? undefined : apiKeyRecord(found)
}

async function answers(db: Database, query: SQL): Promise<unknown[]> {
  // a batch of one: its errors do not repeat the parameters
  const [{ rows }] = await db.batch([db.execute<{ answer: unknown }>(query)])
  return rows.map((row) => row.answer)
}

function deploymentRecord(value: unknown): DeploymentRecord {
  const record = parseDeploymentRecord(value)
  if (!record) throw new Error('The database answered something that is no deployment record.')
  return record
}

function apiKeyRecord(value: unknown): ApiKeyRecord {
  const record = parseApiKeyRecord(value)
  if (!record) throw new Error('The database answered something that is no API key.')
  return record
}
