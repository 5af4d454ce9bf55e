import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryStorage } from './testing/memory-storage.ts'
import { openVisitorStore } from './visitor-store.ts'

const entry = (messageId: string, at = '2026-06-14T18:00:00.000Z') => ({ messageId, text: `words of ${messageId}`, at })

beforeEach(() => void vi.stubGlobal('localStorage', memoryStorage()))
afterEach(() => vi.unstubAllGlobals())

describe('the visitor store', () => {
  it('makes one secret of 256 bits and keeps it', () => {
    const { secret } = openVisitorStore('d')
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(openVisitorStore('d').secret).toBe(secret)
    expect(openVisitorStore('e').secret).not.toBe(secret)
  })

  it.each(['', 'short', `${'x'.repeat(42)}!`, 'x'.repeat(44)])(
    'makes a new secret where the stored one is %j',
    (stored) => {
      vi.stubGlobal('localStorage', memoryStorage({ 'twin:d:secret': stored }))
      expect(openVisitorStore('d').secret).toMatch(/^[\w-]{43}$/)
      expect(openVisitorStore('d').secret).not.toBe(stored)
    },
  )

  it('keeps unacknowledged messages over a reload, oldest first, until they are settled', () => {
    const store = openVisitorStore('d')
    store.keep(entry('b', '2026-06-14T18:00:02.000Z'))
    store.keep(entry('a', '2026-06-14T18:00:01.000Z'))
    expect(
      openVisitorStore('d')
        .outbox()
        .map((one) => one.messageId),
    ).toEqual(['a', 'b'])
    openVisitorStore('d').settle('a')
    expect(store.outbox().map((one) => one.messageId)).toEqual(['b'])
  })

  it('loses no words when two tabs write at once', () => {
    const [one, other] = [openVisitorStore('d'), openVisitorStore('d')]
    one.keep(entry('a'))
    other.keep(entry('b'))
    expect(one.outbox()).toHaveLength(2)
  })

  it('holds 50 messages and refuses the next', () => {
    const store = openVisitorStore('d')
    for (let at = 0; at < 50; at += 1) expect(store.keep(entry(`m${at}`))).toBe(true)
    expect(store.keep(entry('one too many'))).toBe(false)
    expect(store.outbox()).toHaveLength(50)
  })

  it('numbers conversations and drops what was on its way in the last', () => {
    const store = openVisitorStore('d')
    store.keep(entry('a'))
    expect(store.nextConversation()).toBe(1)
    expect(openVisitorStore('d').conversation()).toBe(1)
    expect(store.outbox()).toEqual([])
  })

  it.each(['-1', '1.5', 'x', '10000', '1e9'])('begins at 0 where the stored number is %j', (stored) => {
    vi.stubGlobal('localStorage', memoryStorage({ 'twin:d:conversation': stored }))
    expect(openVisitorStore('d').conversation()).toBe(0)
  })

  it.each(['', '{', 'null', '7', '{"text":1,"at":"x"}', '{"text":"x"}'])(
    'passes over the spoilt entry %j',
    (stored) => {
      vi.stubGlobal('localStorage', memoryStorage({ 'twin:d:outbox:0:m': stored }))
      expect(openVisitorStore('d').outbox()).toEqual([])
    },
  )

  it.each([
    ['is blocked', undefined],
    [
      'is full',
      {
        ...memoryStorage(),
        setItem: () => {
          throw new Error('QuotaExceededError')
        },
      },
    ],
  ])('serves from memory where storage %s', (_case, storage) => {
    if (storage) vi.stubGlobal('localStorage', storage)
    else
      Object.defineProperty(globalThis, 'localStorage', {
        configurable: true,
        get: () => {
          throw new Error('SecurityError')
        },
      })
    const store = openVisitorStore('d')
    store.keep(entry('a'))
    expect(store.nextConversation()).toBe(1)
    store.keep(entry('b'))
    expect(store.outbox()).toMatchObject([{ messageId: 'b' }])
    store.settle('b')
    expect(store.outbox()).toEqual([])
  })

  it('says nothing of the platform in its keys', () => {
    const storage = memoryStorage()
    vi.stubGlobal('localStorage', storage)
    openVisitorStore('d').keep(entry('a'))
    const keys = Array.from({ length: storage.length }, (_none, at) => storage.key(at))
    expect(keys).toEqual(['twin:d:secret', 'twin:d:outbox:0:a'])
  })
})
