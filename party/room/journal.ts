/**
 * Every numbered frame of a conversation, as it was sent. Deltas are rows of their own while a reply is written and one
 * row with cut marks once it has ended; a replay from any number gives the same bytes either way. Knows no sockets.
 */
import type { ConversationFrame, ReplyDeltaFrame } from '../../schema/wire/frames.ts'
import type { RoomStorage, SqlValue } from './room-storage.ts'

type Unnumbered<F> = F extends { readonly seq: number } ? Omit<F, 'seq'> : never
/** A frame before the journal gives it its number. */
export type NewFrame = Unnumbered<Exclude<ConversationFrame, ReplyDeltaFrame>>

export interface Journal {
  /** The last number used; 0 before the first. */
  readonly lastSeq: number
  /** Numbers and keeps a frame; returns it as it goes onto the wire. */
  append(frame: NewFrame): string
  /** The short form, for text of the running reply. */
  appendDelta(text: string): string
  /** Joins the running reply's deltas. Call it in the transaction that ends the reply. */
  compact(): void
  /** The running reply's text so far. */
  runningText(): string
  /** Everything after a number, in order, as it was sent. */
  replayAfter(seq: number): Iterable<string>
  /** Forgets every frame. Call it in the transaction that erases the conversation. */
  erase(): void
}

interface Row extends Record<string, SqlValue> {
  readonly seq: number
  readonly last: number
  readonly kind: string
  readonly body: string
  readonly cuts: string | null
}

/** The journal in a room's storage. */
export function openJournal({ sql }: RoomStorage): Journal {
  const [newest] = sql.exec<{ last: number | null }>('select max(last) as last from frames').toArray()
  let lastSeq = newest?.last ?? 0

  function keep(kind: 'frame' | 'delta', body: string): void {
    sql.exec('insert into frames (seq, last, kind, body) values (?, ?, ?, ?)', lastSeq + 1, lastSeq + 1, kind, body)
    lastSeq += 1 // only once the row stands: a number is never burnt
  }

  function deltas(): { seq: number; body: string }[] {
    return sql
      .exec<{ seq: number; body: string }>(`select seq, body from frames where kind = 'delta' order by seq`)
      .toArray()
  }

  return {
    get lastSeq() {
      return lastSeq
    },
    append(frame) {
      const body = encodeFrame({ ...frame, seq: lastSeq + 1 })
      keep('frame', body)
      return body
    },
    appendDelta(text) {
      keep('delta', text)
      return encodeDelta(lastSeq, text)
    },
    compact() {
      for (const run of runs(deltas())) {
        const [first] = run
        if (!first) continue
        const last = first.seq + run.length - 1
        const cuts = JSON.stringify(run.map(({ body }) => body.length))
        sql.exec('delete from frames where seq between ? and ?', first.seq, last)
        sql.exec(
          `insert into frames (seq, last, kind, body, cuts) values (?, ?, 'deltas', ?, ?)`,
          first.seq,
          last,
          run.map(({ body }) => body).join(''),
          cuts,
        )
      }
    },
    runningText() {
      return deltas()
        .map(({ body }) => body)
        .join('')
    },
    *replayAfter(seq) {
      const rows = sql.exec<Row>('select seq, last, kind, body, cuts from frames where last > ? order by seq', seq)
      for (const row of rows) yield* wireFrames(row, seq)
    },
    erase() {
      sql.exec('delete from frames')
      lastSeq = 0
    },
  }
}

function* wireFrames({ seq, kind, body, cuts }: Row, after: number): Generator<string> {
  if (kind === 'frame') yield body
  else if (kind === 'delta') yield encodeDelta(seq, body)
  else {
    let from = 0
    let number = seq
    for (const chars of parseCuts(cuts)) {
      if (number > after) yield encodeDelta(number, body.slice(from, from + chars))
      from += chars
      number += 1
    }
  }
}

function parseCuts(cuts: string | null): number[] {
  const value: unknown = JSON.parse(cuts ?? '[]')
  return Array.isArray(value) ? value.filter((chars) => typeof chars === 'number') : []
}

/** A visitor's message may come between two deltas: what is joined must be gapless. */
function runs<R extends { readonly seq: number }>(rows: readonly R[]): R[][] {
  const found: R[][] = []
  for (const row of rows) {
    const run = found.at(-1)
    if (run && run[0] && run[0].seq + run.length === row.seq) run.push(row)
    else found.push([row])
  }
  return found
}

function encodeFrame(frame: Exclude<ConversationFrame, ReplyDeltaFrame>): string {
  return JSON.stringify(frame)
}

function encodeDelta(seq: number, text: string): string {
  return JSON.stringify([seq, text] satisfies ReplyDeltaFrame)
}
