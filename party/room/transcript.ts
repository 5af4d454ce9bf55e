/** Messages by position, as a transcript shows them, in pages that fit a frame. Knows no sockets and no turns. */
import type { PersonClaims } from '../../schema/domain/claims.ts'
import type { MessageRecord, Rating, ReplyOutcome, ReplyReason, Source } from '../../schema/wire/frames.ts'
import { MAX_FRAME_BYTES, MAX_PAGE_MESSAGES } from '../../schema/wire/limits.ts'
import { parseId, type Id } from '../../schema/domain/id.ts'
import type { ArchivedMessage } from '../core/ports.ts'
import type { RoomStorage, SqlValue } from './room-storage.ts'

/** What the frame around a page may take. */
const ENVELOPE_BYTES = 2 * 1024

export interface NewMessage {
  readonly id: Id<'message'>
  readonly messageId: string
  readonly turnId: string
  readonly role: MessageRecord['role']
  readonly text: string
  readonly at: string
  /** Who of the celebrity's side wrote it. */
  readonly author?: Pick<PersonClaims, 'personId' | 'name'>
}

export interface ReplyResult {
  readonly text: string
  readonly outcome: ReplyOutcome
  readonly reason?: ReplyReason | undefined
  readonly sources?: readonly Source[] | undefined
  readonly followUps?: readonly string[] | undefined
  readonly model: string | null
}

export interface TranscriptPage {
  readonly messages: readonly MessageRecord[]
  /** Position to ask older messages before, or null when there are none. */
  readonly before: number | null
}

/** The reply that is being written, and what visitors may read of it so far. */
export interface RunningReply {
  readonly turnId: string
  readonly text: string
  /** It is written, and waits for a person. */
  readonly held: boolean
}

export interface Transcript {
  count(): number
  /** Puts a message at the end; returns its position. */
  add(message: NewMessage): number
  /** The visitor changed a message; `edits` counts how often. */
  edit(position: number, text: string, edits: number): void
  edits(position: number): number
  /** The turn of a person's message, by the id its writer gave it. */
  turnOfPerson(messageId: string): string | undefined
  /** A person changed a reply; `revisions` counts how often. */
  revise(position: number, text: string, revisions: number, personId: string): void
  revisions(position: number): number
  /** The id a message goes by. */
  messageId(position: number): string
  /** A reply is void, and begins anew at its place. */
  clearReply(position: number, at: string): void
  endReply(position: number, result: ReplyResult): void
  rating(position: number): Rating | null
  rate(position: number, rating: Rating | null): void
  /** The newest messages before a position, oldest first. */
  page(before: number | null, running: RunningReply | undefined, limit?: number): TranscriptPage
  archived(position: number): ArchivedMessage | undefined
  /** Forgets every message. Call it in the transaction that erases the conversation. */
  erase(): void
}

interface Row extends Record<string, SqlValue> {
  readonly position: number
  readonly id: string
  readonly message_id: string
  readonly turn_id: string
  readonly role: MessageRecord['role']
  readonly text: string
  readonly at: string
  readonly outcome: ReplyOutcome | null
  readonly reason: ReplyReason | null
  readonly model: string | null
  readonly sources: string | null
  readonly edits: number
  readonly rating: Rating | null
  readonly follow_ups: string | null
  readonly author: string | null
  readonly author_id: string | null
  readonly revisions: number
  readonly revised_by: string | null
  readonly version: number
}

