/**
 * A migrated database behind the endpoint, for tests: PGlite always, and a real server as well when TEST_DATABASE_URL
 * (a superuser's) is set. Each test file gets a database of its own.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe } from 'vitest'
import { applyMigrations } from '../../db/apply-migrations.ts'
import { connectPostgres } from '../../db/connect-postgres.ts'
import { connectDatabase, type Database } from '../../db/database.ts'
import { startNeonEndpoint } from '../neon-endpoint.ts'
import { openPgliteStore } from '../pglite-store.ts'
import type { Login, SqlEngine } from '../sql-engine.ts'
import { postgresEngine } from './postgres-engine.ts'

export type Rows = readonly Readonly<Record<string, unknown>>[]

export interface Owner {
  query(text: string, values?: readonly unknown[]): Promise<Rows>
  run(text: string): Promise<void>
  /** Prepares something, asks one question, and leaves nothing of it. */
  rolledBack(preparation: string, question: string): Promise<Rows>
}

/** Roles belong to the whole server, so databases used at the same time must agree. */
const PASSWORD = 'a-password-for-tests'

export interface TestDatabase {
  /** The Worker's login. */
  readonly app: Database
  /** The platform's login. */
  readonly platform: Database
  readonly endpointUrl: string
  urlOf(login: Login): string
  /** The superuser's session, which sees behind the policies. */
  readonly owner: Owner
  close(): Promise<void>
}

/** Registers the same tests for PGlite and, when there is one, for a real server; visibly skipped when there is none. */
export function describeOnEveryDatabase(name: string, tests: (database: () => TestDatabase) => void): void {
  describe(`${name} (PGlite)`, () => around(openOnPglite, tests))
  const url = process.env['TEST_DATABASE_URL']
  describe.skipIf(!url)(`${name} (the server of TEST_DATABASE_URL)`, () => around(() => openOnServer(url ?? ''), tests))
}

function around(open: () => Promise<TestDatabase>, tests: (database: () => TestDatabase) => void): void {
  let opened: TestDatabase | undefined
  beforeAll(async () => {
    opened = await open()
  }, 90_000)
  afterAll(() => opened?.close())
  tests(() => {
    if (!opened) throw new Error('The test database is not open.')
    return opened
  })
}

async function openOnPglite(): Promise<TestDatabase> {
  const store = await openPgliteStore({})
  const owner = ownerOf({
    query: async (text, values = []) => (await store.owner.query<Record<string, unknown>>(text, [...values])).rows,
    run: async (text) => void (await store.owner.exec(text)),
  })
  return serve(store.engine, owner, () => store.close())
}

async function openOnServer(url: string): Promise<TestDatabase> {
  const name = `twin_test_${randomBytes(6).toString('hex')}`
  const server = await connectPostgres(url)
  await server.query(`create database ${name}`)
  const client = await connectPostgres(at(url, { pathname: name }))
  const owner = ownerOf({
    query: async (text, values = []) => (await client.query(text, [...values])).rows,
    run: async (text) => void (await client.query(text)),
  })
  await applyMigrations(owner, { twin_app: PASSWORD, twin_platform: PASSWORD })
  const engine = postgresEngine((login) => at(url, { pathname: name, username: login, password: PASSWORD }))
  const close = async () => {
    await engine.close()
    await client.end()
    await server.query(`drop database ${name}`)
    await server.end()
  }
  return serve(engine, owner, close)
}

async function serve(engine: SqlEngine, owner: Owner, close: () => Promise<void>): Promise<TestDatabase> {
  const endpoint = await startNeonEndpoint({
    engine,
    secrets: { twin_app: PASSWORD, twin_platform: PASSWORD },
    port: 0,
  })
  const urlOf = (login: Login) => `postgres://${login}:${PASSWORD}@127.0.0.1:${endpoint.port}/twin`
  return {
    app: connectDatabase({ url: urlOf('twin_app'), httpEndpoint: endpoint.url }),
    platform: connectDatabase({ url: urlOf('twin_platform'), httpEndpoint: endpoint.url }),
    endpointUrl: endpoint.url,
    urlOf,
    owner,
    close: async () => {
      await endpoint.close()
      await close()
    },
  }
}

function at(url: string, parts: { pathname: string; username?: string; password?: string }): string {
  return Object.assign(new URL(url), parts).href
}

function ownerOf(session: Pick<Owner, 'query' | 'run'>): Owner {
  return {
    ...session,
    rolledBack: async (preparation, question) => {
      await session.run('begin')
      try {
        await session.run(preparation)
        return await session.query(question)
      } finally {
        await session.run('rollback')
      }
    },
  }
}
