/** The ways to one upstream, each on a workerd of its own and of the same version, with the visitors who take them. */
import { constants } from 'node:fs'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnService } from '../../../edge/local/spawn-service.ts'
import { startWorker } from '../../../edge/local/start-worker.ts'
import { CAST } from '../../../schema/local/cast.ts'
import { startStack } from '../../stack.ts'
import { buildForBench } from '../build-for-bench.ts'
import { letRepliesBeLong } from '../let-replies-be-long.ts'
import { AICHAT_CLASS, buildAichat } from './build-aichat.ts'
import { CLOCK_VARIABLE, clockStart } from './bench-clock.ts'
import { startLoad } from './start-load.ts'
import type { Load } from './start-load.ts'

export interface TokenWorld {
  readonly load: Load
  /** Without the peer where it could not be had. */
  readonly pids: { readonly ours: number; readonly proxy: number; readonly aichat: number | null }
  /** Why the peer is missing. */
  readonly aichatMissing: string | null
  /** Where the rooms' SQLite lies. */
  readonly stateFolder: string
  stop(): Promise<void>
}

const UPSTREAM = fileURLToPath(new URL('../processes/upstream.ts', import.meta.url))
const PROXY = fileURLToPath(new URL('../processes/sse-proxy-worker.mjs', import.meta.url))
/**
 * Local workerd waits for the disk at every commit, in the one thread that serves all rooms; a Durable Object in
 * production does not. Memory keeps this machine's disk out of the figures; TMPDIR chooses otherwise.
 */
const MEMORY_FOLDER = '/dev/shm'

export async function startTokenWorld(): Promise<TokenWorld> {
  await buildForBench()
  if (process.env['TMPDIR'] === undefined && (await isWritable(MEMORY_FOLDER))) process.env['TMPDIR'] = MEMORY_FOLDER
  const stops: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const end of stops.toReversed()) await end().catch(() => undefined)
  }
  try {
    const folder = await mkdtemp(join(tmpdir(), 'twin-bench-'))
    stops.push(() => rm(folder, { recursive: true, force: true }))
    const env = { [CLOCK_VARIABLE]: clockStart() }
    const say = (line: string): void => console.error(line)
    const upstream = await spawnService({ name: 'The upstream', program: UPSTREAM, env, say })
    stops.push(() => upstream.kill())
    const upstreamUrl = `http://127.0.0.1:${readPort(upstream.readyLine)}/v1`

    const patience = { MODEL_FIRST_TOKEN_TIMEOUT_MS: '20000', MODEL_IDLE_TIMEOUT_MS: '15000' } // as in production
    const stack = await startStack({
      openai: true,
      floodLimit: 1_000_000,
      vars: { OPENAI_BASE_URL: upstreamUrl, ...patience },
    })
    stops.push(() => stack.stop())
    await letRepliesBeLong(stack)

    const vars = { UPSTREAM: upstreamUrl }
    const proxy = await startWorker({ port: 0, stateFolder: folder, script: PROXY, vars }, say)
    stops.push(() => proxy.stop())
    const built = await buildAichat()
    const aichat =
      'script' in built
        ? await startWorker(
            { port: 0, stateFolder: folder, script: built.script, objectClasses: [AICHAT_CLASS], vars },
            say,
          )
        : null
    if (aichat) stops.push(() => aichat.stop())
    const pids = { ours: stack.workerdPid(), proxy: proxy.workerdPid, aichat: aichat?.workerdPid ?? null }
    if (pids.ours === null || pids.proxy === null || (aichat && pids.aichat === null)) {
      throw new Error('What workerd uses of the processors is not told here: this bench needs Linux.')
    }

    const origin = new URL(stack.site('remyvale')).origin
    const deploymentId = CAST.deployments.remyWidget
    const ports = { twinPort: stack.ports.worker, proxyPort: proxy.port, aichatPort: aichat?.port ?? null }
    const load = startLoad({ ...ports, origin, deploymentId }, env)
    stops.push(() => load.stop())
    return {
      load,
      pids: { ours: pids.ours, proxy: pids.proxy, aichat: pids.aichat },
      aichatMissing: 'reason' in built ? built.reason : null,
      stateFolder: tmpdir(),
      stop,
    }
  } catch (failure) {
    await stop()
    throw failure
  }
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function readPort(line: string): number {
  const port = record(JSON.parse(line))['port']
  if (typeof port !== 'number') throw new Error('The upstream did not say where it listens.')
  return port
}
