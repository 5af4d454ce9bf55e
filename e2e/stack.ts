/**
 * The whole platform for a test: database, Worker, demo sites and a scripted model, on free ports and in a folder of its
 * own. Every part can be killed and brought back with what it had kept.
 */
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemoSites } from '../demo-site/serve.ts'
import { ASSETS_FOLDER } from '../edge/local/build-platform.ts'
import { WORKER_BUNDLE } from '../edge/local/bundle-worker.ts'
import { localSecrets } from '../edge/local/local-secrets.ts'
import { portIsFree } from '../edge/local/port-is-free.ts'
import { startDatabase } from '../edge/local/start-database.ts'
import type { RunningDatabase } from '../edge/local/start-database.ts'
import { startWorker } from '../edge/local/start-worker.ts'
import type { RunningWorker } from '../edge/local/start-worker.ts'
import { waitUntilAnswers } from '../edge/local/wait-until-answers.ts'
import { workerVars } from '../edge/local/worker-vars.ts'
import { CAST } from '../schema/local/cast.ts'
import { startOpenAiServer } from './openai/openai-server.ts'
import type { OpenAiServer } from './openai/openai-server.ts'

export interface StackOptions {
  /** Whether replies come from the scripted model; else from the built-in one. */
  readonly openai: boolean
  /** In place of every rate limit, for those who measure. */
  readonly floodLimit?: number
  /** Variables of the Worker beside the usual ones. */
  readonly vars?: Readonly<Record<string, string>>
  /** Puts a network between the Worker and the database that listens there; answers the port the Worker is to ask. */
  readonly beforeDatabase?: (databasePort: number) => Promise<number>
}

export interface Stack {
  readonly ports: { readonly database: number; readonly worker: number; readonly demo: number }
  /** `http://localhost:<port>` */
  readonly platformUrl: string
  readonly adminKey: string
  readonly model: OpenAiServer
  /** Where the rooms keep their memory. */
  readonly roomsFolder: string
  /** What the Worker logged so far. */
  readonly workerLog: readonly string[]
  /** For measuring; null where the system does not tell. */
  workerdPid(): number | null
  /** Address of a demo site's page. */
  site(name: string, path?: string): string
  whiteLabelUrl: string
  /** As a power cut would. */
  killWorker(): Promise<void>
  restartWorker(): Promise<void>
  stopDatabase(): Promise<void>
  restartDatabase(): Promise<void>
  /** What the archive keeps of a tenant, as the Worker's own login sees it; needs the database. */
  archived(tenantId: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  stop(): Promise<void>
}

/** Model faults show within a test's patience. */
const SHORT_TIMEOUTS = { MODEL_FIRST_TOKEN_TIMEOUT_MS: '1500', MODEL_IDLE_TIMEOUT_MS: '1500' }

/** Needs the built widget and Worker (`npm run build`; the test run does it once). */
export async function startStack({ openai, floodLimit, vars = {}, beforeDatabase }: StackOptions): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-stack-'))
  const ports = { database: await freePort(), worker: await freePort(), demo: await freePort() }
  const archivePort = await beforeDatabase?.(ports.database)
  const archiveVars = archivePort === undefined ? {} : { NEON_HTTP_ENDPOINT: `http://127.0.0.1:${archivePort}/sql` }
  const workerLog: string[] = []
  const note = (line: string) => void workerLog.push(line)
  const secrets = await localSecrets(folder)
  const model = await startOpenAiServer()
  const modelVars = openai
    ? { OPENAI_API_KEY: 'local-key', OPENAI_BASE_URL: model.baseUrl, TWIN_MODEL: 'local-model', ...SHORT_TIMEOUTS }
    : {}
  const platformUrl = `http://localhost:${ports.worker}`
  const whiteLabelUrl = `http://${CAST.whiteLabelHost}:${ports.worker}/`
  const roomsFolder = join(folder, 'rooms')
  const beginDatabase = () => startDatabase({ stateFolder: join(folder, 'database'), ports }, note)
  const beginWorker = () =>
    startWorker(
      {
        port: ports.worker,
        stateFolder: roomsFolder,
        script: join(WORKER_BUNDLE, 'worker.js'),
        assetsFolder: ASSETS_FOLDER,
        ...(floodLimit !== undefined && { floodLimit }),
        vars: {
          ...workerVars({ publicUrl: platformUrl, database, secrets, model: modelVars }),
          ...archiveVars,
          ...vars,
        },
      },
      note,
    )

  let database: RunningDatabase = await beginDatabase()
  let worker: RunningWorker = await beginWorker()
  const portalUrl = `${platformUrl}/${CAST.remy.slug}`
  const sites = await startDemoSites({
    port: ports.demo,
    cdnUrl: platformUrl,
    portalUrl,
    whiteLabelUrl,
    ids: CAST.deployments,
  })
  const stop = async (): Promise<void> => {
    await Promise.allSettled([sites.close(), worker.stop(), model.close()])
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await waitUntilAnswers(ports)
  } catch (failure) {
    await stop()
    throw new Error(`${String(failure)}\n${workerLog.join('\n')}`)
  }

  return {
    ports,
    platformUrl,
    whiteLabelUrl,
    adminKey: secrets.adminKey,
    model,
    roomsFolder,
    workerLog,
    workerdPid: () => worker.workerdPid,
    site: (name, path = '/') => `http://${name}.localhost:${ports.demo}${path}`,
    killWorker: () => worker.kill(),
    restartWorker: async () => {
      worker = await beginWorker()
    },
    stopDatabase: () => database.stop(),
    restartDatabase: async () => {
      database = await beginDatabase()
    },
    archived: (tenantId, sql) => ask(database, tenantId, sql),
    stop,
  }
}

/** The driver's own protocol: one batch is one transaction, so the tenant set in it holds for the question after it. */
async function ask(database: RunningDatabase, tenantId: string, sql: string): ReturnType<Stack['archived']> {
  const response = await fetch(database.httpEndpoint, {
    method: 'POST',
    headers: {
      'neon-connection-string': database.databaseUrl,
      'neon-raw-text-output': 'true',
      'neon-array-mode': 'false',
    },
    body: JSON.stringify({
      queries: [
        { query: "select set_config('app.tenant_id', $1, true)", params: [tenantId] },
        { query: sql, params: [] },
      ],
    }),
  })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`The database refused: ${JSON.stringify(answer)}`)
  const results = member(answer, 'results')
  const rows = member(Array.isArray(results) ? results[1] : undefined, 'rows')
  if (!Array.isArray(rows)) throw new Error('The database gave no rows.')
  return rows
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Below the range that systems take for outgoing connections, one of which could take it before we listen. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + randomInt(12_000)
    if (await portIsFree(port)) return port
  }
}
