/**
 * What models were asked and what it cost, counted once: a row stands before its call is made, is settled by the
 * provider's count or, where none came, by an estimate of what was written, and leaves once the archive has it. No words
 * stand in it. Knows no model and no archive.
 */
import { parseId, type Id } from '../../schema/domain/id.ts'
import { estimateTokens } from '../core/estimate-tokens.ts'
import type { ArchivedCall, TokenUsage } from '../core/ports.ts'
import type { RoomStorage, SqlValue } from './room-storage.ts'

export interface NewCall {
  readonly id: Id<'call'>
  readonly turnId: Id<'turn'>
  /** Replies begun for the turn, this one among them. */
  readonly attempt: number
  readonly model: string
  /** Of what is asked, until the provider has counted. */
  readonly inputTokens: number
}

export interface Calls {
  /** The call that is not settled, if there is one. */
  open(): string | undefined
  /** A model is about to be called; a room calls one at a time. */
  begin(call: NewCall, at: string): void
  /** The provider has counted the open call. */
  settle(usage: TokenUsage): void
  /** Whatever is still open ends uncounted: `written` is what its reply came to. */
  estimate(written: () => string): void
  /** Settled, and not yet archived; those that stand aside are left out. */
  due(now: number, limit: number): ArchivedCall[]
  /** The archive has it. */
  archived(id: string): void
}

interface Row extends Record<string, SqlValue> {
  readonly id: string
  readonly turn_id: string
  readonly attempt: number
  readonly model: string
  readonly at: string
  readonly input_tokens: number
  readonly output_tokens: number
  readonly estimated: number
}

/** The calls in a room's storage. `settled` hears what each came to. */
export function openCalls(
  { sql }: RoomStorage,
  settled: (id: Id<'call'>, tokens: number) => void = () => undefined,
): Calls {
  let open = parseId<'call'>(
    sql.exec<{ id: string }>('select id from calls where settled = 0 limit 1').toArray()[0]?.id,
  )
  let asked = 0

  return {
    open: () => open,
    begin({ id, turnId, attempt, model, inputTokens }, at) {
      sql.exec(
        'insert into calls (id, turn_id, attempt, model, at, input_tokens) values (?, ?, ?, ?, ?, ?)',
        id,
        turnId,
        attempt,
        model,
        at,
        inputTokens,
      )
      open = id
      asked = inputTokens
    },
    settle({ inputTokens, outputTokens }) {
      if (!open) return
      settled(open, inputTokens + outputTokens)
      sql.exec(
        'update calls set settled = 1, estimated = 0, input_tokens = ?, output_tokens = ? where settled = 0',
        inputTokens,
        outputTokens,
      )
      open = undefined
    },
    estimate(written) {
      if (!open) return
      const outputTokens = estimateTokens(written())
      settled(open, asked + outputTokens)
      sql.exec('update calls set settled = 1, output_tokens = ? where settled = 0', outputTokens)
      open = undefined
    },
    due: (now, limit) =>
      sql
        .exec<Row>(
          `select * from calls where settled = 1 and not exists (
             select 1 from outbox_aside where row = 'c' || id and outbox_aside.at > ?) order by at limit ?`,
          now,
          limit,
        )
        .toArray()
        .flatMap(toArchived),
    archived: (id) => void sql.exec('delete from calls where id = ?', id),
  }
}

function toArchived(row: Row): ArchivedCall[] {
  const id = parseId<'call'>(row.id)
  const turnId = parseId<'turn'>(row.turn_id)
  if (!id || !turnId) return []
  const { attempt, model, at, input_tokens: inputTokens, output_tokens: outputTokens, estimated } = row
  return [{ id, turnId, attempt, model, at, inputTokens, outputTokens, estimated: estimated === 1 }]
}
