/** The local database as a process: ready, alone, ending cleanly, and remembering. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '../db/database.ts'
import { celebrities } from '../db/tables/celebrities.ts'
import { withPlatform } from '../db/with-platform.ts'
import { CAST } from './cast.ts'

const SCRIPT = fileURLToPath(new URL('serve.ts', import.meta.url))

interface Ready {
  readonly ready: true
  readonly httpEndpoint: string
  readonly databaseUrl: string
  readonly platformDatabaseUrl: string
  readonly migrated: readonly string[]
}

describe('the local database', { timeout: 60_000 }, () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-serve-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const start = (port = '0') =>
    spawn(process.execPath, [SCRIPT, folder], { env: { ...process.env, TWIN_DB_PORT: port } })

  async function ready(child: ChildProcessWithoutNullStreams): Promise<Ready> {
    for await (const line of createInterface(child.stdout)) return JSON.parse(line)
    throw new Error('The local database ended before it was ready.')
  }

  async function refused(child: ChildProcessWithoutNullStreams): Promise<string> {
    let text = ''
    child.stderr.on('data', (chunk) => (text += chunk))
    const [code] = await once(child, 'close')
    expect(code).toBe(1)
    return text
  }

  const rename = ({ platformDatabaseUrl, httpEndpoint }: Ready, tagline: string) => {
    const db = connectDatabase({ url: platformDatabaseUrl, httpEndpoint })
    return withPlatform(db, db.update(celebrities).set({ tagline }).where(eq(celebrities.id, CAST.remy.celebrityId)))
  }

  it('starts, refuses a second process, ends on SIGTERM, and remembers at the next start', async () => {
    const first = start()
    const address = await ready(first)
    expect(address.migrated.length).toBeGreaterThan(0)
    await rename(address, 'Remembered')
    expect(await refused(start())).toMatch(/^The database folder .* is in use by process \d+\.\n$/)
    first.kill('SIGTERM')
    expect(await once(first, 'exit')).toEqual([0, null])
    expect(await readdir(folder)).toEqual(['database-logins.json', 'postgres'])
    expect((await stat(join(folder, 'database-logins.json'))).mode & 0o077).toBe(0)

    const second = start(new URL(address.httpEndpoint).port)
    const again = await ready(second)
    expect(again).toEqual({ ...address, migrated: [] })
    const db = connectDatabase({ url: again.platformDatabaseUrl, httpEndpoint: again.httpEndpoint })
    const [rows] = await withPlatform(
      db,
      db.select().from(celebrities).where(eq(celebrities.id, CAST.remy.celebrityId)),
    )
    expect(rows[0]?.tagline).toBe('Remembered')
    second.stdin.end() // as when its parent has died
    expect(await once(second, 'exit')).toEqual([0, null])
  })

  it('loses nothing that was answered when it is killed, and starts again over the dead one’s lock', async () => {
    const first = start()
    const address = await ready(first)
    await rename(address, 'Durable')
    first.kill('SIGKILL')
    await once(first, 'exit')
    const second = start()
    const again = await ready(second)
    const db = connectDatabase({ url: again.platformDatabaseUrl, httpEndpoint: again.httpEndpoint })
    const [rows] = await withPlatform(
      db,
      db.select().from(celebrities).where(eq(celebrities.id, CAST.remy.celebrityId)),
    )
    expect(rows[0]?.tagline).toBe('Durable')
    second.kill('SIGINT')
    expect(await once(second, 'exit')).toEqual([0, null])
  })

  it('says in one line that its port is no port', async () => {
    expect(await refused(start('eighty'))).toBe('TWIN_DB_PORT must be a port number.\n')
  })
})
