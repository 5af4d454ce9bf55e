/** Reads a request of the driver's `/sql` protocol: who asks, what, and how the answer is to look. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { LOGINS, type Login, type Statement, type TransactionMode } from './sql-engine.ts'
import { SqlError } from './sql-error.ts'

export type LoginSecrets = Readonly<Record<Login, string>>

export interface SqlRequest {
  readonly login: Login
  readonly statements: readonly Statement[]
  /** Several statements answer as `results`, one as itself. */
  readonly batch: boolean
  readonly mode: TransactionMode
  readonly arrayMode: boolean
}

const ISOLATIONS = {
  ReadUncommitted: 'read uncommitted',
  ReadCommitted: 'read committed',
  RepeatableRead: 'repeatable read',
  Serializable: 'serializable',
} as const

/** The login of the `Neon-Connection-String` header, when its password is right. Throws a {@link SqlError} otherwise. */
export function authenticate(headers: IncomingHttpHeaders, secrets: LoginSecrets): Login {
  const address = headers['neon-connection-string']
  if (typeof address !== 'string' || !URL.canParse(address)) {
    throw new SqlError('the header Neon-Connection-String is missing or no connection string', { code: '28000' })
  }
  const { username, password } = new URL(address)
  const name = decodeURIComponent(username)
  const login = LOGINS.find((known) => known === name)
  // an unknown role costs the same comparison and gets the same answer as a wrong password
  const right = sameText(decodeURIComponent(password), secrets[login ?? LOGINS[0]])
  if (!login || !right) {
    throw new SqlError(`password authentication failed for user '${name.slice(0, 63)}'`, { code: '28P01' })
  }
  return login
}

/** The rest of the request; `body` is its JSON text. Throws a {@link SqlError} when it is not as it must be. */
export function parseSqlRequest(login: Login, headers: IncomingHttpHeaders, body: string): SqlRequest {
  if (headers['neon-raw-text-output'] !== 'true') throw invalid('only raw text output is spoken here')
  const value = parseJson(body)
  const isolation = headers['neon-batch-isolation-level']
  if (isolation !== undefined && !isIsolation(isolation)) throw invalid('unknown isolation level')
  const mode: TransactionMode = {
    isolation: isolation === undefined ? undefined : ISOLATIONS[isolation],
    readOnly: flag(headers['neon-batch-read-only']),
    deferrable: flag(headers['neon-batch-deferrable']),
  }
  const arrayMode = headers['neon-array-mode'] === 'true'
  if (isObject(value) && Array.isArray(value['queries'])) {
    return { login, statements: value['queries'].map(parseStatement), batch: true, mode, arrayMode }
  }
  return { login, statements: [parseStatement(value)], batch: false, mode: {}, arrayMode }
}

function parseStatement(value: unknown): Statement {
  if (!isObject(value) || typeof value['query'] !== 'string') throw invalid('a statement needs a query')
  const params = value['params'] ?? []
  if (!Array.isArray(params)) throw invalid('params must be a list')
  return { query: value['query'], params: params.map(parseParam) }
}

function parseParam(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw invalid('a parameter must be a string, a number, a boolean or null')
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw invalid('the body is not JSON')
  }
}

function isIsolation(value: unknown): value is keyof typeof ISOLATIONS {
  return typeof value === 'string' && Object.hasOwn(ISOLATIONS, value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function flag(value: string | string[] | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 'true'
}

function invalid(message: string): SqlError {
  return new SqlError(message, { code: '08P01' })
}

function sameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
