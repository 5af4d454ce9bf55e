/** Starts the local database's process: PGlite, migrated and seeded, behind its Neon-compatible endpoint. */
import { fileURLToPath } from 'node:url'
import { spawnService } from './spawn-service.ts'
import type { Service } from './spawn-service.ts'

export interface DatabaseOptions {
  readonly stateFolder: string
  /** The seed's allowed origins and hosts name the other two. */
  readonly ports: { readonly database: number; readonly worker: number; readonly demo: number }
}

/** What the database says of itself once it is ready. */
interface DatabaseReady {
  readonly httpEndpoint: string
  readonly databaseUrl: string
  readonly platformDatabaseUrl: string
}

export type RunningDatabase = Service & DatabaseReady

const PROGRAM = fileURLToPath(new URL('../../schema/local/serve.ts', import.meta.url))

/** Rejects with one line when it cannot start. */
export async function startDatabase(
  { stateFolder, ports }: DatabaseOptions,
  say: (line: string) => void,
): Promise<RunningDatabase> {
  const env = {
    TWIN_DB_PORT: String(ports.database),
    TWIN_PORT: String(ports.worker),
    TWIN_DEMO_PORT: String(ports.demo),
  }
  const service = await spawnService({ name: 'The database', program: PROGRAM, args: [stateFolder], env, say })
  const ready = parseReady(service.readyLine)
  if (ready) return { ...service, ...ready }
  await service.kill()
  throw new Error('The database did not say where it listens.')
}

function parseReady(line: string): DatabaseReady | undefined {
  const value: unknown = JSON.parse(line)
  if (typeof value !== 'object' || value === null) return undefined
  if (!('httpEndpoint' in value) || !('databaseUrl' in value) || !('platformDatabaseUrl' in value)) return undefined
  const { httpEndpoint, databaseUrl, platformDatabaseUrl } = value
  if (typeof httpEndpoint !== 'string' || typeof databaseUrl !== 'string') return undefined
  return typeof platformDatabaseUrl === 'string' ? { httpEndpoint, databaseUrl, platformDatabaseUrl } : undefined
}
