/**
 * Rows on their way to the archive, written behind. A row leaves only once the archive has it; one that changed
 * meanwhile stays. One that the archive refuses is set aside, so that it keeps no other row waiting. Knows neither the
 * archive's vendor nor the alarm: it says when it wants to be called again.
 */
import type { Archive, ArchivedFlag, ArchivedMessage, Clock, RoomOwner, RoomTiming } from '../core/ports.ts'
import { backoffMs } from '../core/backoff-ms.ts'
import { parseId } from '../../schema/domain/id.ts'
import type { Facts } from './facts.ts'
import type { RoomStorage, SqlValue } from './room-storage.ts'
import type { Transcript } from './transcript.ts'

const BATCH_ROWS = 50
const BATCH_CHARS = 512 * 1024
/** A refused row is tried again rarely: somebody has to mend something first. */
const ASIDE_FIRST_MS = 60_000
const ASIDE_MAX_MS = 6 * 60 * 60_000

export interface Outbox {
  /** A message is new or has changed. Call it in the transaction that changed it. */
  addMessage(position: number): void
  addFlag(flag: ArchivedFlag): void
  isEmpty(): boolean
  /**
   * Writes until nothing is due or the archive is away. Answers in how many milliseconds to call again, or null when all
   * is written. One drain at a time: a second call meanwhile answers null.
   */
  drain(archive: Archive, owner: RoomOwner, startedAt: string): Promise<number | null>
}

interface FlagRow extends Record<string, SqlValue> {
  readonly id: string
  readonly turn_id: string
  readonly reason: ArchivedFlag['reason']
  readonly rule: string
  readonly at: string
}

export interface OutboxParts {
  readonly storage: RoomStorage
  readonly facts: Facts
  readonly transcript: Transcript
  readonly clock: Clock
  readonly timing: Pick<RoomTiming, 'outboxRetryMs' | 'outboxRetryMaxMs'>
  /** The archive is there and refuses a row. */
  report(error: unknown): void
}

/** What one write takes: rows by position, and flags. */
interface Batch {
  readonly rows: readonly { readonly position: number; readonly revision: number }[]
  readonly messages: readonly ArchivedMessage[]
  readonly flags: readonly ArchivedFlag[]
}

const NOTHING: Batch = { rows: [], messages: [], flags: [] }

/** The outbox in a room's storage. */
export function openOutbox({ storage, facts, transcript, clock, timing, report }: OutboxParts): Outbox {
  const { sql } = storage
  let draining = false

  function isEmpty(): boolean {
    return (
      sql.exec('select 1 from outbox limit 1').toArray().length === 0 &&
      sql.exec('select 1 from outbox_flags limit 1').toArray().length === 0
    )
  }

  function nextBatch(): Batch {
    const rows: { position: number; revision: number }[] = []
    const messages: ArchivedMessage[] = []
    let chars = 0
    for (const row of sql.exec<{ position: number; revision: number }>(
      `select position, revision from outbox
       where not exists (select 1 from outbox_aside where row = 'm' || position and at > ?) order by position limit ?`,
      clock.now(),
      BATCH_ROWS,
    )) {
      const message = transcript.archived(row.position)
      chars += message?.text.length ?? 0
      if (messages.length > 0 && chars > BATCH_CHARS) break
      rows.push(row)
      if (message) messages.push(message)
    }
    const flags = sql
      .exec<FlagRow>(
        `select * from outbox_flags
         where not exists (select 1 from outbox_aside where row = 'f' || id and outbox_aside.at > ?) order by at limit ?`,
        clock.now(),
        BATCH_ROWS,
      )
      .toArray()
      .flatMap(({ id, turn_id, reason, rule, at }): ArchivedFlag[] => {
        const flagId = parseId<'flag'>(id)
        const turnId = parseId<'turn'>(turn_id)
        return flagId && turnId ? [{ id: flagId, turnId, reason, rule, at }] : []
      })
    return { rows, messages, flags }
  }

  function settle({ rows, flags }: Batch): void {
    storage.transactionSync(() => {
      for (const { position, revision } of rows) {
        sql.exec('delete from outbox where position = ? and revision = ?', position, revision)
        sql.exec('delete from outbox_aside where row = ?', `m${position}`)
      }
      for (const { id } of flags) {
        sql.exec('delete from outbox_flags where id = ?', id)
        sql.exec('delete from outbox_aside where row = ?', `f${id}`)
      }
      facts.write('outboxAttempts', 0)
    })
  }

  function retryInMs(): number {
    const attempts = facts.read('outboxAttempts')
    const attempt = (typeof attempts === 'number' ? attempts : 0) + 1
    facts.write('outboxAttempts', attempt)
    return backoffMs(attempt, timing.outboxRetryMs, timing.outboxRetryMaxMs, clock.random())
  }

  /** Each row by itself: what the archive takes leaves, what it refuses waits aside. */
  async function sift(batch: Batch, write: (batch: Batch) => Promise<void>): Promise<void> {
    for (const row of batch.rows) {
      const messages = batch.messages.filter(({ position }) => position === row.position)
      await writeOrSetAside({ rows: [row], messages, flags: [] }, `m${row.position}`, write)
    }
    for (const flag of batch.flags) await writeOrSetAside({ ...NOTHING, flags: [flag] }, `f${flag.id}`, write)
  }

  async function writeOrSetAside(one: Batch, row: string, write: (batch: Batch) => Promise<void>): Promise<void> {
    try {
      await write(one)
    } catch {
      await write(NOTHING) // fails when the archive went away meanwhile: then the row is not to blame
      const [known] = sql.exec<{ attempts: number }>('select attempts from outbox_aside where row = ?', row).toArray()
      const attempts = (known?.attempts ?? 0) + 1
      const at = clock.now() + backoffMs(attempts, ASIDE_FIRST_MS, ASIDE_MAX_MS, clock.random())
      sql.exec('insert or replace into outbox_aside (row, attempts, at) values (?, ?, ?)', row, attempts, at)
      report(new Error(`The archive refuses row ${row} (${attempts})`)) // never what stands in it
    }
  }

  function asideForMs(): number | null {
    const [first] = sql.exec<{ at: number | null }>('select min(at) as at from outbox_aside').toArray()
    return typeof first?.at === 'number' ? Math.max(1, first.at - clock.now()) : null
  }

  return {
    addMessage(position) {
      sql.exec('delete from outbox_aside where row = ?', `m${position}`) // it says something else now
      sql.exec(
        `insert into outbox (position, revision) values (?, 1)
         on conflict (position) do update set revision = revision + 1`,
        position,
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
    isEmpty,
    async drain(archive, owner, startedAt) {
      if (draining) return null
      draining = true
      const write = async (batch: Batch): Promise<void> => {
        await archive.write({ owner, startedAt, messages: batch.messages, flags: batch.flags })
        settle(batch)
      }
      try {
        for (let batch = nextBatch(); batch.rows.length + batch.flags.length > 0; batch = nextBatch()) {
          await write(batch).catch(async () => {
            await write(NOTHING) // is anybody there?
            await sift(batch, write)
          })
        }
        return asideForMs()
      } catch {
        return retryInMs() // away: the rows stay, the caller tries again later
      } finally {
        draining = false
      }
    },
  }
}
