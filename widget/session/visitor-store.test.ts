import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryStorage } from './testing/memory-storage.ts'
import type { Persistence } from './twin-session.ts'
import { openVisitorStore as openStore, type VisitorStore } from './visitor-store.ts'

const AT = '2026-06-14T18:00:00.000Z'
const openVisitorStore = (deploymentId: string, persist: Persistence = 'local'): VisitorStore =>
  openStore(`twin:${deploymentId}`, persist)
const entry = (messageId: string, at = AT) => ({ messageId, text: `words of ${messageId}`, at })

beforeEach(() => void vi.stubGlobal('localStorage', memoryStorage()))
afterEach(() => vi.unstubAllGlobals())

describe('the visitor store', () => {
  it('makes one secret of 256 bits and keeps it', () => {
    const { secret } = openVisitorStore('d')
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(openVisitorStore('d').secret).toBe(secret)
    expect(openVisitorStore('e').secret).not.toBe(secret)
  })

  it.each(['', 'short', `${'x'.repeat(42)}!`, 'x'.repeat(43), 'x'.repeat(44)])(
    'makes a new secret where the stored one is %j',
    (stored) => {
      vi.stubGlobal('localStorage', memoryStorage({ 'twin:d:secret': stored }))
      expect(openVisitorStore('d').secret).toMatch(/^[\w-]{43}$/)
      expect(openVisitorStore('d').secret).not.toBe(stored)
    },
  )

  it('keeps unacknowledged messages over a reload, oldest first, until they are settled', () => {
    const store = openVisitorStore('d')
    store.keep(0, entry('b', '2026-06-14T18:00:02.000Z'))
    store.keep(0, entry('a', '2026-06-14T18:00:01.000Z'))
    expect(
      openVisitorStore('d')
        .outbox(0)
        .map((one) => one.messageId),
    ).toEqual(['a', 'b'])
    openVisitorStore('d').settle(0, 'a')
    expect(store.outbox(0).map((one) => one.messageId)).toEqual(['b'])
  })

  it('loses no words when two tabs write at once', () => {
    const [one, other] = [openVisitorStore('d'), openVisitorStore('d')]
    one.keep(0, entry('a'))
    other.keep(0, entry('b'))
    expect(one.outbox(0)).toHaveLength(2)
  })

  it('holds 50 messages and refuses the next', () => {
    const store = openVisitorStore('d')
    for (let at = 0; at < 50; at += 1) expect(store.keep(0, entry(`m${at}`))).toBe(true)
    expect(store.keep(0, entry('one too many'))).toBe(false)
    expect(store.outbox(0)).toHaveLength(50)
  })

  it('numbers conversations, keeps what is on its way in each, and uses no number twice', () => {
    const store = openVisitorStore('d')
    store.keep(0, entry('a'))
    store.turnToFresh()
    expect(openVisitorStore('d').conversation()).toBe(1)
    expect(store.outbox(1)).toEqual([])
    store.turnTo(0)
    expect(store.outbox(0)).toHaveLength(1)
    store.turnToFresh()
    expect(store.conversation()).toBe(2)
    store.turnTo(1)
    openVisitorStore('d').turnToFresh()
    expect(store.conversation()).toBe(3)
  })

  it('goes on after the number an earlier version was at', () => {
    vi.stubGlobal('localStorage', memoryStorage({ 'twin:d:conversation': '4' }))
    const store = openVisitorStore('d')
    store.turnTo(0)
    store.turnToFresh()
    expect(store.conversation()).toBe(5)
  })

  it.each([-1, 10_000, 1.5, Number.NaN])('turns to no conversation %d', (number) => {
    const store = openVisitorStore('d')
    expect(store.turnTo(number)).toBe(false)
    expect(store.conversation()).toBe(0)
  })

  it('stays at the last number there is', () => {
    const store = openVisitorStore('d')
    store.turnTo(9_999)
    store.turnToFresh()
    expect(store.conversation()).toBe(9_999)
  })

  it.each(['-1', '1.5', 'x', '10000', '1e9'])('begins at 0 where the stored number is %j', (stored) => {
    vi.stubGlobal('localStorage', memoryStorage({ 'twin:d:conversation': stored }))
    expect(openVisitorStore('d').conversation()).toBe(0)
  })

  it.each(['', '{', 'null', '7', '{"text":1,"at":"x"}', '{"text":"x"}'])(
    'passes over the spoilt entry %j',
    (stored) => {
      vi.stubGlobal('localStorage', memoryStorage({ 'twin:d:outbox:0:m': stored }))
      expect(openVisitorStore('d').outbox(0)).toEqual([])
    },
  )

  it.each([
    ['is blocked', undefined],
    ['forgets', { ...memoryStorage(), setItem: () => {} }],
    ['answers with anything', { ...memoryStorage(), length: 1, key: () => ({}), getItem: () => ({}) }],
    ['is no storage', { length: -1 }],
    [
      'is full',
      {
        ...memoryStorage(),
        setItem: () => {
          throw new Error('QuotaExceededError')
        },
      },
    ],
  ])('serves from memory where storage %s', async (_case, storage) => {
    if (storage) vi.stubGlobal('localStorage', storage)
    else
      Object.defineProperty(globalThis, 'localStorage', {
        configurable: true,
        get: () => {
          throw new Error('SecurityError')
        },
      })
    const store = openVisitorStore('d')
    store.turnToFresh()
    expect(store.conversation()).toBe(1)
    store.keep(1, entry('b'))
    const list = await store.bringList()
    list.note(1, 'Who scored?', AT, false)
    expect(store.outbox(1)).toMatchObject([{ messageId: 'b' }])
    expect(store.list?.all()).toEqual([{ number: 1, title: 'Who scored?', at: AT }])
    store.settle(1, 'b')
    list.remove(1)
    expect([store.outbox(1), list.all()]).toEqual([[], []])
  })

  it.each<[Persistence, string]>([
    ['session', 'sessionStorage'],
    ['none', ''],
  ])('keeps things %s', (persist, area) => {
    const storages = { localStorage: memoryStorage(), sessionStorage: memoryStorage() }
    for (const [name, storage] of Object.entries(storages)) vi.stubGlobal(name, storage)
    const store = openVisitorStore('d', persist)
    store.keep(0, entry('a'))
    expect(store.outbox(0)).toHaveLength(1)
    const used = Object.entries(storages).filter(([, storage]) => storage.length > 0)
    expect(used.map(([name]) => name)).toEqual(area ? [area] : [])
  })

  it('says nothing of the platform in its keys', () => {
    const storage = memoryStorage()
    vi.stubGlobal('localStorage', storage)
    openVisitorStore('d').keep(0, entry('a'))
    const keys = Array.from({ length: storage.length }, (_none, at) => storage.key(at))
    expect(keys).toEqual(['twin:d:secret', 'twin:d:outbox:0:a'])
  })
})
