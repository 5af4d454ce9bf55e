/** Which questions wait for a reply, which one is being answered, which were. One at a time, in order. Knows no sockets. */
import { parseId, type Id } from '../../schema/domain/id.ts'
import type { PageContext } from '../../schema/wire/frames.ts'
import type { SpokenMessage } from '../core/ports.ts'
import type { RoomStorage, SqlValue } from './room-storage.ts'

export interface Turn {
  readonly turnId: Id<'turn'>
  /** Position of the question. */
  readonly asked: number
  /** Position of the reply, once one has begun. */
  readonly replied: number | null
  /** `held`: the reply is written, and waits for a person. */
  readonly state: 'waiting' | 'active' | 'held' | 'ended'
  /** Replies begun so far. */
  readonly attempts: number
  /** The visitor stopped it before it began. */
  readonly stopped: boolean
  /** Its reply is written out of sight. */
  readonly drafted: boolean
  /** A person answered it, and nobody else will. */
  readonly byPerson: boolean
  /** Digest of where it was asked from, where that is known. */
  readonly address: string | null
}

export interface Turns {
  find(turnId: string): Turn | undefined
  /** The turn of a visitor's message, by the id the visitor gave it. */
  findByMessage(messageId: string): Turn | undefined
  /** Turns that still need a second place in the conversation. */
  unreplied(): number
  add(turnId: Id<'turn'>, asked: number, page?: PageContext): void
  /** Whoever asks from there pays for it. */
  askedFrom(turnId: string, address: string | null): void
  /** No later question was asked. */
  isNewest(turn: Turn): boolean
  active(): Turn | undefined
  /** The turn whose reply is being written, or is written and held. */
  current(): Turn | undefined
  /** Every turn in line, in order. */
  waiting(): Turn[]
  /** The next turn to answer. */
  next(): Turn | undefined
  begin(turnId: string, replied: number, drafted: boolean): void
  hold(turnId: string): void
  end(turnId: string): void
  /** Takes a waiting turn out of line for good: a person has answered it. */
  endByPerson(turnId: string): void
  /** Puts an ended turn back in line. A question that has changed is one that was never answered. */
  requeue(turnId: string, changed?: 'changed'): void
  stopWaiting(turnId: string): void
  question(turn: Turn): string
  /** What the page stated when the question was asked. */
  page(turn: Turn): PageContext | undefined
  /** Every question that is about as long as this or shorter. */
  questions(maxChars: number): string[]
  /** What was said before a question, each before its reply, oldest first. */
  history(turn: Turn, limit: number): SpokenMessage[]
  /** Has another reply than this turn's said anything? */
  saidElsewhere(turn: Turn): boolean
  /** Forgets every turn. Call it in the transaction that erases the conversation. */
  erase(): void
}

interface Row extends Record<string, SqlValue> {
  readonly turn_id: string
  readonly asked: number
  readonly replied: number | null
  readonly state: Turn['state']
  readonly attempts: number
  readonly stopped: number
  readonly drafted: number
  readonly by_person: number
  readonly address: string | null
}

const NEXT_IN_LINE = '(select coalesce(max(waiting), 0) + 1 from turns)'

