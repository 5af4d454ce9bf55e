import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockData } from './data-lock.ts'

describe('the lock of a data folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-lock-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const write = (text: string) => writeFile(join(folder, 'database.lock'), text)

  async function deadPid(): Promise<number> {
    const child = spawn(process.execPath, ['--version'])
    await once(child, 'exit')
    return child.pid ?? 0
  }

  it('is held by one and names its holder to the next', async () => {
    const lock = await lockData(folder)
    await expect(lockData(folder)).rejects.toThrow(`in use by process ${process.pid}`)
    await lock.release()
    await (await lockData(folder)).release()
    expect(await readdir(folder)).toEqual([])
  })

  it('makes the folder', async () => {
    const lock = await lockData(join(folder, 'a', 'b'))
    await lock.release()
  })

  it.each([
    ['whose process has died', async () => JSON.stringify({ pid: await deadPid(), born: '1' })],
    ['whose process number was given to another since', async () => JSON.stringify({ pid: process.pid, born: '1' })],
    ['that was cut off while it was written', async () => '{"pid":'],
    ['that is empty', async () => ''],
  ])('is taken over from one %s', async (_case, content) => {
    await write(await content())
    const lock = await lockData(folder)
    await expect(lockData(folder)).rejects.toThrow('in use')
    await lock.release()
  })

  it('goes to exactly one of many who find it stale at once', async () => {
    await write(JSON.stringify({ pid: await deadPid(), born: '1' }))
    const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => lockData(folder)))
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is not taken from another by a release that comes late', async () => {
    const lock = await lockData(folder)
    await write('somebody else’s')
    await lock.release()
    expect(await readFile(join(folder, 'database.lock'), 'utf8')).toBe('somebody else’s')
  })
})
