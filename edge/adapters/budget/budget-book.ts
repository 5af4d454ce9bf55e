/**
 * The accounts of one tenant, in the SQLite of one object: whoever wants to spend asks here, so that a count is exact.
 * A reservation holds all that its call could come to, until the call is settled, once. One that nobody settles becomes
 * what it held: a room that was killed may have cost as much. Each step is one transaction.
 */
import type { BudgetAnswer, BudgetAsk, BudgetSettlement, BudgetUse } from '../../../schema/domain/budget.ts'
import { EMPTY, hasLeft, judge, type Balance, type Exhausted } from '../../core/budget/judge.ts'
import type { Limit } from '../../core/budget/rules-for.ts'

type SqlValue = string | number | null | ArrayBuffer

/** What of an object's storage is needed here. */
export interface BookStorage {
  readonly sql: {
    exec<T extends Record<string, SqlValue>>(
      query: string,
      ...bindings: (string | number | null)[]
    ): Iterable<T> & { toArray(): T[] }
  }
  transactionSync<T>(closure: () => T): T
}

/** No call takes so long. */
export const RESERVATION_MS = 15 * 60_000
/** A room that slept settles what it owes when it wakes; after so long nobody is waited for. */
const KEPT_MS = 2 * 86_400_000

const TABLES = [
  `create table if not exists accounts (
     name text primary key, ends_at integer, messages integer not null, tokens integer not null, held integer not null)
   without rowid`,
  `create index if not exists accounts_ended on accounts (ends_at) where ends_at is not null`,
  // `state`: held, expired or settled
  `create table if not exists reservations (
     call_id text primary key, accounts text not null, tokens integer not null, at integer not null, state text not null)
   without rowid`,
  `create index if not exists reservations_by_age on reservations (at)`,
  `create index if not exists reservations_held on reservations (at) where state = 'held'`,
]

interface Reservation extends Record<string, SqlValue> {
  readonly call_id: string
  readonly accounts: string
  readonly tokens: number
  readonly state: string
}

export interface BudgetBook {
  /** `told`: what it is to be refused for, for the owner's eyes. The same call twice is one. */
  reserve(ask: Pick<BudgetAsk, 'callId' | 'tokens'>, limits: readonly Limit[], now: number): Verdict
  /** As {@link reserve} would say, of a call that nobody makes yet. */
  look(limits: readonly Limit[], now: number): Verdict
  settle(settlements: readonly BudgetSettlement[]): void
  uses(limits: readonly Limit[], now: number): readonly BudgetUse[]
  /** Forgets what is long over. Epoch milliseconds of when to come again; null: nothing is left. */
  tidy(now: number): number | null
}

export interface Verdict {
  readonly answer: BudgetAnswer
  readonly exhausted?: Exhausted
}

export function openBudgetBook(storage: BookStorage): BudgetBook {
  const { sql } = storage
  for (const statement of TABLES) sql.exec(statement)

  function balance({ account }: Limit): Balance {
    const [row] = sql
      .exec<{ messages: number; tokens: number; held: number }>(
        'select messages, tokens, held from accounts where name = ?',
        account,
      )
      .toArray()
    return row ?? EMPTY
  }

  /**
   * A day that has begun is counted to its end, though the plan may have moved to another time zone since: the account of
   * the other zone's day would begin with nothing, and give back what was spent.
   */
  function running(limits: readonly Limit[], now: number): readonly Limit[] {
    return limits.map((limit) => {
      if (limit.endsAt === null) return limit
      const [begun] = sql
        .exec<{ name: string; ends_at: number }>(
          'select name, ends_at from accounts where name > ? and name < ? and ends_at > ? order by ends_at desc limit 1',
          `${limit.series} `,
          `${limit.series}!`, // what follows a space
          now,
        )
        .toArray()
      return begun ? { ...limit, account: begun.name, endsAt: begun.ends_at } : limit
    })
  }

  function verdict(limits: readonly Limit[], now: number): Verdict {
    const exhausted = judge(
      limits.map((limit) => [limit, balance(limit)] as const),
      now,
    )
    if (!exhausted) return { answer: { granted: true } }
    return { answer: { granted: false, retryAfterSeconds: exhausted.retryAfterSeconds }, exhausted }
  }

  function find(callId: string): Reservation | undefined {
    return sql.exec<Reservation>('select * from reservations where call_id = ?', callId).toArray()[0]
  }

  /** Moves a reservation's tokens out of what is held, or puts right what it had become. */
  function conclude(
    { call_id, accounts, tokens, state }: Reservation,
    spent: number,
    next: 'expired' | 'settled',
  ): void {
    const isHeld = state === 'held'
    for (const account of namesIn(accounts)) {
      sql.exec(
        'update accounts set held = held - ?, tokens = tokens + ? where name = ?',
        isHeld ? tokens : 0,
        isHeld ? spent : spent - tokens,
        account,
      )
    }
    sql.exec('update reservations set state = ? where call_id = ?', next, call_id)
  }

  function expire(now: number): void {
    const late = sql
      .exec<Reservation>(`select * from reservations where state = 'held' and at <= ? limit 1000`, now - RESERVATION_MS)
      .toArray()
    for (const reservation of late) conclude(reservation, reservation.tokens, 'expired')
  }

  return {
    reserve: ({ callId, tokens }, asked, now) =>
      storage.transactionSync(() => {
        if (find(callId)) return { answer: { granted: true } }
        expire(now)
        const limits = running(asked, now)
        const said = verdict(limits, now)
        if (!said.answer.granted) return said
        for (const { account, endsAt } of limits) {
          sql.exec(
            `insert into accounts (name, ends_at, messages, tokens, held) values (?, ?, 1, 0, ?)
             on conflict (name) do update set messages = messages + 1, held = held + excluded.held`,
            account,
            endsAt,
            tokens,
          )
        }
        sql.exec(
          `insert into reservations (call_id, accounts, tokens, at, state) values (?, ?, ?, ?, 'held')`,
          callId,
          JSON.stringify(limits.map(({ account }) => account)),
          tokens,
          now,
        )
        return said
      }),
    look: (limits, now) => verdict(running(limits, now), now),
    settle(settlements) {
      storage.transactionSync(() => {
        for (const { callId, tokens } of settlements) {
          const reservation = find(callId)
          if (reservation && reservation.state !== 'settled') conclude(reservation, tokens, 'settled')
        }
      })
    },
    uses: (limits, now) =>
      running(limits, now).map((limit) => {
        const { rule, endsAt } = limit
        const present = balance(limit)
        const resetsAt = endsAt === null ? null : new Date(endsAt).toISOString()
        return { rule, ...present, exhausted: !hasLeft(rule, present), resetsAt }
      }),
    tidy: (now) =>
      storage.transactionSync(() => {
        expire(now)
        sql.exec('delete from reservations where at <= ?', now - KEPT_MS)
        // an account outlives its day for as long as a reservation on it may be settled
        sql.exec('delete from accounts where ends_at <= ?', now - KEPT_MS)
        const [{ next } = { next: null }] = sql
          .exec<{ next: number | null }>(
            `select min(at) as next from (
               select min(case state when 'held' then at + ${RESERVATION_MS} else at + ${KEPT_MS} end) as at from reservations
               union all select min(ends_at) + ${KEPT_MS} from accounts where ends_at is not null)`,
          )
          .toArray()
        return next
      }),
  }
}

function namesIn(json: string): string[] {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
}
