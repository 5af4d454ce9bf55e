import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nova, uuid } from '../testing/nova.ts'
import { newId } from '../../schema/domain/id.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import type { TwinDirectory } from '../core/ports.ts'
import { LookupsBraked, StoreUnavailable } from '../core/ports.ts'
import { cachedDirectory } from './cached-directory.ts'
import type { CachedDirectory, Place } from './cached-directory.ts'
import type { ColoCache } from './colo-memory.ts'
import { lookupBrake } from './lookup-brake.ts'

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

describe('an address that asks for what is not there', () => {
  const [guesser, neighbour] = ['203.0.113.1', '203.0.113.2']
  /** Three that are not there are counted in silence. */
  function braked() {
    const work: Promise<unknown>[] = []
    const counted: string[] = []
    const brake = lookupBrake({
      limiter: {
        limit: ({ key }) => Promise.resolve({ success: counted.push(key) <= 3 }),
      },
      addresses: { of: (address) => Promise.resolve(`digest of ${address}`) },
      clock,
      background: (one) => void work.push(one),
    })
    const guess = async (directory: CachedDirectory, from: string) => {
      const found = await directory.findById(newId(), from)
      await Promise.all(work)
      return found
    }
    return { directory: cachedDirectory(source, clock, {}, undefined, brake), guess, counted }
  }
  const knowNova = () => findById.mockImplementation((id) => Promise.resolve(id === nova.id ? nova : undefined))

  it('is looked up nothing unknown beyond the limit, for a minute; what is known it is told, and others everything', async () => {
    knowNova()
    const { directory, guess, counted } = braked()
    await directory.findById(nova.id, neighbour)
    for (let at = 0; at < 4; at += 1) expect(await guess(directory, guesser)).toBeUndefined()
    const asked = findById.mock.calls.length
    await expect(guess(directory, guesser)).rejects.toThrow(LookupsBraked)
    expect(findById).toHaveBeenCalledTimes(asked)
    now += 6_000 // known, and no longer fresh
    expect(await directory.findById(nova.id, guesser)).toBe(nova)
    expect(await directory.findById(newId(), neighbour)).toBeUndefined()
    expect(counted.join()).not.toContain(nova.id)
    now += 60_000
    expect(await guess(directory, guesser)).toBeUndefined()
  })

  it('is counted for nothing that is there, and nothing is counted of whom nobody knows', async () => {
    knowNova()
    const { directory, counted } = braked()
    for (let at = 0; at < 10; at += 1) {
      now += 5_000
      await directory.findById(nova.id, guesser)
      await directory.findById(newId())
    }
    expect(counted).toEqual([])
  })
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

/** Cloudflare's cache of one place, in memory; a test may look into it. */
class FakeColo implements ColoCache {
  readonly kept = new Map<string, string>()
  isAway = false

  async match(url: string): Promise<Response | undefined> {
    if (this.isAway) throw new Error('no cache here')
    const body = this.kept.get(url)
    return body === undefined ? undefined : new Response(body)
  }

  async put(url: string, response: Response): Promise<void> {
    if (this.isAway) throw new Error('no cache here')
    this.kept.set(url, await response.text())
  }

  delete(url: string): Promise<boolean> {
    return Promise.resolve(this.kept.delete(url))
  }

  /** Changes what is kept, as somebody would who could write there. */
  forge(change: (kept: { key: string; askedAt: number; value: unknown }) => object): void {
    for (const [url, body] of this.kept) this.kept.set(url, JSON.stringify(change(JSON.parse(body))))
  }
}

describe('isolates of one place', () => {
  let colo: FakeColo
  let work: Promise<unknown>[]
  const place: Place = {
    open: () => Promise.resolve(colo),
    background: (promise) => void work.push(promise),
  }
  const isolate = (): CachedDirectory => cachedDirectory(source, clock, {}, place)
  const settle = async (): Promise<void> => {
    for (let next = work.shift(); next; next = work.shift()) await next
  }
  const know = async (directory = isolate()): Promise<CachedDirectory> => {
    await directory.findById(nova.id)
    await settle()
    return directory
  }

  beforeEach(() => {
    colo = new FakeColo()
    work = []
  })

  it('ask once for all of them', async () => {
    await know()
    expect(await isolate().findById(nova.id)).toEqual(nova)
    expect(findById).toHaveBeenCalledTimes(1)
  })

  it('believe nothing longer than five seconds after the database was asked, through however many it went', async () => {
    await know()
    now += 3_400
    const second = await know()
    findById.mockResolvedValue({ ...nova, status: 'SUSPENDED' })
    now += 1_600
    expect((await second.findById(nova.id))?.status).toBe('SUSPENDED')
    expect((await isolate().findById(nova.id))?.status).toBe('SUSPENDED')
  })

  it('keep nobody waiting for what is asked often: it is asked again beside, before it is old', async () => {
    const directory = await know()
    now += 4_000
    let answer: (record: DeploymentRecord) => void = () => undefined
    findById.mockImplementation(() => new Promise((resolve) => (answer = resolve)))
    expect(await directory.findById(nova.id)).toBe(nova)
    expect(await directory.findById(nova.id)).toBe(nova)
    await vi.waitFor(() => expect(findById).toHaveBeenCalledTimes(2))
    answer({ ...nova, greeting: 'New.' })
    await settle()
    expect((await directory.findById(nova.id))?.greeting).toBe('New.')
  })

  it('share what they know while the database is away, for an hour and no longer', async () => {
    await know()
    findById.mockImplementation(away)
    now += 3_599_000
    expect(await isolate().findById(nova.id)).toEqual(nova)
    now += 1_000
    await expect(isolate().findById(nova.id)).rejects.toThrow(StoreUnavailable)
  })

  it('do not take back from another what they know better', async () => {
    const first = await know()
    const older = new Map(colo.kept)
    now += 5_000
    findById.mockResolvedValue({ ...nova, status: 'INACTIVE' })
    await know(first)
    older.forEach((body, url) => colo.kept.set(url, body))
    findById.mockImplementation(away)
    now += 60_000
    expect((await first.findById(nova.id))?.status).toBe('INACTIVE')
  })

  it('believe nothing of before a write that they know of, even while the database is away', async () => {
    const first = await know()
    const older = new Map(colo.kept)
    first.clear()
    await settle()
    expect(colo.kept.size, 'nor does a neighbour').toBe(0)
    older.forEach((body, url) => colo.kept.set(url, body))
    findById.mockImplementation(away)
    now += 1
    await expect(first.findById(nova.id)).rejects.toThrow(StoreUnavailable)
  })

  it.each<[string, (kept: { key: string; askedAt: number; value: unknown }) => object]>([
    ['another’s record', (kept) => ({ ...kept, value: { ...nova, id: '50000000-0000-4000-8000-0000000000bb' } })],
    ['another’s key', (kept) => ({ ...kept, key: 'other' })],
    ['half a record', (kept) => ({ ...kept, value: { id: nova.id } })],
    ['a word', () => ({ value: 'x' })],
    ['a record from the future, which would never grow old', (kept) => ({ ...kept, askedAt: kept.askedAt + 1e12 })],
    ['a record of no time', ({ askedAt: _askedAt, ...kept }) => kept],
  ])('are not taken in by %s', async (_case, change) => {
    await know()
    colo.forge(change)
    expect(await isolate().findById(nova.id)).toBe(nova)
    expect(findById).toHaveBeenCalledTimes(2)
  })

  it('ask the database where there is no such cache', async () => {
    colo.isAway = true
    expect(await isolate().findById(nova.id)).toBe(nova)
    await settle()
  })

  it('ask it too where the cache keeps them waiting', async () => {
    const stuck: Place = { ...place, open: () => new Promise(() => {}) }
    expect(await cachedDirectory(source, clock, {}, stuck).findById(nova.id)).toBe(nova)
  })

  it('know a host and a slug only by a record that names them', async () => {
    const hosted = { ...nova, hosts: ['twin.nova.example'] }
    const asked = vi.fn(() => Promise.resolve(hosted))
    const bySlug = vi.fn(() => Promise.resolve([nova]))
    const made = () => cachedDirectory({ findById, findByHost: asked, findBySlug: bySlug }, clock, {}, place)
    await made().findByHost('twin.nova.example')
    await made().findBySlug('nova-lind')
    await settle()
    await made().findByHost('twin.nova.example')
    await made().findBySlug('nova-lind')
    expect([asked, bySlug].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
    colo.forge((kept) => ({
      ...kept,
      value: Array.isArray(kept.value) ? [{ ...nova, celebrity: { ...nova.celebrity, slug: 'other' } }] : nova,
    }))
    await made().findByHost('twin.nova.example')
    await made().findBySlug('nova-lind')
    expect([asked, bySlug].map(({ mock }) => mock.calls.length)).toEqual([2, 2])
  })

  it('never show a write later than five seconds after it, whoever asks when', async () => {
    const moves = fc.array(fc.record({ who: fc.nat(2), after: fc.nat(4_000), writes: fc.boolean() }), {
      minLength: 1,
      maxLength: 25,
    })
    await fc.assert(
      fc.asyncProperty(moves, async (steps) => {
        now = 1_000_000
        colo = new FakeColo()
        const isolates = [isolate(), isolate(), isolate()]
        const writes: { readonly at: number; readonly greeting: string }[] = [{ at: 0, greeting: '0' }]
        findById.mockImplementation(() => Promise.resolve({ ...nova, greeting: writes.at(-1)?.greeting ?? '' }))
        for (const { who, after, writes: isWrite } of steps) {
          now += after
          if (isWrite) writes.push({ at: now, greeting: String(writes.length) })
          const seen = Number((await isolates[who]?.findById(nova.id))?.greeting)
          await settle()
          const due = writes.findLastIndex(({ at }) => at <= now - 5_000)
          expect(seen).toBeGreaterThanOrEqual(due)
        }
      }),
      { numRuns: 200 },
    )
  })
})
