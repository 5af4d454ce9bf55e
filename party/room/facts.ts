/** What a room knows of itself: one JSON value a name. The reader of a fact checks it; this file does not know shapes. */
import type { RoomStorage } from './room-storage.ts'

export type FactName = 'owner' | 'startedAt' | 'context' | 'noticed' | 'outboxAttempts'

export interface Facts {
  read(name: FactName): unknown
  write(name: FactName, value: unknown): void
}

/** The facts in a room's storage. */
export function roomFacts({ sql }: RoomStorage): Facts {
  return {
    read(name) {
      const [row] = sql.exec<{ value: string }>('select value from facts where name = ?', name).toArray()
      return row === undefined ? undefined : JSON.parse(row.value)
    },
    write(name, value) {
      sql.exec('insert or replace into facts (name, value) values (?, ?)', name, JSON.stringify(value))
    },
  }
}
