/** One process a data folder: PGlite has no guard of its own, and two writers would ruin the files. */
import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rmdir, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A turn lasts milliseconds; who holds one this long is dead. */
const ABANDONED_MS = 10_000

export interface DataLock {
  release(): Promise<void>
}

/**
 * Takes the lock of a folder, which is made when missing. A lock whose process has died is taken over; a living one is
 * an error that names it.
 */
export async function lockData(directory: string): Promise<DataLock> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, 'database.lock')
  const mine = JSON.stringify({ pid: process.pid, born: await birthOf(process.pid) })
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await claim(path, mine)) return { release: () => release(path, mine) }
    const theirs = await readFile(path, 'utf8').catch(() => undefined)
    if (theirs === undefined) continue // released in between
    const pid = await livingOwner(theirs)
    if (pid !== undefined) throw new Error(`The database folder ${directory} is in use by process ${pid}.`)
    await discard(path, theirs)
  }
  throw new Error(`The database folder ${directory} is being opened by another process.`)
}

/** Written aside and linked into place: nobody ever reads a lock that is half written. */
async function claim(path: string, mine: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, mine)
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await unlink(draft)
  }
}

async function release(path: string, mine: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === mine) await unlink(path)
}

/** One process at a time looks again and removes: two would remove what a third has put there between. */
async function discard(path: string, stale: string): Promise<void> {
  const turn = `${path}.turn`
  try {
    await mkdir(turn)
  } catch {
    return endAbandoned(turn) // another process is at it, or died at it
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => undefined)) === stale) await unlink(path)
  } finally {
    await rmdir(turn)
  }
}

async function endAbandoned(turn: string): Promise<void> {
  const age = await stat(turn).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  )
  if (age > ABANDONED_MS) await rmdir(turn).catch(() => undefined)
}

async function livingOwner(lock: string): Promise<number | undefined> {
  const [pid, born] = readLock(lock)
  if (pid === undefined || !isAlive(pid)) return undefined
  const now = await birthOf(pid)
  // the number of a dead process may have been given to another since
  return born !== undefined && now !== undefined && born !== now ? undefined : pid
}

function readLock(lock: string): [pid?: number, born?: string] {
  try {
    const value: unknown = JSON.parse(lock)
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return []
    return 'born' in value && typeof value.born === 'string' ? [value.pid, value.born] : [value.pid]
  } catch {
    return [] // cut off while it was written: its writer is gone
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Start time in clock ticks since boot, where the system tells (Linux). */
async function birthOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
