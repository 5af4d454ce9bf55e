/** Starts a local Worker's process and waits until it answers. Knows nothing of what the Worker does. */
import { fileURLToPath } from 'node:url'
import { spawnService } from './spawn-service.ts'
import type { Service } from './spawn-service.ts'
import { parseWorkerReady, WORKER_OPTIONS_VARIABLE } from './worker-options.ts'
import type { WorkerOptions, WorkerReady } from './worker-options.ts'

export type RunningWorker = Service & WorkerReady

const PROGRAM = fileURLToPath(new URL('run-worker.ts', import.meta.url))

/** Rejects with one line when the Worker cannot start; `say` gets each line it logs. */
export async function startWorker(options: WorkerOptions, say: (line: string) => void): Promise<RunningWorker> {
  const env = { [WORKER_OPTIONS_VARIABLE]: JSON.stringify(options) }
  const service = await spawnService({ name: 'The Worker', program: PROGRAM, env, say })
  const ready = parseWorkerReady(service.readyLine)
  if (ready) return { ...service, ...ready }
  await service.kill()
  throw new Error(`The Worker did not say where it listens: ${service.readyLine}`)
}
