/** A keeper's storage over Node's own SQLite: the same engine as workerd's, for tests of what it counts. */
import { DatabaseSync } from 'node:sqlite'
import type { BookStorage } from '../adapters/budget/budget-book.ts'

export function memoryBook(): BookStorage {
  const database = new DatabaseSync(':memory:')
  return {
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
}
