/**
 * `node schema/local/serve.ts [state folder]`: the local database, migrated and seeded, behind its Neon-compatible
 * endpoint on TWIN_DB_PORT (8790). The folder may also come from TWIN_STATE_DIR (`.twin`). Prints one line of JSON when
 * everything answers; ends on SIGINT, SIGTERM, or when the pipe that is its standard input closes.
 */
import { fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { connectDatabase } from '../db/database.ts'
import { loginSecrets } from './login-secrets.ts'
import { startNeonEndpoint } from './neon-endpoint.ts'
import { openPgliteStore } from './pglite-store.ts'
import { seed } from './seed.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const directory = positionals[0] ?? process.env['TWIN_STATE_DIR'] ?? '.twin'

try {
  await serve()
} catch (error) {
  console.error(reason(error))
  process.exit(1)
}

async function serve(): Promise<void> {
  const port = portOf('TWIN_DB_PORT', 8790)
  const ports = { worker: portOf('TWIN_PORT', 8787), demo: portOf('TWIN_DEMO_PORT', 8788) }
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
    // a parent that dies without a word leaves no orphan behind; a terminal or /dev/null is nobody's parent
    const input = fstatSync(0)
    if (!input.isFIFO() && !input.isSocket()) return
    process.stdin
      .once('end', () => resolve())
      .once('error', () => resolve())
      .resume()
  })
  const store = await openPgliteStore({ directory })
  try {
    const secrets = await loginSecrets(directory)
    const endpoint = await startNeonEndpoint({ engine: store.engine, secrets, port })
    const url = (login: keyof typeof secrets) => `postgres://${login}:${secrets[login]}@127.0.0.1:${endpoint.port}/twin`
    await seed(connectDatabase({ url: url('twin_platform'), httpEndpoint: endpoint.url }), ports)
    console.log(
      JSON.stringify({
        ready: true,
        httpEndpoint: endpoint.url,
        databaseUrl: url('twin_app'),
        platformDatabaseUrl: url('twin_platform'),
        migrated: store.migrated,
      }),
    )
    await ended
    await endpoint.close()
  } finally {
    await store.close()
  }
  process.exit(0)
}

function portOf(name: string, usual: number): number {
  const port = Number(process.env[name] ?? usual)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${name} must be a port number.`)
  return port
}

/** One line for the person who started it. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'The local database could not be started.'
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The port of the local database is taken. Set TWIN_DB_PORT to another one.'
  }
  return error.message
}
