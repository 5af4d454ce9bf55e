/**
 * What waits for the archive, row by row, in the room's storage. A row that changes while it is on its way gets another
 * revision and stays; one that the archive refused stands aside until its time. Knows neither the archive nor a clock.
 */
import { parseId } from '../../schema/domain/id.ts'
import type { ArchivedCall, ArchivedEvent, ArchivedFlag, ArchivedMessage, ArchivedRating } from '../core/ports.ts'
import type { Calls } from './calls.ts'
import type { RoomStorage, SqlValue } from './room-storage.ts'
import type { Transcript } from './transcript.ts'

const BATCH_ROWS = 50
const BATCH_CHARS = 512 * 1024
const QUEUES = ['outbox', 'outbox_ratings', 'outbox_flags', 'outbox_events']
/** One question for all of them: mostly there is little in one and nothing in the others. */
const WAITING = `select exists (select 1 from outbox) as messages, exists (select 1 from outbox_ratings) as ratings,
  exists (select 1 from outbox_flags) as flags, exists (select 1 from outbox_events) as events,
  exists (select 1 from calls where settled = 1) as calls, (select min(at) from outbox_aside) as aside`

/** What one write takes. Messages and ratings may have changed again before it is settled. */
export interface OutboxBatch {
  readonly rows: readonly { readonly position: number; readonly revision: number }[]
  readonly messages: readonly ArchivedMessage[]
  readonly rated: readonly { readonly rating: ArchivedRating; readonly revision: number }[]
  readonly flags: readonly ArchivedFlag[]
  readonly events: readonly ArchivedEvent[]
  readonly calls: readonly ArchivedCall[]
}

export const NOTHING: OutboxBatch = { rows: [], messages: [], rated: [], flags: [], events: [], calls: [] }

export interface OutboxQueue {
  addMessage(position: number): void
  addRating(rating: ArchivedRating): void
  addFlag(flag: ArchivedFlag): void
  addEvent(event: ArchivedEvent): void
  isEmpty(): boolean
  /** What is due, oldest first; rows that stand aside are left out. */
  nextBatch(now: number): OutboxBatch
  /** The archive has these. */
  settle(batch: OutboxBatch): void
  /** Keeps a row out of batches until then; answers how often it was refused. `until` is told that number. */
  setAside(row: string, until: (attempts: number) => number): number
  /** When the first row that stands aside is due, or null. */
  nextAsideAt(): number | null
  /** Forgets everything but what calls cost. Call it in the transaction that erases the conversation. */
  erase(): void
}

interface WaitingRow extends Record<string, SqlValue> {
  readonly messages: number
  readonly ratings: number
  readonly flags: number
  readonly events: number
  readonly calls: number
  /** When the first row that stands aside is due. */
  readonly aside: number | null
}

interface FlagRow extends Record<string, SqlValue> {
  readonly id: string
  readonly turn_id: string
  readonly reason: ArchivedFlag['reason']
  readonly rule: string
  readonly at: string
}

interface EventRow extends Record<string, SqlValue> {
  readonly id: string
  readonly type: ArchivedEvent['type']
  readonly actor: string
  readonly payload: string
  readonly at: string
}

interface RatingRow extends Record<string, SqlValue> {
  readonly turn_id: string
  readonly revision: number
  readonly rating: ArchivedRating['rating']
  readonly reason: ArchivedRating['reason']
  readonly comment: string | null
  readonly at: string
}

/** A batch of one row each, by the name it is set aside under. */
export function singles({
  rows,
  messages,
  rated,
  flags,
  events,
  calls,
}: OutboxBatch): { row: string; batch: OutboxBatch }[] {
  return [
    ...rows.map((row) => ({
      row: `m${row.position}`,
      batch: { ...NOTHING, rows: [row], messages: messages.filter(({ position }) => position === row.position) },
    })),
    ...rated.map((one) => ({ row: `r${one.rating.turnId}`, batch: { ...NOTHING, rated: [one] } })),
    ...flags.map((flag) => ({ row: `f${flag.id}`, batch: { ...NOTHING, flags: [flag] } })),
    ...events.map((event) => ({ row: `e${event.id}`, batch: { ...NOTHING, events: [event] } })),
    ...calls.map((call) => ({ row: `c${call.id}`, batch: { ...NOTHING, calls: [call] } })),
  ]
}

export function isNothing({ rows, rated, flags, events, calls }: OutboxBatch): boolean {
  return rows.length + rated.length + flags.length + events.length + calls.length === 0
}

