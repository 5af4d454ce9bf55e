/**
 * The directory, remembered in the isolate and shared within its place: an entry can only ever hold what was asked under
 * its own id, host or slug, and what comes from the shared part says itself that it belongs there.
 */
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { parseDeploymentRecord } from '../../schema/domain/parse-deployment-record.ts'
import type { Clock, TwinDirectory } from '../core/ports.ts'
import type { LookupBrake } from './lookup-brake.ts'
import { coloMemory } from './colo-memory.ts'
import type { ColoCache } from './colo-memory.ts'
import { MEMORY_TIMES, remembered } from './remembered.ts'
import type { MemoryTimes, Sharing } from './remembered.ts'

/** A directory that forgets on demand: a write in this isolate must be seen by the next request in it. */
export interface CachedDirectory extends TwinDirectory {
  clear(): void
}

export function cachedDirectory(
  source: TwinDirectory,
  clock: Clock,
  times: Partial<MemoryTimes> = {},
  place?: Place,
  brake?: LookupBrake,
): CachedDirectory {
  const bounds = { ...MEMORY_TIMES, ...times }
  function share<K extends string, T>(
    kind: string,
    parse: (value: unknown, key: string) => T | undefined,
  ): Sharing<K, T> | undefined {
    if (!place) return undefined
    const { open, background } = place
    return { background, memory: coloMemory<K, T>({ kind, open, clock, parse, keepMs: bounds.staleMs }) }
  }
  const byId = remembered(
    (key: Parameters<TwinDirectory['findById']>[0]) => source.findById(key).then(orNull),
    isThere,
    clock,
    bounds,
    share(
      'id',
      recordWhere(({ id }, key) => id === key),
    ),
    brake,
  )
  const byHost = remembered(
    (key: string) => source.findByHost(key).then(orNull),
    isThere,
    clock,
    bounds,
    share(
      'host',
      recordWhere(({ hosts }, key) => hosts.includes(key)),
    ),
    brake,
  )
  const bySlug = remembered(
    (key: string) => source.findBySlug(key),
    (found) => found.length > 0,
    clock,
    bounds,
    share('slug', recordsOf),
    brake,
  )
  return {
    findById: async (id, from) => (await byId.ask(id, from)) ?? undefined,
    findByHost: async (host, from) => (await byHost.ask(host, from)) ?? undefined,
    findBySlug: bySlug.ask,
    clear() {
      for (const memory of [byId, byHost, bySlug]) memory.clear()
    },
  }
}

/** Where answers are shared, and what lets that happen beside a request. */
export interface Place {
  readonly open: () => Promise<ColoCache>
  readonly background: (work: Promise<unknown>) => void
}

/** "Not there" is an answer too, and must not look like none. */
const orNull = (record: DeploymentRecord | undefined): DeploymentRecord | null => record ?? null
const isThere = (record: DeploymentRecord | null): boolean => record !== null

function recordWhere(belongs: (record: DeploymentRecord, key: string) => boolean) {
  return (value: unknown, key: string): DeploymentRecord | null | undefined => {
    if (value === null) return null
    const record = parseDeploymentRecord(value)
    return record && belongs(record, key) ? record : undefined
  }
}

function recordsOf(value: unknown, slug: string): readonly DeploymentRecord[] | undefined {
  if (!Array.isArray(value)) return undefined
  const records = value.flatMap((one) => parseDeploymentRecord(one) ?? [])
  const areTheirs = records.every(({ celebrity }) => celebrity.slug === slug)
  return areTheirs && records.length === value.length ? records : undefined
}
