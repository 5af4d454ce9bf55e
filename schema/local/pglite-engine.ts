/**
 * Transactions over PGlite, each as one login. PGlite has a single session whose user is a superuser, so every
 * transaction begins by becoming the login. `SET LOCAL SESSION AUTHORIZATION` does what `SET LOCAL ROLE` does and more:
 * a later `SET ROLE` is judged by the login's own memberships, of which there are none.
 */
import { protocol, type PGlite, type messages } from '@electric-sql/pglite'
import type { Login, SqlEngine, Statement, StatementAnswer, StatementField, TransactionMode } from './sql-engine.ts'
import { SqlError } from './sql-error.ts'

/** An engine over one PGlite; transactions wait for each other. */
export function pgliteEngine(db: PGlite): SqlEngine {
  return {
    transact: (login, statements, mode) => db.runExclusive(() => transact(db, login, statements, mode)),
  }
}

async function transact(
  db: PGlite,
  login: Login,
  statements: readonly Statement[],
  mode: TransactionMode,
): Promise<readonly StatementAnswer[]> {
  await execute(db, { query: begin(mode), params: [] })
  try {
    await execute(db, { query: `set local session authorization ${login}`, params: [] })
    const answers: StatementAnswer[] = []
    for (const statement of statements) answers.push(await execute(db, statement))
    await proveIdentity(db, login)
    await execute(db, { query: 'commit', params: [] })
    return answers
  } catch (error) {
    await execute(db, { query: 'rollback', params: [] })
    throw error
  }
}

function begin({ isolation, readOnly, deferrable }: TransactionMode): string {
  const words = ['begin']
  if (isolation) words.push(`isolation level ${isolation}`)
  if (readOnly !== undefined) words.push(readOnly ? 'read only' : 'read write')
  if (deferrable !== undefined) words.push(deferrable ? 'deferrable' : 'not deferrable')
  return words.join(' ')
}

/** Whatever a statement has managed to become, it answers nothing and keeps nothing. */
async function proveIdentity(db: PGlite, login: Login): Promise<void> {
  const { rows } = await execute(db, { query: 'select session_user, current_user', params: [] })
  if (rows[0]?.every((name) => name === login)) return
  throw new SqlError('the transaction no longer speaks as its login', { code: '42501' })
}

async function execute(db: PGlite, { query, params }: Statement): Promise<StatementAnswer> {
  const { parse, bind, describe, execute: run, sync } = protocol.serialize
  const parts = [parse({ text: query }), bind({ values: [...params] }), describe({ type: 'P' }), run(), sync()]
  const { messages: answers } = await db.execProtocol(Buffer.concat(parts), { throwOnError: false })
  const fields: StatementField[] = []
  const rows: (string | null)[][] = []
  let tag = ''
  for (const message of answers) {
    if (message instanceof protocol.messages.DatabaseError) {
      throw SqlError.from(message) ?? new SqlError(message.message, { code: 'XX000' })
    }
    if (message instanceof protocol.messages.RowDescriptionMessage) fields.push(...message.fields.map(field))
    if (message instanceof protocol.messages.DataRowMessage) rows.push(message.fields)
    if (message instanceof protocol.messages.CommandCompleteMessage) tag = message.text
  }
  return { ...completion(tag), fields, rows }
}

function field(described: messages.Field): StatementField {
  const { name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier } = described
  return { name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, format: 'text' }
}

/** A command tag: `SELECT 3`, `INSERT 0 1`, `COMMIT`. */
function completion(tag: string): { command: string; rowCount: number | null } {
  const [command = '', ...numbers] = tag.split(' ')
  const count = Number(numbers.at(-1))
  return { command, rowCount: numbers.length > 0 && Number.isInteger(count) ? count : null }
}
