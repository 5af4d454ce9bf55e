/** The directory, remembered in the isolate: an entry can only ever hold what was asked under its own id, host or slug. */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { Clock, TwinDirectory } from '../core/ports.ts'
import { MEMORY_TIMES, remembered } from './remembered.ts'
import type { MemoryTimes } from './remembered.ts'

/** A directory that forgets on demand: a write in this isolate must be seen by the next request in it. */
export interface CachedDirectory extends TwinDirectory {
  clear(): void
}

export function cachedDirectory(
  source: TwinDirectory,
  clock: Clock,
  times: Partial<MemoryTimes> = {},
): CachedDirectory {
  const bounds = { ...MEMORY_TIMES, ...times }
  const byId = remembered(
    (key: Parameters<TwinDirectory['findById']>[0]) => source.findById(key),
    isThere,
    clock,
    bounds,
  )
  const byHost = remembered((key: string) => source.findByHost(key), isThere, clock, bounds)
  const bySlug = remembered(
    (key: string) => source.findBySlug(key),
    (found) => found.length > 0,
    clock,
    bounds,
  )
  return {
    findById: byId.ask,
    findByHost: byHost.ask,
    findBySlug: bySlug.ask,
    clear() {
      for (const memory of [byId, byHost, bySlug]) memory.clear()
    },
  }
}

const isThere = (record: DeploymentRecord | undefined): boolean => record !== undefined
