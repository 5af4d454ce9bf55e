/** Rooms of both kinds, each in a workerd of its own and of the same version, each with its crowd in a process of its own. */
import { constants, readFileSync } from 'node:fs'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnService } from '../../../edge/local/spawn-service.ts'
import { parseWorkerReady } from '../../../edge/local/worker-options.ts'
import { bundleRooms } from '../../../party/testing/node/start-rooms.ts'
import type { Kind } from './crowd-order.ts'
import { startCrowd } from './start-crowd.ts'
import type { Crowd } from './start-crowd.ts'

export interface LoadSide {
  readonly crowd: Crowd
  readonly pid: number
  /** Rooms brought into memory so far. */
  wakes(): Promise<number>
}

export interface LoadWorld {
  readonly sides: Readonly<Record<Kind, LoadSide>>
  stop(): Promise<void>
}

const ROOMS = fileURLToPath(new URL('../processes/crowd-rooms.ts', import.meta.url))
/** As for the other benches: memory keeps this machine's disk out of the figures; TMPDIR chooses otherwise. */
const MEMORY_FOLDER = '/dev/shm'

export async function startLoadWorld(): Promise<LoadWorld> {
  const parent = process.env['TMPDIR'] === undefined && (await isWritable(MEMORY_FOLDER)) ? MEMORY_FOLDER : tmpdir()
  const folder = await mkdtemp(join(parent, 'twin-load-'))
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async (): Promise<void> => {
    for (const end of stops.toReversed()) await end().catch(() => undefined)
  }
  const startSide = async (kind: Kind, script: string): Promise<LoadSide> => {
    const rooms = await spawnService({
      name: 'The rooms',
      program: ROOMS,
      args: [script, join(folder, kind)],
      env: {},
      say: (line) => console.error(line),
    })
    stops.push(() => rooms.kill())
    const ready = parseWorkerReady(rooms.readyLine)
    if (!ready || ready.workerdPid === null) throw new Error('What workerd holds is not told here: this needs Linux.')
    const { port, workerdPid: pid } = ready
    const crowd = startCrowd({ kind, port })
    stops.push(() => crowd.stop())
    return { crowd, pid, wakes: async () => Number(await (await fetch(`http://127.0.0.1:${port}/wakes`)).json()) }
  }
  try {
    const script = await bundleRooms(join(folder, 'bundle'), 'crowd.wrangler.toml')
    return { sides: { twin: await startSide('twin', script), bare: await startSide('bare', script) }, stop }
  } catch (failure) {
    await stop()
    throw failure
  }
}

/** What a process holds in memory now. */
export function residentKb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kilobytes === undefined) throw new Error('The system does not tell what a process holds.')
  return Number(kilobytes)
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
}
