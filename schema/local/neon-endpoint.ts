/**
 * The `/sql` protocol of Neon's driver over HTTP, in front of any {@link SqlEngine}: what a machine without an account at
 * Neon talks to instead. Listens on the loopback interface only.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { authenticate, parseSqlRequest, type LoginSecrets, type SqlRequest } from './parse-sql-request.ts'
import { refuseStatement } from './refuse-statement.ts'
import type { SqlEngine, StatementAnswer } from './sql-engine.ts'
import { SqlError } from './sql-error.ts'

/** Largest request body, in bytes. */
export const MAX_SQL_REQUEST_BYTES = 8 * 1024 * 1024
/** Statements one batch holds at most. */
const MAX_BATCH_STATEMENTS = 1_000

export interface NeonEndpointOptions {
  readonly engine: SqlEngine
  readonly secrets: LoginSecrets
  /** 0 takes a free one. */
  readonly port: number
}

export interface NeonEndpoint {
  readonly port: number
  /** What `connectDatabase` takes as `httpEndpoint`. */
  readonly url: string
  /** Ends connections and waits until nothing is answered any more. */
  close(): Promise<void>
}

/** Starts the endpoint; resolves once it listens, rejects when the port is taken. */
export async function startNeonEndpoint({ engine, secrets, port }: NeonEndpointOptions): Promise<NeonEndpoint> {
  const server = createServer((request, response) => {
    answer(engine, secrets, request, response).catch((error: unknown) => {
      if (!response.headersSent) refuse(response, error)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The database endpoint has no port.')
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}/sql`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  engine: SqlEngine,
  secrets: LoginSecrets,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url === '/health') return send(response, 200, { ready: true })
  if (request.url !== '/sql') return send(response, 404, { message: 'Only /sql and /health are here.' })
  if (request.method !== 'POST') return send(response, 405, { message: 'Only POST is answered here.' })
  const login = authenticate(request.headers, secrets)
  const body = await readBody(request)
  if (body === undefined) return send(response, 413, { message: 'The request is larger than 8 MiB.' })
  const sql = parseSqlRequest(login, request.headers, body)
  if (sql.statements.length > MAX_BATCH_STATEMENTS) throw new SqlError('too many statements', { code: '54000' })
  for (const { query } of sql.statements) {
    const refusal = refuseStatement(query)
    if (refusal) throw new SqlError(`refused by the local endpoint: ${refusal}`, { code: '42501' })
  }
  const answers = await engine.transact(sql.login, sql.statements, sql.mode)
  const results = answers.map((one) => shape(one, sql))
  send(response, 200, sql.batch ? { results } : results[0])
}

function shape({ command, rowCount, fields, rows }: StatementAnswer, { arrayMode }: SqlRequest): unknown {
  const named = (row: readonly (string | null)[]) => Object.fromEntries(fields.map(({ name }, at) => [name, row[at]]))
  return { command, rowCount, fields, rows: arrayMode ? rows : rows.map(named), rowAsArray: arrayMode }
}

/** The body's text, or undefined when it is too large; then the rest is read and thrown away. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= MAX_SQL_REQUEST_BYTES) chunks.push(chunk)
    else chunks.length = 0
  }
  return bytes > MAX_SQL_REQUEST_BYTES ? undefined : Buffer.concat(chunks).toString('utf8')
}

function refuse(response: ServerResponse, error: unknown): void {
  if (error instanceof SqlError) return send(response, 400, { message: error.message, ...error.fields })
  // nothing of the statement: it may hold what a visitor said
  console.error('The database endpoint failed:', error instanceof Error ? error.message : 'unknown reason')
  send(response, 500, { message: 'The database endpoint failed.', code: 'XX000' })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