/** The turns in a room's storage. */
export function openTurns({ sql }: RoomStorage): Turns {
  function all(where: string, ...bindings: string[]): Turn[] {
    const rows = sql.exec<Row>(`select turns.* from turns ${where}`, ...bindings).toArray()
    return rows.flatMap(({ turn_id, asked, replied, state, attempts, stopped, drafted, by_person, address }) => {
      const turnId = parseId<'turn'>(turn_id)
      const marks = { stopped: stopped === 1, drafted: drafted === 1, byPerson: by_person === 1 }
      return turnId ? [{ turnId, asked, replied, state, attempts, address, ...marks }] : []
    })
  }

  function one(where: string, ...bindings: string[]): Turn | undefined {
    return all(where, ...bindings)[0]
  }

  return {
    find: (turnId) => one('where turn_id = ?', turnId),
    findByMessage: (messageId) =>
      one(`join messages on position = asked where role = 'visitor' and message_id = ?`, messageId),
    unreplied: () =>
      sql.exec<{ n: number }>(`select count(*) as n from turns where replied is null and state <> 'ended'`).toArray()[0]
        ?.n ?? 0,
    add(turnId, asked, page) {
      sql.exec(
        `insert into turns (turn_id, asked, state, waiting, page) values (?, ?, 'waiting', ${NEXT_IN_LINE}, ?)`,
        turnId,
        asked,
        page ? JSON.stringify(page) : null,
      )
    },
    askedFrom: (turnId, address) => void sql.exec('update turns set address = ? where turn_id = ?', address, turnId),
    isNewest: ({ asked }) => sql.exec('select 1 from turns where asked > ? limit 1', asked).toArray().length === 0,
    active: () => one(`where state = 'active' limit 1`),
    current: () => one(`where state in ('active', 'held') limit 1`),
    waiting: () => all('where waiting is not null order by waiting'),
    next: () => one('where waiting is not null order by waiting limit 1'),
    begin(turnId, replied, drafted) {
      sql.exec(
        `update turns set state = 'active', waiting = null, replied = ?, drafted = ?, attempts = attempts + 1
         where turn_id = ?`,
        replied,
        Number(drafted),
        turnId,
      )
    },
    hold(turnId) {
      sql.exec(`update turns set state = 'held' where turn_id = ?`, turnId)
    },
    end(turnId) {
      sql.exec(`update turns set state = 'ended', stopped = 0 where turn_id = ?`, turnId)
    },
    endByPerson(turnId) {
      sql.exec(`update turns set state = 'ended', waiting = null, stopped = 0, by_person = 1 where turn_id = ?`, turnId)
    },
    requeue(turnId, changed) {
      const attempts = changed ? ', attempts = 0' : ''
      sql.exec(`update turns set state = 'waiting', waiting = ${NEXT_IN_LINE}${attempts} where turn_id = ?`, turnId)
    },
    stopWaiting(turnId) {
      sql.exec(`update turns set stopped = 1 where turn_id = ? and state = 'waiting'`, turnId)
    },
    question({ asked }) {
      return sql.exec<{ text: string }>('select text from messages where position = ?', asked).toArray()[0]?.text ?? ''
    },
    page({ turnId }) {
      const [row] = sql.exec<{ page: string | null }>('select page from turns where turn_id = ?', turnId).toArray()
      return readPage(JSON.parse(row?.page ?? 'null'))
    },
    questions: (maxChars) =>
      sql
        .exec<{ text: string }>(`select text from messages where role = 'visitor' and length(text) <= ?`, maxChars)
        .toArray()
        .map(({ text }) => text),
    history({ asked }, limit) {
      if (asked === 1) return []
      // to a model, whoever speaks for the celebrity's side is its own side
      return sql
        .exec<{ question: string | null; reply: string | null }>(
          `select asked as place, q.text as question, r.text as reply from turns
           join messages q on q.position = asked left join messages r on r.position = replied where asked < ?
           union all select position, null, text from messages where role = 'person' and position < ?
           order by place desc limit ?`,
          asked,
          asked,
          limit,
        )
        .toArray()
        .toReversed()
        .flatMap(({ question, reply }) => [
          ...(question === null ? [] : [{ role: 'visitor' as const, text: question }]),
          ...(reply ? [{ role: 'twin' as const, text: reply }] : []),
        ])
    },
    saidElsewhere({ turnId }) {
      const found = sql.exec(
        `select 1 from messages where role = 'twin' and text <> '' and turn_id <> ? limit 1`,
        turnId,
      )
      return found.toArray().length > 0
    },
    erase: () => void sql.exec('delete from turns'),
  }
}

function readPage(value: unknown): PageContext | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.fromEntries(
    Object.entries(value).filter((fact): fact is [string, string] => typeof fact[1] === 'string'),
  )
}
