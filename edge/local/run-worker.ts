/**
 * One local Worker as a process of its own: workerd under Miniflare, without `wrangler dev`, whose proxy rewrites Host and
 * Origin. Visitors reach workerd through a direct socket, so nothing stands between their headers and the Worker.
 *
 * Ends with its parent (standard input closes), on SIGTERM and on SIGINT; killing its process group kills workerd too.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { portIsFree } from './port-is-free.ts'
import { readObjectClasses } from './read-object-classes.ts'
import { readRatelimits } from './read-ratelimits.ts'
import { parseWorkerOptions, RUN_SCHEDULE, WORKER_OPTIONS_VARIABLE } from './worker-options.ts'
import type { WorkerOptions, WorkerReady } from './worker-options.ts'

const LOOPBACK = '127.0.0.1'
const COMPATIBILITY = /^compatibility_date = "(?<date>[0-9-]+)"$/m

// Miniflare fails in promises of its own as well as in `ready`.
process.on('uncaughtException', (failure) => {
  refuse(failure.message)
  process.exit()
})

const options = parseWorkerOptions(process.env[WORKER_OPTIONS_VARIABLE])
delete process.env[WORKER_OPTIONS_VARIABLE]
if (options) await run(options)
else refuse(`${WORKER_OPTIONS_VARIABLE} does not hold a Worker's options as JSON.`)

async function run(options: WorkerOptions): Promise<void> {
  if (!(await portIsFree(options.port))) {
    return refuse(`Port ${options.port} is taken: end what listens there, or choose another.`)
  }
  await mkdir(options.stateFolder, { recursive: true })
  const miniflare = new Miniflare(convertV4MiniflareOptions(await describeWorker(options)))
  const end = (): void => {
    void miniflare.dispose().finally(() => process.exit(0))
  }
  process.once('SIGTERM', end).once('SIGINT', end)
  const runSchedule = (): void => {
    void miniflare
      .getWorker()
      .then((worker) => worker.scheduled({}))
      .catch(refuseSchedule)
  }
  process.stdin.once('end', end).once('error', end)
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (line === RUN_SCHEDULE) runSchedule()
  })
  try {
    await miniflare.ready
    if (options.scheduleEveryMs !== undefined) setInterval(runSchedule, options.scheduleEveryMs)
    const { port } = await miniflare.unsafeGetDirectURL()
    const ready: WorkerReady = { port: Number(port), workerdPid: findWorkerd() }
    console.log(JSON.stringify(ready))
  } catch (failure) {
    refuse(failure instanceof Error ? failure.message : String(failure))
    process.exit()
  }
}

async function describeWorker({
  port,
  stateFolder,
  script,
  assetsFolder,
  floodLimit,
  vars,
  ...options
}: WorkerOptions) {
  const wranglerToml = await readFile(new URL('../../wrangler.toml', import.meta.url), 'utf8')
  const objectClasses = options.objectClasses ?? (assetsFolder === undefined ? [] : readObjectClasses(wranglerToml))
  const compatibilityDate = COMPATIBILITY.exec(wranglerToml)?.groups?.['date']
  if (!compatibilityDate) throw new Error('wrangler.toml names no compatibility_date.')
  return {
    name: 'vibethink-twin',
    host: LOOPBACK,
    port: 0, // Miniflare's own entry: it rewrites requests, so nobody is told of it
    unsafeDirectSockets: [{ host: LOOPBACK, port }],
    modules: [{ type: 'ESModule' as const, path: script, contents: await readFile(script, 'utf8') }],
    modulesRoot: dirname(script),
    compatibilityDate,
    compatibilityFlags: ['nodejs_compat'],
    bindings: { ...vars },
    ratelimits: readRatelimits(wranglerToml, floodLimit),
    durableObjects: Object.fromEntries(objectClasses.map((className) => [className, { className, useSQLite: true }])),
    ...(assetsFolder === undefined ? {} : { assets: assetsIn(assetsFolder) }),
    resourcePersistencePath: stateFolder,
    cf: false,
    telemetry: { enabled: false },
    log: new Log(LogLevel.ERROR),
    handleStructuredLogs: ({ level, message }: { level: string; message?: unknown }) =>
      console.error(`${level}: ${String(message)}`),
  }
}

/** As wrangler.toml has it: the Worker is asked before any file. */
function assetsIn(directory: string) {
  return {
    directory,
    binding: 'ASSETS',
    routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
    assetConfig: { not_found_handling: 'none' as const },
  }
}

/** For measuring: Miniflare does not tell. Only Linux has /proc. */
function findWorkerd(): number | null {
  try {
    const parentOf = (pid: string) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]
    const children = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === String(process.pid))
    return Number(children.find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('workerd'))) || null
  } catch {
    return null
  }
}

/** The Worker logs what goes wrong in it; this is about the run itself. */
function refuseSchedule(failure: unknown): void {
  console.error(`The schedule did not run: ${failure instanceof Error ? failure.message : String(failure)}`)
}

/** The last line is the reason. */
function refuse(problem: string): void {
  console.error(problem)
  process.exitCode = 1
}
