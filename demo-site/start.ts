/**
 * `npm start`: the whole platform on this machine, from nothing but Node. Builds, starts the database, the Worker and the
 * demo sites, waits until all of them answer, and says where to look. Ends everything it started, and says in one line
 * what stands in its way.
 */
import { readdir, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildPlatform, ASSETS_FOLDER } from '../edge/local/build-platform.ts'
import { WORKER_BUNDLE } from '../edge/local/bundle-worker.ts'
import { localSecrets, SECRETS_FILE } from '../edge/local/local-secrets.ts'
import { modelSettings } from '../edge/local/model-settings.ts'
import { portIsFree } from '../edge/local/port-is-free.ts'
import type { Service } from '../edge/local/spawn-service.ts'
import { startDatabase } from '../edge/local/start-database.ts'
import { startWorker } from '../edge/local/start-worker.ts'
import { waitUntilAnswers } from '../edge/local/wait-until-answers.ts'
import { workerVars } from '../edge/local/worker-vars.ts'
import { CAST } from '../schema/local/cast.ts'
import { lockData } from '../schema/local/data-lock.ts'
import { startDemoSites } from './serve.ts'
import { startTable } from './start-table.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const STATE = resolve(ROOT, process.env['TWIN_STATE_DIR'] || '.twin')
const LOCK = join(STATE, 'start')

/** What to end, in the order it was started. */
const started: { stop(): Promise<void>; kill?(): Promise<void> }[] = []
let ending = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))

try {
  await start()
} catch (failure) {
  await end(1, failure instanceof Error ? failure.message : String(failure))
}

async function start(): Promise<void> {
  const fresh = readFlags()
  const model = modelSettings(process.env)
  if (!model.ok) throw new Error(model.failure)
  const ports = readPorts()
  await lockStart()
  await refuseTakenPorts(ports)
  if (fresh) await forget()
  const secrets = await localSecrets(STATE)

  say('Building the widget and the Worker, starting the database. The first time takes a moment.')
  const log = (part: string) => (line: string) => console.error(`${part}: ${line}`)
  const [database] = await both(startDatabase({ stateFolder: STATE, ports }, log('database')).then(keep), buildPlatform())
  const publicUrl = `http://localhost:${ports.worker}`
  const worker = keep(
    await startWorker(
      {
        port: ports.worker,
        stateFolder: join(STATE, 'rooms'),
        script: join(WORKER_BUNDLE, 'worker.js'),
        assetsFolder: ASSETS_FOLDER,
        scheduleEveryMs: 60_000,
        vars: workerVars({ publicUrl, database, secrets, model: model.value.vars }),
      },
      log('worker'),
    ),
  )
  const sites = await startDemoSites({
    port: ports.demo,
    cdnUrl: publicUrl,
    portalUrl: `${publicUrl}/${CAST.remy.slug}`,
    whiteLabelUrl: `http://${CAST.whiteLabelHost}:${ports.worker}/`,
    ids: CAST.deployments,
  })
  started.push({ stop: () => sites.close() })
  await waitUntilAnswers({ worker: ports.worker, demo: ports.demo })
  watch(database, 'The database')
  watch(worker, 'The Worker')
  const secretsFile = relative(process.cwd(), join(STATE, SECRETS_FILE))
  say(startTable({ ports, model: model.value.description, adminKey: secrets.adminKey, secretsFile }))
}

function readFlags(): boolean {
  try {
    return parseArgs({ options: { fresh: { type: 'boolean' } } }).values.fresh === true
  } catch {
    throw new Error('npm start knows one flag: `npm start -- --fresh` forgets everything and begins anew.')
  }
}

function readPorts() {
  return { worker: readPort('TWIN_PORT', 8787), demo: readPort('TWIN_DEMO_PORT', 8788), database: readPort('TWIN_DB_PORT', 8790) }
}

function readPort(variable: string, usual: number): number {
  const port = Number(process.env[variable] || usual)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${variable} must be a port number from 1 to 65535.`)
}

async function refuseTakenPorts(ports: ReturnType<typeof readPorts>): Promise<void> {
  const wanted = [['TWIN_PORT', ports.worker], ['TWIN_DEMO_PORT', ports.demo], ['TWIN_DB_PORT', ports.database]] as const
  for (const [variable, port] of wanted) {
    if (await portIsFree(port)) continue
    throw new Error(`Port ${port} is taken: end what listens there, or choose another, such as \`${variable}=${port + 1000} npm start\`.`)
  }
  if (new Set(wanted.map(([, port]) => port)).size < wanted.length) {
    throw new Error('TWIN_PORT, TWIN_DEMO_PORT and TWIN_DB_PORT must differ.')
  }
}

async function lockStart(): Promise<void> {
  try {
    const lock = await lockData(LOCK)
    started.push({ stop: () => lock.release() })
  } catch (failure) {
    const pid = /process (\d+)/.exec(String(failure))?.[1]
    if (pid === undefined) throw failure
    throw new Error(`VibeThink Twin already runs from this folder (process ${pid}): end that one first.`)
  }
}

/** Everything but the lock that this very process holds. */
async function forget(): Promise<void> {
  const data = await lockData(STATE) // a database that was started on its own may still hold it
  await data.release()
  const kept = relative(STATE, LOCK)
  for (const name of await readdir(STATE)) {
    if (name !== kept) await rm(join(STATE, name), { recursive: true, force: true })
  }
}

function keep<S extends Service>(service: S): S {
  started.push(service)
  return service
}

/** Waits for both before it fails, so that whatever did start is known and can be ended. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second])
  return [await first, await second]
}

function watch(service: Service, name: string): void {
  void service.ended.then(() => end(1, `${name} ended by itself, so everything else was ended too.`))
}

async function end(code: number, problem?: string): Promise<void> {
  if (ending) {
    // A second Ctrl-C, or a service that ends because we are ending: only the former is in a hurry.
    if (problem === undefined) await Promise.allSettled(started.map(async (part) => part.kill?.()))
    return
  }
  ending = true
  if (problem !== undefined) console.error(`\n${problem}`)
  for (const part of started.toReversed()) await part.stop().catch(() => undefined)
  process.exit(code)
}

function say(text: string): void {
  console.log(text)
}
