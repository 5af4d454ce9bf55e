/** One alarm, several duties: the runtime keeps a single time a room, this file keeps what it is for. */
import type { RoomStorage } from './room-storage.ts'

/**
 * `turn-guard` looks whether an active turn still lives; `outbox` writes behind; `slow-lines` drops who does not read;
 * `attendance` tells the hub what it could not be told; `settlement` tells a budget that was away what calls came to.
 */
export type Duty = 'turn-guard' | 'outbox' | 'slow-lines' | 'attendance' | 'settlement'

export interface AlarmClock {
  setAlarm(at: number): Promise<void>
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

/**
 * The duties in a room's storage. The alarm itself is only ever moved nearer: what is cancelled or put off leaves it as it
 * is, and it comes once for nothing. Moving it at each turn would hold back all that a turn writes and sends.
 * `onLost` hears of an alarm that could not be set.
 */
export function openAlarms({ sql }: RoomStorage, alarm: AlarmClock, onLost: (error: unknown) => void): Alarms {
  const duties = new Map(
    sql
      .exec<{ name: string; at: number }>('select name, at from duties')
      .toArray()
      .map(({ name, at }) => [name, at]),
  )
  /** When the alarm comes, as far as this life of the room knows. */
  let armedFor = Number.POSITIVE_INFINITY

  function arm(): void {
    const next = Math.min(...duties.values())
    if (next >= armedFor) return
    armedFor = next
    alarm.setAlarm(next).catch(onLost)
  }

  return {
    schedule(duty, when) {
      const at = Math.ceil(when)
      if (duties.get(duty) === at) return
      sql.exec('insert or replace into duties (name, at) values (?, ?)', duty, at)
      duties.set(duty, at)
      arm()
    },
    cancel(duty) {
      if (duties.delete(duty)) sql.exec('delete from duties where name = ?', duty)
    },
    isScheduled: (duty, by = Number.MAX_SAFE_INTEGER) =>
      (duties.get(duty) ?? Number.POSITIVE_INFINITY) <= Math.ceil(by),
    takeDue(now) {
      armedFor = Number.POSITIVE_INFINITY // it has come
      const due = [...duties].filter(([, at]) => at <= now).map(([name]) => name)
      for (const name of due) {
        sql.exec('delete from duties where name = ?', name)
        duties.delete(name)
      }
      arm() // an alarm that came early, or for one duty of two, must come again
      return due.filter(isDuty)
    },
  }
}

function isDuty(name: string): name is Duty {
  return ['turn-guard', 'outbox', 'slow-lines', 'attendance', 'settlement'].includes(name)
}
