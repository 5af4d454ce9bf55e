/** The local runtime itself: what it hands to a Worker, what it keeps, and how it ends. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorker } from '../../edge/local/start-worker.ts'
import type { RunningWorker } from '../../edge/local/start-worker.ts'
import { rawRequest } from '../wire/raw-request.ts'

let folder: string
let worker: RunningWorker

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-runtime-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets', 'hello.txt'), 'hello')
  worker = await start()
})

afterAll(async () => {
  await worker?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('a local Worker', () => {
  it.each([
    ['an https Origin on its own host', 'twin.marlow.localhost:8787', ['https://twin.marlow.localhost:8787']],
    ['an http Origin on its own host', 'localhost:8787', ['http://localhost:8787']],
    ['an Origin in capitals', 'localhost', ['HTTP://REMYVALE.localhost']],
    ['an Origin with a trailing dot', 'localhost', ['http://remyvale.localhost.:8788']],
    ['an Origin that says null', 'localhost', ['null']],
    ['two origins in one header', 'localhost', ['http://a.localhost, http://b.localhost']],
    ['two Origin headers', 'localhost', ['http://a.localhost', 'http://b.localhost']],
    ['no Origin', 'localhost', []],
    ['a foreign Host', 'evil.example', ['http://evil.example']],
    ['a Host in capitals with a trailing dot', 'LOCALHOST.', ['http://localhost']],
  ])('is told the truth about %s', async (_case, host, origins) => {
    const headers = [['Host', host] as const, ...origins.map((origin) => ['Origin', origin] as const)]
    const { body } = await rawRequest({ port: worker.port, path: '/told', headers })
    expect(JSON.parse(body)).toMatchObject({ host, origin: origins.length > 0 ? origins.join(', ') : null })
  })

  it('is asked before any file is served', async () => {
    const direct = await rawRequest({ port: worker.port, path: '/hello.txt', headers: [['Host', 'localhost']] })
    expect(JSON.parse(direct.body)).toMatchObject({ host: 'localhost' })
    const asked = await rawRequest({ port: worker.port, path: '/files/hello.txt', headers: [['Host', 'localhost']] })
    expect(asked.body).toBe('hello')
  })

  it('shows a visitor nothing of an exception', async () => {
    const { status, body } = await rawRequest({ port: worker.port, path: '/throw', headers: [['Host', 'localhost']] })
    expect(status).toBe(500)
    expect(body).not.toContain('words of the inside')
  })

  it('keeps rooms and alarms over a kill, which leaves nobody listening', async () => {
    const before = await count('/count-and-ring')
    const { port } = worker
    await worker.kill()
    await expect(rawRequest({ port, path: '/', headers: [['Host', 'localhost']] })).rejects.toThrow()
    worker = await start()
    expect((await count('/count')).count).toBe(before.count + 1)
    await expect.poll(async () => (await count('/count')).rang, { timeout: 10_000 }).toBe(before.rang + 1)
  })

  it('says in one line that its port is taken', async () => {
    await expect(start(worker.port)).rejects.toThrow(/^Port \d+ is taken: [^\n]+$/)
  })
})

function start(port = 0): Promise<RunningWorker> {
  const script = fileURLToPath(new URL('telling-worker.mjs', import.meta.url))
  const options = { port, script, stateFolder: join(folder, 'state'), assetsFolder: join(folder, 'assets'), vars: {} }
  return startWorker(options, () => undefined)
}

async function count(path: string): Promise<{ count: number; rang: number }> {
  const { body } = await rawRequest({ port: worker.port, path, headers: [['Host', 'localhost']] })
  const told: unknown = JSON.parse(body)
  if (typeof told !== 'object' || told === null || !('count' in told) || !('rang' in told)) throw new Error(body)
  return { count: Number(told.count), rang: Number(told.rang) }
}
