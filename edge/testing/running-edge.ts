/**
 * The whole Worker for a test: bundled as it is deployed, on workerd, reached over real HTTP with Host and Origin as they
 * were said (wrangler's own test harness and dev server put a proxy between), before a real Postgres in this process.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rawRequest } from '../../e2e/wire/raw-request.ts'
import type { RawAnswer } from '../../e2e/wire/raw-request.ts'
import { connectDatabase } from '../../schema/db/database.ts'
import { loginSecrets } from '../../schema/local/login-secrets.ts'
import { startNeonEndpoint } from '../../schema/local/neon-endpoint.ts'
import { openPgliteStore } from '../../schema/local/pglite-store.ts'
import type { SqlEngine } from '../../schema/local/sql-engine.ts'
import { seed } from '../../schema/local/seed.ts'
import { startWorker } from '../local/start-worker.ts'
import { RUN_SCHEDULE } from '../local/worker-options.ts'
import { bundleEdge } from './bundle-edge.ts'

export interface Ask {
  readonly method?: string
  readonly path: string
  /** `localhost` unless another is named; the port is added. */
  readonly host?: string
  readonly origin?: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
}

export interface RunningEdge {
  readonly port: number
  readonly adminKey: string
  readonly sessionKey: Uint8Array
  /** Everything the Worker logged. */
  readonly log: readonly string[]
  ask(wish: Ask): Promise<RawAnswer>
  /** Runs SQL past every policy. */
  sql(statement: string): Promise<void>
  /** Reads past every policy. */
  query(statement: string): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>
  /** Has the Worker do what the clock would have it do; it is done some time later. */
  runSchedule(): void
  /** Transactions that the database was asked for so far. */
  transactions(): number
  /** A second Worker, of another place, before the same database. */
  startAnother(): Promise<OtherWorker>
  stopDatabase(): Promise<void>
  returnDatabase(): Promise<void>
  /** An isolate that remembers nothing, before the same database; of another bundle when one is named. */
  restartWorker(script?: string): Promise<void>
  /** SIGKILL in the middle of whatever it does, and another of the same bundle on what it had stored. */
  killWorker(): Promise<void>
  stop(): Promise<void>
}

export interface OtherWorker {
  readonly port: number
  ask(wish: Ask): Promise<RawAnswer>
  stop(): Promise<void>
}

export interface EdgeWish {
  /** As deployed: https alone, no local names, and the host {@link PRODUCTION_HOST}. */
  readonly production?: boolean
  /** In place of every rate limit, for those who count. */
  readonly floodLimit?: number
  /** Variables of the Worker beside the usual ones. */
  readonly vars?: Readonly<Record<string, string>>
}

export const PRODUCTION_HOST = 'twin.example'

export const DEMO_PORT = 8788

export async function runEdge({ production = false, floodLimit, vars }: EdgeWish = {}): Promise<RunningEdge> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-edge-'))
  const [bundle, assetsFolder, store] = await Promise.all([
    bundleEdge(fileURLToPath(new URL('../../', import.meta.url)), join(folder, 'worker')),
    writeAssets(folder),
    openPgliteStore({}),
  ])
  const secrets = await loginSecrets(folder)
  let transactions = 0
  const engine: SqlEngine = {
    transact(...question) {
      transactions += 1
      return store.engine.transact(...question)
    },
  }
  const listen = (port: number) => startNeonEndpoint({ engine, secrets, port })
  let endpoint = await listen(0)
  const databasePort = endpoint.port
  const url = (login: keyof typeof secrets): string =>
    `postgres://${login}:${secrets[login]}@127.0.0.1:${databasePort}/twin`
  const adminKey = `twin_admin_${randomBytes(32).toString('base64url')}`
  const sessionKey = randomBytes(32)
  const identityKey = randomBytes(32).toString('base64url')
  const log: string[] = []
  const begin = (port: number, script: string, stateFolder = 'rooms') =>
    startWorker(
      {
        port,
        stateFolder: join(folder, stateFolder),
        script,
        assetsFolder,
        ...(floodLimit === undefined ? {} : { floodLimit }),
        vars: {
          ENVIRONMENT: production ? 'production' : 'development',
          PUBLIC_URL: production ? `https://${PRODUCTION_HOST}` : `http://localhost:${port}`,
          DATABASE_URL: url('twin_app'),
          PLATFORM_DATABASE_URL: url('twin_platform'),
          NEON_HTTP_ENDPOINT: endpoint.url,
          SESSION_KEY: sessionKey.toString('base64url'),
          IDENTITY_KEY: identityKey,
          ADMIN_KEY_SHA256: createHash('sha256').update(adminKey).digest('hex'),
          ...vars,
        },
      },
      (line) => void log.push(line),
    )
  const port = await freePort()
  await seed(connectDatabase({ url: url('twin_platform'), httpEndpoint: endpoint.url }), {
    worker: port,
    demo: DEMO_PORT,
  })
  let running = bundle
  let worker = await begin(port, running)

  return {
    port,
    adminKey,
    sessionKey,
    log,
    ask: (wish) => askAt(port, wish),
    sql: async (statement) => void (await store.owner.exec(statement)),
    query: (statement) => store.owner.query<Record<string, unknown>>(statement),
    runSchedule: () => worker.tell(RUN_SCHEDULE),
    transactions: () => transactions,
    startAnother: async () => {
      const otherPort = await freePort()
      const other = await begin(otherPort, bundle, `rooms-${otherPort}`)
      return { port: otherPort, ask: (wish) => askAt(otherPort, wish), stop: () => other.stop() }
    },
    stopDatabase: () => endpoint.close(),
    returnDatabase: async () => {
      endpoint = await listen(databasePort)
    },
    restartWorker: async (script = bundle) => {
      await worker.stop()
      running = script
      worker = await begin(port, running)
    },
    killWorker: async () => {
      await worker.kill()
      worker = await begin(port, running)
    },
    stop: async () => {
      await worker.stop()
      await endpoint.close().catch(() => undefined) // a test may have closed it
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function askAt(
  port: number,
  { method = 'GET', path, host = 'localhost', origin, headers = [], body = '' }: Ask,
): Promise<RawAnswer> {
  const origins: readonly (readonly [string, string])[] = origin === undefined ? [] : [['Origin', origin]]
  return rawRequest({ port, method, path, headers: [['Host', `${host}:${port}`], ...origins, ...headers], body })
}

const SCRIPTS = {
  page: '/assets/page-0a1b2c3d.js',
  panel: '/assets/panel-0a1b2c3d.js',
  words: '/assets/words-0a1b2c3d/',
}

/** Files as the widget build names them: the doors look at names, not at what is inside. */
async function writeAssets(folder: string): Promise<string> {
  const assets = join(folder, 'public')
  for (const name of ['v1/0.1.0', 'assets/words-0a1b2c3d', 'media'])
    await mkdir(join(assets, name), { recursive: true })
  await writeFile(join(assets, 'manifest.json'), JSON.stringify(SCRIPTS))
  for (const name of ['v1/twin.js', 'v1/0.1.0/twin.js', 'twin-widget.js']) {
    await writeFile(join(assets, name), `(known=>{console.info('${name}',known)})();`)
  }
  for (const tag of ['de', 'en']) {
    await writeFile(join(assets, `assets/words-0a1b2c3d/${tag}.js`), `export default { in: '${tag}' }\n`)
  }
  for (const path of [SCRIPTS.page, SCRIPTS.panel]) await writeFile(join(assets, path), 'export {}\n')
  await writeFile(join(assets, 'media/remy-vale.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>\n')
  return assets
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = probe.address()
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
      })
  })
}
