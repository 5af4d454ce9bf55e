/** A room's storage over Node's own SQLite: the same engine as workerd's, for tests of what a room remembers. */
import { DatabaseSync } from 'node:sqlite'
import { prepareStorage, type RoomStorage } from '../../room/room-storage.ts'

export interface MemoryStorage extends RoomStorage {
  /** Another wake of the same room reads what this one wrote. */
  readonly database: DatabaseSync
}

/** An empty storage with the room's tables. */
export function memoryStorage(): MemoryStorage {
  const database = new DatabaseSync(':memory:')
  const storage: MemoryStorage = {
    database,
    sql: {
      exec<T>(query: string, ...bindings: (string | number | null)[]) {
        // oxlint-disable-next-line no-unsafe-type-assertion -- the caller names the columns, as with workerd's SqlStorage
        const rows = database.prepare(query).all(...bindings) as T[]
        return Object.assign(rows[Symbol.iterator](), { toArray: () => rows })
      },
    },
    transactionSync(closure) {
      database.exec('savepoint step')
      try {
        const result = closure()
        database.exec('release step')
        return result
      } catch (error) {
        database.exec('rollback to step; release step')
        throw error
      }
    },
  }
  prepareStorage(storage)
  return storage
}
