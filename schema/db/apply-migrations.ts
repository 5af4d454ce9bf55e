/** Brings a database up to date with the committed SQL, each file once, and remembers what was applied. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

/** A session of the schema's owner, on PGlite or on a server. */
export interface OwnerSession {
  /** Runs SQL that may hold several statements. */
  run(text: string): Promise<void>
  /** Runs one statement and answers its rows. */
  query(text: string, values: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]>
}

export interface LoginPasswords {
  readonly twin_app?: string | undefined
  readonly twin_platform?: string | undefined
}

const DIRECTORY = new URL('./migrations/', import.meta.url)
const LOCK = 7_108_471_113 // any number of our own: two runners at once take turns

/**
 * Applies what is missing, all or nothing, and answers the names applied. Refuses when an applied file was changed.
 * Given passwords are set anew each time, so that a rotated one takes effect.
 */
export async function applyMigrations(session: OwnerSession, passwords: LoginPasswords = {}): Promise<string[]> {
  const files = await readMigrations()
  await session.run('begin')
  try {
    await session.query('select pg_advisory_xact_lock($1::bigint)', [String(LOCK)])
    await session.run(
      `create schema if not exists migrations;
       create table if not exists migrations.applied (
         name text primary key, sha256 text not null, applied_at timestamptz not null default now()
       );`,
    )
    const applied = await appliedDigests(session)
    const names: string[] = []
    for (const { name, text, sha256 } of files) {
      const known = applied.get(name)
      if (known === sha256) continue
      if (known !== undefined) throw new Error(`Migration ${name} was changed after it had been applied.`)
      for (const statement of text.split('--> statement-breakpoint')) await session.run(statement)
      await session.query('insert into migrations.applied (name, sha256) values ($1, $2)', [name, sha256])
      names.push(name)
    }
    for (const [role, password] of Object.entries(passwords)) {
      if (password !== undefined) await setPassword(session, role, password)
    }
    await session.run('commit')
    return names
  } catch (error) {
    await session.run('rollback')
    throw error
  }
}

async function readMigrations(): Promise<{ name: string; text: string; sha256: string }[]> {
  const names = (await readdir(DIRECTORY)).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, DIRECTORY), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex') }
    }),
  )
}

async function appliedDigests(session: OwnerSession): Promise<Map<string, string>> {
  const rows = await session.query('select name, sha256 from migrations.applied', [])
  return new Map(rows.map(({ name, sha256 }) => [String(name), String(sha256)]))
}

async function setPassword(session: OwnerSession, role: string, password: string): Promise<void> {
  // ALTER ROLE takes no parameters; the server quotes for us
  const [row] = await session.query(`select format('alter role %I password %L', $1::text, $2::text) as statement`, [
    role,
    password,
  ])
  await session.run(String(row?.['statement']))
}