/** The transcript in a room's storage. */
export function openTranscript({ sql }: RoomStorage): Transcript {
  function count(): number {
    return sql.exec<{ n: number }>('select count(*) as n from messages').toArray()[0]?.n ?? 0
  }

  return {
    count,
    add({ id, messageId, turnId, role, text, at, author }) {
      const position = count() + 1
      sql.exec(
        `insert into messages (position, id, message_id, turn_id, role, text, at, author, author_id)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        position,
        id,
        messageId,
        turnId,
        role,
        text,
        at,
        author?.name ?? null,
        author?.personId ?? null,
      )
      return position
    },
    edit(position, text, edits) {
      sql.exec('update messages set text = ?, edits = ? where position = ?', text, edits, position)
    },
    edits: (position) =>
      sql.exec<{ edits: number }>('select edits from messages where position = ?', position).toArray()[0]?.edits ?? 0,
    turnOfPerson: (messageId) =>
      sql
        .exec<{ id: string }>(`select turn_id as id from messages where role = 'person' and message_id = ?`, messageId)
        .toArray()[0]?.id,
    revise(position, text, revisions, personId) {
      sql.exec(
        'update messages set text = ?, revisions = ?, revised_by = ? where position = ?',
        text,
        revisions,
        personId,
        position,
      )
    },
    revisions: (position) =>
      sql.exec<{ n: number }>('select revisions as n from messages where position = ?', position).toArray()[0]?.n ?? 0,
    messageId: (position) =>
      sql.exec<{ id: string }>('select message_id as id from messages where position = ?', position).toArray()[0]?.id ??
      '',
    clearReply(position, at) {
      sql.exec(
        `update messages set text = '', at = ?, outcome = null, reason = null, model = null, sources = null,
           rating = null, follow_ups = null, revisions = 0, revised_by = null
         where position = ?`,
        at,
        position,
      )
    },
    rating: (position) =>
      sql.exec<{ rating: Rating | null }>('select rating from messages where position = ?', position).toArray()[0]
        ?.rating ?? null,
    rate(position, rating) {
      sql.exec('update messages set rating = ? where position = ?', rating, position)
    },
    endReply(position, { text, outcome, reason, sources, followUps, model }) {
      sql.exec(
        `update messages set text = ?, outcome = ?, reason = ?, model = ?, sources = ?, follow_ups = ?
         where position = ?`,
        text,
        outcome,
        reason ?? null,
        model,
        sources?.length ? JSON.stringify(sources) : null,
        followUps?.length ? JSON.stringify(followUps) : null,
        position,
      )
    },
    page(before, running, limit = MAX_PAGE_MESSAGES) {
      const rows = sql.exec<Row>(
        'select * from messages where position < ? order by position desc limit ?',
        before ?? Number.MAX_SAFE_INTEGER,
        limit,
      )
      const newest = count()
      const encoder = new TextEncoder()
      const messages: MessageRecord[] = []
      let left = MAX_FRAME_BYTES - ENVELOPE_BYTES
      for (const row of rows.toArray()) {
        const record = toRecord(row, running, row.position === newest)
        left -= encoder.encode(JSON.stringify(record)).length + 1
        if (left < 0 && messages.length > 0) break // the rest is one more page
        messages.unshift(record)
      }
      const eldest = messages[0]?.position ?? 1
      return { messages, before: eldest > 1 ? eldest : null }
    },
    archived(position) {
      const [row] = sql.exec<Row>('select * from messages where position = ?', position).toArray()
      const id = parseId<'message'>(row?.id)
      const turnId = parseId<'turn'>(row?.turn_id)
      if (!row || !id || !turnId) return undefined
      const { role, text, at, outcome, reason, model, edits, author, revisions, version } = row
      return {
        id,
        turnId,
        position,
        role,
        text,
        at,
        outcome,
        reason,
        model,
        sources: parseList(row.sources).filter(isSource),
        edits,
        author,
        authorId: row.author_id,
        revisions,
        revisedBy: row.revised_by,
        version,
      }
    },
    erase: () => void sql.exec('delete from messages'),
  }
}

function toRecord(row: Row, running: RunningReply | undefined, isNewest: boolean): MessageRecord {
  const { position, message_id: messageId, turn_id: turnId, role, at, outcome, reason, edits, rating, author } = row
  const isRunning = role === 'twin' && outcome === null && turnId === running?.turnId
  const sources = parseList(row.sources).filter(isSource)
  const followUps = isNewest ? parseList(row.follow_ups).filter((text) => typeof text === 'string') : []
  return {
    position,
    messageId,
    turnId,
    role,
    text: isRunning ? running.text : row.text,
    at,
    ...(outcome !== null && { outcome }),
    ...(reason !== null && { reason }),
    ...(sources.length > 0 && { sources }),
    ...(followUps.length > 0 && { followUps }),
    ...(rating !== null && { rating }),
    ...(edits > 0 && { edits }),
    ...(author !== null && { author }),
    ...(row.revisions > 0 && { revisions: row.revisions }),
    ...(isRunning && running.held && { held: true as const }),
  }
}

function parseList(json: string | null): unknown[] {
  const value: unknown = JSON.parse(json ?? '[]')
  return Array.isArray(value) ? value : []
}

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string'
}
