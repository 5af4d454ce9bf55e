/**
 * What a hub remembers, in its own SQLite: which rooms have open lines and what each was told last, how things stood, and
 * what it owes to others. All of it outlives the hub's sleep and its crashes.
 */
import type { Id } from '../../../schema/domain/id.ts'
import { parseId } from '../../../schema/domain/id.ts'
import { STANDING_REFUSALS } from '../../../schema/domain/standing.ts'
import type { Standing } from '../../../schema/domain/standing.ts'

/** The part of a Durable Object's storage that is needed here. */
export interface HubStorage {
  readonly sql: {
    exec<T extends Record<string, string | number | null | ArrayBuffer>>(
      query: string,
      ...bindings: (string | number | null)[]
    ): Iterable<T> & { toArray(): T[] }
  }
}

/** A room that has not been told how things stand. */
export interface RoomToTell {
  readonly conversationId: Id<'conversation'>
  /** Counts its entries: what was learnt of one is nothing of the next. */
  readonly entry: number
}

export interface HubBook {
  /** Whose hub this is; known since the first call. */
  deploymentId(): Id<'deployment'> | undefined
  name(deploymentId: Id<'deployment'>): void
  standing(): Standing | undefined
  /** True: it differs from what rooms were told. */
  stands(standing: Standing): boolean
  enter(conversationId: Id<'conversation'>): void
  leave(conversationId: Id<'conversation'>): void
  /** At most so many. */
  toTell(limit: number): readonly RoomToTell[]
  told(room: RoomToTell): void
  /** It has no line any more, unless it has entered again meanwhile. */
  drop(room: RoomToTell): void
  /** Epoch milliseconds at which the database is to be asked, or null. */
  lookAt(): number | null
  setLookAt(at: number | null): void
  /** Other deployments whose hubs are to be told, and when. */
  addErrand(deploymentId: Id<'deployment'>, at: number): void
  errandsBy(now: number, limit: number): readonly Id<'deployment'>[]
  putOff(deploymentId: Id<'deployment'>, at: number): void
  endErrand(deploymentId: Id<'deployment'>, by: number): void
  nextErrandAt(): number | null
}

const TABLES = [
  `create table if not exists facts (name text primary key, value text not null) without rowid`,
  // told: the number of the standing it was told last
  `create table if not exists rooms (id text primary key, entry integer not null, told integer not null) without rowid`,
  `create index if not exists rooms_told on rooms (told)`,
  `create table if not exists errands (id text primary key, at integer not null) without rowid`,
]

export function openHubBook({ sql }: HubStorage): HubBook {
  for (const statement of TABLES) sql.exec(statement)
  let version = Number(read('version') ?? 0)
  let entries = Number(
    sql.exec<{ last: number | null }>('select max(entry) as last from rooms').toArray()[0]?.last ?? 0,
  )

  function read(name: string): string | undefined {
    return sql.exec<{ value: string }>('select value from facts where name = ?', name).toArray()[0]?.value
  }

  function write(name: string, value: string): void {
    sql.exec('insert or replace into facts (name, value) values (?, ?)', name, value)
  }

  function standing(): Standing | undefined {
    return parseStanding(read('standing'))
  }

  return {
    deploymentId: () => parseId<'deployment'>(read('deployment')),
    name: (deploymentId) => write('deployment', deploymentId),
    standing,
    stands(next) {
      const known = standing()
      write('standing', JSON.stringify(next))
      // rooms that entered before anything was known were let in by the doors: they hear only what is worth hearing
      const before = known ?? { epoch: 0, refusal: null }
      if (before.epoch === next.epoch && before.refusal === next.refusal) return false
      version += 1
      write('version', String(version))
      return true
    },
    enter(conversationId) {
      entries += 1
      sql.exec('insert or replace into rooms (id, entry, told) values (?, ?, ?)', conversationId, entries, version)
    },
    leave: (conversationId) => void sql.exec('delete from rooms where id = ?', conversationId),
    toTell: (limit) =>
      sql
        .exec<{ id: string; entry: number }>(
          'select id, entry from rooms where told < ? order by told, entry limit ?',
          version,
          limit,
        )
        .toArray()
        .flatMap(({ id, entry }) => {
          const conversationId = parseId<'conversation'>(id)
          return conversationId ? [{ conversationId, entry }] : []
        }),
    told: ({ conversationId, entry }) =>
      void sql.exec('update rooms set told = ? where id = ? and entry = ?', version, conversationId, entry),
    drop: ({ conversationId, entry }) =>
      void sql.exec('delete from rooms where id = ? and entry = ?', conversationId, entry),
    lookAt() {
      const at = read('lookAt')
      return at === undefined ? null : Number(at)
    },
    setLookAt(at) {
      if (at === null) sql.exec(`delete from facts where name = 'lookAt'`)
      else write('lookAt', String(Math.ceil(at)))
    },
    addErrand: (deploymentId, at) =>
      void sql.exec(
        'insert into errands (id, at) values (?, ?) on conflict (id) do update set at = min(at, excluded.at)',
        deploymentId,
        Math.ceil(at),
      ),
    errandsBy: (now, limit) =>
      sql
        .exec<{ id: string }>('select id from errands where at <= ? order by at limit ?', now, limit)
        .toArray()
        .flatMap(({ id }) => parseId<'deployment'>(id) ?? []),
    putOff: (deploymentId, at) => void sql.exec('update errands set at = ? where id = ?', Math.ceil(at), deploymentId),
    endErrand: (deploymentId, by) => void sql.exec('delete from errands where id = ? and at <= ?', deploymentId, by),
    nextErrandAt: () => sql.exec<{ at: number | null }>('select min(at) as at from errands').toArray()[0]?.at ?? null,
  }
}

function parseStanding(json: string | undefined): Standing | undefined {
  const value: unknown = json === undefined ? undefined : JSON.parse(json)
  if (typeof value !== 'object' || value === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...value }
  const { epoch, until } = fields
  const refusal = fields['refusal'] === null ? null : STANDING_REFUSALS.find((one) => one === fields['refusal'])
  if (typeof epoch !== 'number' || refusal === undefined) return undefined
  return { epoch, refusal, until: typeof until === 'number' ? until : null }
}
