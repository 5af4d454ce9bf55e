/**
 * Rows on their way to the archive, written behind. A row leaves only once the archive has it; one that changed
 * meanwhile stays. Knows neither the archive's vendor nor the alarm: it says when it wants to be called again.
 */
import type { Archive, ArchivedFlag, Clock, RoomOwner, RoomTiming } from '../core/ports.ts'
import { backoffMs } from '../core/backoff-ms.ts'
import { parseId } from '../../schema/domain/id.ts'
import type { Facts } from './facts.ts'
import type { RoomStorage, SqlValue } from './room-storage.ts'
import type { Transcript } from './transcript.ts'

const BATCH_ROWS = 50
const BATCH_CHARS = 512 * 1024

export interface Outbox {
  /** A message is new or has changed. Call it in the transaction that changed it. */
  addMessage(position: number): void
  addFlag(flag: ArchivedFlag): void
  isEmpty(): boolean
  /**
   * Writes until nothing is left or the archive fails. Answers in how many milliseconds to call again, or null when all
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
}

/** The outbox in a room's storage. */
export function openOutbox({ storage, facts, transcript, clock, timing }: OutboxParts): Outbox {
  const { sql } = storage
  let draining = false

  function isEmpty(): boolean {
    return (
      sql.exec('select 1 from outbox limit 1').toArray().length === 0 &&
      sql.exec('select 1 from outbox_flags limit 1').toArray().length === 0
    )
  }

  function nextBatch() {
    const rows: { position: number; revision: number }[] = []
    const messages = []
    let chars = 0
    for (const row of sql.exec<{ position: number; revision: number }>(
      'select position, revision from outbox order by position limit ?',
      BATCH_ROWS,
    )) {
      const message = transcript.archived(row.position)
      chars += message?.text.length ?? 0
      if (messages.length > 0 && chars > BATCH_CHARS) break
      rows.push(row)
      if (message) messages.push(message)
    }
    const flags = sql
      .exec<FlagRow>('select * from outbox_flags order by at limit ?', BATCH_ROWS)
      .toArray()
      .flatMap(({ id, turn_id, reason, rule, at }): ArchivedFlag[] => {
        const flagId = parseId<'flag'>(id)
        const turnId = parseId<'turn'>(turn_id)
        return flagId && turnId ? [{ id: flagId, turnId, reason, rule, at }] : []
      })
    return { rows, messages, flags }
  }

  function settle({ rows, flags }: ReturnType<typeof nextBatch>): void {
    storage.transactionSync(() => {
      for (const { position, revision } of rows) {
        sql.exec('delete from outbox where position = ? and revision = ?', position, revision)
      }
      for (const { id } of flags) sql.exec('delete from outbox_flags where id = ?', id)
      facts.write('outboxAttempts', 0)
    })
  }

  function retryInMs(): number {
    const attempts = facts.read('outboxAttempts')
    const attempt = (typeof attempts === 'number' ? attempts : 0) + 1
    facts.write('outboxAttempts', attempt)
    return backoffMs(attempt, timing.outboxRetryMs, timing.outboxRetryMaxMs, clock.random())
  }

  return {
    addMessage(position) {
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
      try {
        while (!isEmpty()) {
          const batch = nextBatch()
          await archive.write({ owner, startedAt, messages: batch.messages, flags: batch.flags })
          settle(batch)
        }
        return null
      } catch {
        return retryInMs() // away or refusing: the rows stay, the caller tries again later
      } finally {
        draining = false
      }
    },
  }
}
