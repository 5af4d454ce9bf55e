/** Starts a local Worker's process and waits until it answers. Knows nothing of what the Worker does. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseWorkerAnswer, WORKER_OPTIONS_VARIABLE } from './worker-options.ts'
import type { WorkerOptions } from './worker-options.ts'

export interface RunningWorker {
  readonly port: number
  readonly workerdPid: number | null
  /** Settles with the process, however it ended. */
  readonly ended: Promise<void>
  /** Lets it finish. */
  stop(): Promise<void>
  /** Ends it and workerd at once, as a power cut would. */
  kill(): Promise<void>
}

const PROGRAM = fileURLToPath(new URL('run-worker.ts', import.meta.url))

/** Rejects with one line when the Worker cannot start; `say` gets each line it logs. */
export async function startWorker(options: WorkerOptions, say: (line: string) => void): Promise<RunningWorker> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...process.env, [WORKER_OPTIONS_VARIABLE]: JSON.stringify(options) },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that one signal reaches workerd too
  })
  const ended = once(child, 'exit').then(() => undefined)
  createInterface({ input: child.stderr }).on('line', say)
  const lines = createInterface({ input: child.stdout })
  const answer = await Promise.race([
    once(lines, 'line').then(([line]) => parseWorkerAnswer(String(line))),
    ended.then(() => undefined),
  ])
  if (answer?.type !== 'ready') {
    child.stdin.end()
    throw new Error(answer?.problem ?? 'The Worker ended before it was ready.')
  }
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await ended
  }
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  return { port: answer.port, workerdPid: answer.workerdPid, ended, stop, kill }
}
