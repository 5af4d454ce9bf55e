/**
 * A room's memory as it lies on the disk: what really stands there, and the way to a long conversation without a long
 * wait. Written only while the Worker is down.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface RoomFile {
  readonly conversationId: string
  /** Every value of every table, one after the other. */
  words(): string
  /** Turns that were asked and answered, after those that are there. */
  add(turns: readonly { readonly question: string; readonly reply: string }[]): void
  close(): void
}

/** Finds a conversation's room by its owner. */
export function openRoomFile(roomsFolder: string, conversationId: string): RoomFile {
  const [room] = openRoomFiles(roomsFolder, [conversationId])
  if (!room) throw new Error(`No room remembers ${conversationId}.`)
  return room
}

/** Finds the rooms of several conversations, one after the other, in no order; each is to be closed before the next. */
export function* openRoomFiles(roomsFolder: string, conversationIds: readonly string[]): Generator<RoomFile> {
  const folder = join(roomsFolder, 'do/vibethink-twin-TwinRoom')
  const left = new Set(conversationIds)
  for (const name of readdirSync(folder).filter((one) => /^[0-9a-f]{64}\.sqlite$/.test(one))) {
    if (left.size === 0) return
    const database = new DatabaseSync(join(folder, name))
    const facts = allOf(database, 'facts')
    const found = Array.from(left).find((id) => facts.includes(id))
    if (found === undefined) database.close()
    else {
      left.delete(found)
      yield roomFile(database, found)
    }
  }
}

function roomFile(database: DatabaseSync, conversationId: string): RoomFile {
  return {
    conversationId,
    words() {
      const tables = database.prepare(`select name from sqlite_schema where type = 'table'`).all()
      return tables.map(({ name }) => allOf(database, String(name))).join('\n')
    },
    add(turns) {
      const message = database.prepare(
        `insert into messages (position, id, message_id, turn_id, role, text, at, outcome) values (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      const turn = database.prepare(
        `insert into turns (turn_id, asked, replied, state, attempts) values (?, ?, ?, 'ended', 1)`,
      )
      const [counted] = database.prepare('select count(*) as n from messages').all()
      let position = Number(counted?.['n'])
      const now = Date.now()
      database.exec('begin')
      for (const { question, reply } of turns) {
        const turnId = randomUUID()
        const at = new Date(now + position).toISOString()
        message.run(++position, randomUUID(), randomUUID(), turnId, 'visitor', question, at, null)
        const id = randomUUID()
        message.run(++position, id, id, turnId, 'twin', reply, at, 'answered')
        turn.run(turnId, position - 1, position)
      }
      database.exec('commit')
    },
    close: () => database.close(),
  }
}

/** (Virtual and internal tables of the runtime may refuse to be read.) */
function allOf(database: DatabaseSync, table: string): string {
  try {
    return JSON.stringify(database.prepare(`select * from "${table}"`).all())
  } catch {
    return ''
  }
}
