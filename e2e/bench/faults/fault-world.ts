/** The platform under fault: real workerd on persisted state, the Neon wire behind a network of its own, a scripted model. */
import { access, constants, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CAST } from '../../../schema/local/cast.ts'
import { startStack } from '../../stack.ts'
import type { Stack } from '../../stack.ts'
import { letRepliesBeLong } from '../let-replies-be-long.ts'
import type { Chance } from './chance.ts'
import type { Tally } from './tally.ts'
import { startTcpProxy } from './tcp-proxy.ts'
import type { TcpProxy } from './tcp-proxy.ts'
import { startUpstream } from './upstream.ts'
import type { Upstream } from './upstream.ts'
import { newVisitor } from './visitor.ts'
import type { Visitor, VisitorOptions } from './visitor.ts'

export interface FaultWorld {
  readonly stack: Stack
  readonly upstream: Upstream
  /** Between the Worker and its database. */
  readonly archiveLine: TcpProxy
  readonly tally: Tally
  readonly chance: Chance
  /** What replies are given to end, and the archive to have every row. */
  readonly patienceMs: number
  visitor(name: string, options?: Partial<VisitorOptions>): Promise<Visitor>
  /** Several at once, a few at a time. */
  visitors(count: number, name: string, options?: (at: number) => Partial<VisitorOptions>): Promise<Visitor[]>
  stop(): Promise<void>
}

/**
 * Local workerd waits for the disk at every commit, in the one thread that serves all rooms. A killed process loses
 * nothing of what the system has, in memory or on a disk; TMPDIR chooses otherwise.
 */
const MEMORY_FOLDER = '/dev/shm'
/** A machine under load is slow; only a fault may fail a reply. */
const MODEL_PATIENCE = { MODEL_FIRST_TOKEN_TIMEOUT_MS: '20000', MODEL_IDLE_TIMEOUT_MS: '6000' }
/** The archive is written behind; after a long outage rooms try again every minute. */
const PATIENCE_MS = 75_000
const VISITORS_AT_ONCE = 8
/** All visitors call from one address, to one deployment; a room's own limits stay as they are. */
const FLOOD_LIMIT = 1_000_000

/** Needs the built platform. */
export async function startFaultWorld(tally: Tally, chance: Chance, patienceMs = PATIENCE_MS): Promise<FaultWorld> {
  const usualFolder = process.env['TMPDIR']
  const isInMemory = usualFolder === undefined && (await isWritable(MEMORY_FOLDER))
  const folder = await mkdtemp(join(isInMemory ? MEMORY_FOLDER : tmpdir(), 'twin-faults-'))
  process.env['TMPDIR'] = folder // who is killed leaves files behind
  const everybody = new Set<Visitor>()
  const upstream = await startUpstream()
  const stops: (() => Promise<unknown>)[] = [
    async () => {
      if (usualFolder === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = usualFolder
      await rm(folder, { recursive: true, force: true })
    },
    () => upstream.close(),
  ]
  const stop = async (): Promise<void> => {
    for (const end of stops.toReversed()) await end().catch(() => undefined)
  }
  try {
    const archiveLine = await startTcpProxy()
    stops.push(() => archiveLine.close())
    const beforeDatabase = async (databasePort: number): Promise<number> => {
      archiveLine.setTarget(databasePort)
      return archiveLine.port
    }
    const vars = { OPENAI_BASE_URL: upstream.baseUrl, ...MODEL_PATIENCE }
    const stack = await startStack({ openai: true, floodLimit: FLOOD_LIMIT, vars, beforeDatabase })
    stops.push(
      () => stack.stop(),
      async () => Array.from(everybody).forEach((visitor) => visitor.leave()),
    )
    await letRepliesBeLong(stack)
    const origin = new URL(stack.site('remyvale')).origin
    const deploymentId = CAST.deployments.remyWidget
    const workerPort = stack.ports.worker
    const here = (one: Visitor, isHere: boolean): void => void (isHere ? everybody.add(one) : everybody.delete(one))
    const visitor: FaultWorld['visitor'] = (name, options = {}) => {
      const usual = { name, tally, chance: chance.fork(name), workerPort, linePort: workerPort, origin, deploymentId }
      return newVisitor({ ...usual, here, ...options })
    }
    return {
      stack,
      upstream,
      archiveLine,
      tally,
      chance,
      patienceMs,
      visitor,
      visitors: (count, name, options = () => ({})) => inBatches(count, (at) => visitor(`${name}${at}`, options(at))),
      stop,
    }
  } catch (failure) {
    await stop()
    throw failure
  }
}

async function inBatches<T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  while (made.length < count) {
    const batch = Array.from({ length: Math.min(VISITORS_AT_ONCE, count - made.length) }, (_, at) => made.length + at)
    made.push(...(await Promise.all(batch.map(make))))
  }
  return made
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
}