/** The queue in a room's storage. */
export function openOutboxQueue({ sql }: RoomStorage, transcript: Transcript, calls: Calls): OutboxQueue {
  function dueMessages(now: number): Pick<OutboxBatch, 'rows' | 'messages'> {
    const rows: { position: number; revision: number }[] = []
    const messages: ArchivedMessage[] = []
    let chars = 0
    for (const row of sql.exec<{ position: number; revision: number }>(
      `select position, revision from outbox
       where not exists (select 1 from outbox_aside where row = 'm' || position and at > ?) order by position limit ?`,
      now,
      BATCH_ROWS,
    )) {
      const message = transcript.archived(row.position)
      chars += message?.text.length ?? 0
      if (messages.length > 0 && chars > BATCH_CHARS) break
      rows.push(row)
      if (message) messages.push(message)
    }
    return { rows, messages }
  }

  function dueRatings(now: number): OutboxBatch['rated'] {
    return sql
      .exec<RatingRow>(
        `select * from outbox_ratings where not exists (
           select 1 from outbox_aside where row = 'r' || turn_id and outbox_aside.at > ?) order by at limit ?`,
        now,
        BATCH_ROWS,
      )
      .toArray()
      .flatMap(({ turn_id, revision, rating, reason, comment, at }) => {
        const turnId = parseId<'turn'>(turn_id)
        return turnId ? [{ rating: { turnId, rating, reason, comment, at }, revision }] : []
      })
  }

  function dueFlags(now: number): ArchivedFlag[] {
    return sql
      .exec<FlagRow>(
        `select * from outbox_flags
         where not exists (select 1 from outbox_aside where row = 'f' || id and outbox_aside.at > ?) order by at limit ?`,
        now,
        BATCH_ROWS,
      )
      .toArray()
      .flatMap(({ id, turn_id, reason, rule, at }): ArchivedFlag[] => {
        const flagId = parseId<'flag'>(id)
        const turnId = parseId<'turn'>(turn_id)
        return flagId && turnId ? [{ id: flagId, turnId, reason, rule, at }] : []
      })
  }

  function dueEvents(now: number): ArchivedEvent[] {
    return sql
      .exec<EventRow>(
        `select * from outbox_events
         where not exists (select 1 from outbox_aside where row = 'e' || id and outbox_aside.at > ?) order by at limit ?`,
        now,
        BATCH_ROWS,
      )
      .toArray()
      .flatMap(({ id, type, actor, payload, at }): ArchivedEvent[] => {
        const eventId = parseId<'event'>(id)
        return eventId ? [{ id: eventId, type, actor, payload: JSON.parse(payload), at }] : []
      })
  }

  function waiting(): WaitingRow {
    const [row] = sql.exec<WaitingRow>(WAITING).toArray()
    return row ?? { messages: 0, ratings: 0, flags: 0, events: 0, calls: 0, aside: null }
  }

  function takeBack(row: string): void {
    sql.exec('delete from outbox_aside where row = ?', row)
  }

  return {
    addMessage(position) {
      takeBack(`m${position}`) // it says something else now
      sql.exec('update messages set version = version + 1 where position = ?', position)
      sql.exec(
        `insert into outbox (position, revision) values (?, 1)
         on conflict (position) do update set revision = revision + 1`,
        position,
      )
    },
    addRating({ turnId, rating, reason, comment, at }) {
      takeBack(`r${turnId}`)
      sql.exec(
        `insert into outbox_ratings (turn_id, revision, rating, reason, comment, at) values (?, 1, ?, ?, ?, ?)
         on conflict (turn_id) do update set revision = revision + 1, rating = excluded.rating,
           reason = excluded.reason, comment = excluded.comment, at = excluded.at`,
        turnId,
        rating,
        reason,
        comment,
        at,
      )
    },
    addFlag({ id, turnId, reason, rule, at }) {
      sql.exec(
        'insert into outbox_flags (id, turn_id, reason, rule, at) values (?, ?, ?, ?, ?)',
        id,
        turnId,
        reason,
        rule,
        at,
      )
    },
    addEvent({ id, type, actor, payload, at }) {
      sql.exec(
        'insert into outbox_events (id, type, actor, payload, at) values (?, ?, ?, ?, ?)',
        id,
        type,
        actor,
        JSON.stringify(payload),
        at,
      )
    },
    isEmpty() {
      const { aside: _aside, ...some } = waiting()
      return Object.values(some).every((isAny) => isAny === 0)
    },
    nextBatch(now) {
      const some = waiting()
      return {
        ...(some.messages ? dueMessages(now) : { rows: [], messages: [] }),
        rated: some.ratings ? dueRatings(now) : [],
        flags: some.flags ? dueFlags(now) : [],
        events: some.events ? dueEvents(now) : [],
        calls: some.calls ? calls.due(now, BATCH_ROWS) : [],
      }
    },
    settle({ rows, rated, flags, events, calls: called }) {
      for (const { position, revision } of rows) {
        sql.exec('delete from outbox where position = ? and revision = ?', position, revision)
        takeBack(`m${position}`)
      }
      for (const { rating, revision } of rated) {
        sql.exec('delete from outbox_ratings where turn_id = ? and revision = ?', rating.turnId, revision)
        takeBack(`r${rating.turnId}`)
      }
      for (const { id } of flags) {
        sql.exec('delete from outbox_flags where id = ?', id)
        takeBack(`f${id}`)
      }
      for (const { id } of events) {
        sql.exec('delete from outbox_events where id = ?', id)
        takeBack(`e${id}`)
      }
      for (const { id } of called) {
        calls.archived(id)
        takeBack(`c${id}`)
      }
    },
    setAside(row, until) {
      const [known] = sql.exec<{ attempts: number }>('select attempts from outbox_aside where row = ?', row).toArray()
      const attempts = (known?.attempts ?? 0) + 1
      sql.exec(
        'insert or replace into outbox_aside (row, attempts, at) values (?, ?, ?)',
        row,
        attempts,
        until(attempts),
      )
      return attempts
    },
    nextAsideAt: () => waiting().aside,
    erase() {
      for (const table of [...QUEUES, 'outbox_aside']) sql.exec(`delete from ${table}`)
    },
  }
}
