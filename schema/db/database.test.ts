/** The connection over a line that dies: whoever waits for an answer hears of it. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { connectDatabase } from './database.ts'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function listen(begin: (write: (head: string) => void) => void): Promise<string> {
  const made = createServer((_request, response) => begin((head) => response.write(head)))
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line no-unsafe-type-assertion -- a server that listens on TCP has an AddressInfo
  const { port } = made.address() as AddressInfo
  return `http://127.0.0.1:${port}/sql`
}

describe('a batch', () => {
  it.each([
    ['never answers', undefined],
    ['stops in the middle of its answer', '{"results":['],
  ])('fails in time when the database %s', async (_case, head) => {
    const httpEndpoint = await listen((write) => head !== undefined && write(head))
    const database = connectDatabase({ url: 'postgres://app:x@db.example/twin', httpEndpoint, patienceMs: 100 })
    await expect(database.batch([database.execute(sql`select 1`)])).rejects.toThrow()
  })
})
