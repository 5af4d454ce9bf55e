/** One alarm, several duties: the runtime keeps a single time a room, this file keeps what it is for. */
import type { RoomStorage } from './room-storage.ts'

/** `turn-guard` looks whether an active turn still lives; `outbox` writes behind; `slow-lines` drops who does not read. */
export type Duty = 'turn-guard' | 'outbox' | 'slow-lines'

export interface AlarmClock {
  setAlarm(at: number): Promise<void>
  deleteAlarm(): Promise<void>
}

export interface Alarms {
  /** Sets or moves a duty. The write is durable with the writes beside it. */
  schedule(duty: Duty, at: number): void
  cancel(duty: Duty): void
  /** Is the duty due by then? */
  isScheduled(duty: Duty, by?: number): boolean
  /** Takes what is due; the alarm is set for the rest. */
  takeDue(now: number): Duty[]
}

/** The duties in a room's storage. `onLost` hears of an alarm that could not be set. */
export function openAlarms({ sql }: RoomStorage, alarm: AlarmClock, onLost: (error: unknown) => void): Alarms {
  function rearm(): void {
    const [first] = sql.exec<{ at: number | null }>('select min(at) as at from duties').toArray()
    const at = first?.at ?? null
    ;(at === null ? alarm.deleteAlarm() : alarm.setAlarm(at)).catch(onLost)
  }

  return {
    schedule(duty, at) {
      sql.exec('insert or replace into duties (name, at) values (?, ?)', duty, Math.ceil(at))
      rearm()
    },
    cancel(duty) {
      const gone = sql.exec('delete from duties where name = ? returning name', duty).toArray()
      if (gone.length > 0) rearm()
    },
    isScheduled: (duty, by = Number.MAX_SAFE_INTEGER) =>
      sql.exec('select 1 from duties where name = ? and at <= ?', duty, Math.ceil(by)).toArray().length > 0,
    takeDue(now) {
      const due = sql.exec<{ name: string }>('delete from duties where at <= ? returning name', now).toArray()
      rearm() // an alarm that came early, or for one duty of two, must come again
      return due.map(({ name }) => name).filter(isDuty)
    },
  }
}

function isDuty(name: string): name is Duty {
  return name === 'turn-guard' || name === 'outbox' || name === 'slow-lines'
}
