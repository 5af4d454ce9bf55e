/** What a room knows of itself: one JSON value a name. The reader of a fact checks it; this file does not know shapes. */
import type { RoomStorage } from './room-storage.ts'

export type FactName =
  | 'owner'
  | 'startedAt'
  | 'context'
  | 'noticed'
  | 'controller' // who answers; absent: the twin
  | 'draftEnd' // how the reply that waits for a person ends once it is released
  | 'outboxAttempts'
  | 'attendance' // does the hub know that lines are open here
  | 'epoch' // sessions of an earlier one are revoked, as far as the hub has told
  | 'sentAway' // the hub ended every visitor's line; nobody has come since
  | 'over' // the campaign ended while a reply was being said, and lines end with that reply
  | 'erasedAt' // the conversation was deleted: nothing is kept any more
  | 'erasureDue' // and the archive has yet to be told

export interface Facts {
  read(name: FactName): unknown
  write(name: FactName, value: unknown): void
  forget(...names: FactName[]): void
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
    forget(...names) {
      for (const name of names) sql.exec('delete from facts where name = ?', name)
    },
  }
}
