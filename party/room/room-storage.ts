/** The room's own SQLite: what it must offer, and its tables. Knows nothing of what they mean. */

/** The part of a Durable Object's storage that the room's memory needs. */
export interface RoomStorage {
  readonly sql: RoomSql
  transactionSync<T>(closure: () => T): T
}

/** What a column may hold. */
export type SqlValue = string | number | null | ArrayBuffer

export interface RoomSql {
  exec<T extends Record<string, SqlValue>>(
    query: string,
    ...bindings: (string | number | null)[]
  ): Iterable<T> & { toArray(): T[] }
}

/** What is known of the room itself, as JSON. */
const FACTS = `create table if not exists facts (name text primary key, value text not null) without rowid`

const TABLES = [
  // numbered frames; a row covers the numbers seq to last
  `create table if not exists frames (
     seq integer primary key, last integer not null, kind text not null, body text not null, cuts text)`,
  `create table if not exists messages (
     position integer primary key, id text not null, message_id text not null, turn_id text not null,
     role text not null, text text not null, at text not null, outcome text, reason text, model text, sources text)`,
  `create unique index if not exists messages_by_id on messages (role, message_id)`,
  // asked and replied are positions; waiting orders the queue and is null otherwise
  `create table if not exists turns (
     turn_id text primary key, asked integer not null unique, replied integer, state text not null,
     waiting integer, attempts integer not null default 0, stopped integer not null default 0) without rowid`,
  `create index if not exists turns_waiting on turns (waiting) where waiting is not null`,
  // on their way to the archive: positions of messages that changed, and guardrails that tripped (ratings: below)
  `create table if not exists outbox (position integer primary key, revision integer not null)`,
  `create table if not exists outbox_flags (
     id text primary key, turn_id text not null, reason text not null, rule text not null, at text not null) without rowid`,
  // rows the archive refused, and when to try again: m and a position, f and a flag's id, r and a turn's, e and an event's
  `create table if not exists outbox_aside (
     row text primary key, attempts integer not null, at integer not null) without rowid`,
  `create table if not exists duties (name text primary key, at integer not null) without rowid`,
]

/** What rooms that are older do not have yet, in the order it came. Never changed, only added to. */
const STEPS: readonly (readonly string[])[] = [
  TABLES,
  [
    // the visitor's changes of a question; a reply's rating and follow-ups (JSON)
    `alter table messages add column edits integer not null default 0`,
    `alter table messages add column rating text`,
    `alter table messages add column follow_ups text`,
    // what the page stated when the visitor asked (JSON)
    `alter table turns add column page text`,
    `create table outbox_ratings (
       turn_id text primary key, revision integer not null, rating text, reason text, comment text, at text not null)
     without rowid`,
  ],
  [
    // people of the celebrity's side: who wrote a message, how often and by whom a reply was changed
    `alter table messages add column author text`,
    `alter table messages add column author_id text`,
    `alter table messages add column revisions integer not null default 0`,
    `alter table messages add column revised_by text`,
    // counts every change of the row, so that the archive knows the newer of two
    `alter table messages add column version integer not null default 0`,
    // a reply that is written out of sight; a question that a person answered
    `alter table turns add column drafted integer not null default 0`,
    `alter table turns add column by_person integer not null default 0`,
    `create table draft_pieces (piece integer primary key, text text not null)`,
    `create table outbox_events (
       id text primary key, type text not null, actor text not null, payload text not null, at text not null)
     without rowid`,
  ],
  [
    // calls of models, in figures alone: from before the call until the archive has it
    `create table calls (
       id text primary key, turn_id text not null, attempt integer not null, model text not null, at text not null,
       input_tokens integer not null, output_tokens integer not null default 0,
       estimated integer not null default 1, settled integer not null default 0) without rowid`,
  ],
  [
    // what a budget was asked for: from before it is asked until it knows what the call came to; null: not known yet
    `create table reservations (call_id text primary key, tokens integer) without rowid`,
    // a digest of where the question came from
    `alter table turns add column address text`,
  ],
  [
    // tickets that have opened a line
    `create table tickets (id text primary key, until integer not null) without rowid`,
  ],
]

/** Brings the storage up to date: tables where they are missing, columns where a room is older than they are. */
export function prepareStorage(storage: RoomStorage): void {
  const { sql } = storage
  sql.exec(FACTS)
  const [known] = sql.exec<{ value: string }>(`select value from facts where name = 'storage'`).toArray()
  const done = known === undefined ? 0 : Number(known.value)
  if (done >= STEPS.length) return
  storage.transactionSync(() => {
    for (const statement of STEPS.slice(done).flat()) sql.exec(statement)
    sql.exec(`insert or replace into facts (name, value) values ('storage', ?)`, String(STEPS.length))
  })
}
