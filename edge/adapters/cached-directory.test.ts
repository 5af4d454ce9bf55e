import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nova, uuid } from '../testing/nova.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { TwinDirectory } from '../core/ports.ts'
import { StoreUnavailable } from '../core/ports.ts'
import { cachedDirectory } from './cached-directory.ts'

let now = 0
const clock = (): number => now
const findById = vi.fn<TwinDirectory['findById']>()
const source: TwinDirectory = {
  findById,
  findByHost: () => Promise.resolve(undefined),
  findBySlug: () => Promise.resolve([]),
}
const away = (): Promise<never> => Promise.reject(new Error('connection refused'))

beforeEach(() => {
  now = 1_000_000
  findById.mockReset().mockResolvedValue(nova)
})

describe('cachedDirectory', () => {
  it('asks nothing while what it knows is fresh, and asks again afterwards', async () => {
    const directory = cachedDirectory(source, clock)
    await directory.findById(nova.id)
    now += 4_999
    expect(await directory.findById(nova.id)).toBe(nova)
    expect(findById).toHaveBeenCalledTimes(1)
    now += 1
    await directory.findById(nova.id)
    expect(findById).toHaveBeenCalledTimes(2)
  })

  it('asks once for many who ask at the same time', async () => {
    const directory = cachedDirectory(source, clock)
    await Promise.all(Array.from({ length: 20 }, () => directory.findById(nova.id)))
    expect(findById).toHaveBeenCalledTimes(1)
  })

  it('never answers one deployment with another’s', async () => {
    const other = uuid<'deployment'>('50000000-0000-4000-8000-0000000000bb')
    findById.mockImplementation((id) => Promise.resolve({ ...nova, id }))
    const directory = cachedDirectory(source, clock)
    const found = await Promise.all([directory.findById(nova.id), directory.findById(other)])
    expect(found.map((record) => record?.id)).toEqual([nova.id, other])
    expect((await directory.findById(other))?.id).toBe(other)
  })

  it('serves what it knew while the database is away, for an hour and no longer', async () => {
    const directory = cachedDirectory(source, clock)
    await directory.findById(nova.id)
    findById.mockImplementation(away)
    now += 3_599_999
    expect(await directory.findById(nova.id)).toBe(nova)
    now += 1
    await expect(directory.findById(nova.id)).rejects.toThrow(StoreUnavailable)
  })

  it('does not ask again at once when the database is away, and sees it return', async () => {
    const directory = cachedDirectory(source, clock)
    await directory.findById(nova.id)
    findById.mockImplementation(away)
    now += 10_000
    await directory.findById(nova.id)
    await directory.findById(nova.id)
    expect(findById).toHaveBeenCalledTimes(2)
    now += 1_000
    findById.mockResolvedValue({ ...nova, status: 'SUSPENDED' })
    expect((await directory.findById(nova.id))?.status).toBe('SUSPENDED')
  })

  it('says so when it knows nothing and the database is away', async () => {
    findById.mockImplementation(away)
    await expect(cachedDirectory(source, clock).findById(nova.id)).rejects.toThrow(StoreUnavailable)
  })

  it('believes an unknown deployment for five seconds at most, even while the database is away', async () => {
    findById.mockResolvedValue(undefined)
    const directory = cachedDirectory(source, clock)
    expect(await directory.findById(nova.id)).toBeUndefined()
    findById.mockImplementation(away)
    now += 4_999
    expect(await directory.findById(nova.id)).toBeUndefined()
    now += 1
    await expect(directory.findById(nova.id)).rejects.toThrow(StoreUnavailable)
  })

  it('forgets the least used beyond its capacity', async () => {
    const directory = cachedDirectory(source, clock, { capacity: 2 })
    const [a, b, c] = ['1', '2', '3'].map((digit) => uuid<'deployment'>(`50000000-0000-4000-8000-00000000000${digit}`))
    for (const id of [a, b, a, c, a, b]) if (id) await directory.findById(id)
    expect(findById.mock.calls.map(([id]) => id)).toEqual([a, b, c, b])
  })

  it('is not filled by an answer that was under way when it was cleared', async () => {
    const answers: ((record: DeploymentRecord) => void)[] = []
    findById.mockImplementation(() => new Promise((resolve) => answers.push(resolve)))
    const directory = cachedDirectory(source, clock)
    const early = directory.findById(nova.id)
    directory.clear()
    const late = directory.findById(nova.id)
    answers[1]?.({ ...nova, status: 'SUSPENDED' })
    expect((await late)?.status).toBe('SUSPENDED')
    answers[0]?.(nova)
    await early
    expect((await directory.findById(nova.id))?.status).toBe('SUSPENDED')
  })

  it('does not wait for ever for a question whose request was cancelled', async () => {
    const directory = cachedDirectory(source, clock, { joinMs: 5 })
    findById.mockImplementationOnce(() => new Promise(() => {}))
    void directory.findById(nova.id)
    expect(await directory.findById(nova.id)).toBe(nova)
  })
})
