/** Tickets that have opened a line here: each opens one. Remembered for as long as it could be shown again. */
import type { RoomStorage } from './room-storage.ts'

export interface Tickets {
  /** False: it was taken before. Times in epoch milliseconds. */
  take(ticket: string, until: number, now: number): boolean
}

/** The used tickets in a room's storage. */
export function roomTickets({ sql }: RoomStorage): Tickets {
  return {
    take(ticket, until, now) {
      sql.exec('delete from tickets where until <= ?', now)
      if (sql.exec('select 1 as one from tickets where id = ?', ticket).toArray().length > 0) return false
      sql.exec('insert into tickets (id, until) values (?, ?)', ticket, until)
      return true
    },
  }
}
