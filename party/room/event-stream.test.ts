import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { STREAM_KEEPALIVE_SECONDS } from '../../schema/wire/limits.ts'
import { exampleClaims } from '../testing/example-twin.ts'
import type { Listener } from './connections.ts'
import { DELETED } from './endings.ts'
import { openEventStream, STREAM_BUFFER_BYTES } from './event-stream.ts'

/** A journal that grows, and one stream upon it. */
function stand(frames: string[], after = 0) {
  const greeted: Listener[] = []
  const gone: Listener[] = []
  const read: number[] = []
  const { listener, body } = openEventStream({
    holder: { role: 'visitor', claims: exampleClaims() },
    opening: () => 'welcome',
    after,
    *missed(seq) {
      for (const frame of frames.slice(seq)) {
        read.push(read.length)
        yield frame
      }
    },
    live(line) {
      line.greet()
      greeted.push(line)
    },
    gone: (line) => gone.push(line),
  })
  const say = (frame: string): void => {
    frames.push(frame)
    if (greeted.includes(listener)) listener.send(frame)
  }
  return { listener, body, greeted, gone, read, say }
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<string[]> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const piece of body) text += decoder.decode(piece, { stream: true })
  return text.split('\n\n').slice(0, -1)
}

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a stream of events', () => {
  it('begins with the welcome, then what was missed, then what is said, and ends with a reason', async () => {
    const { body, listener, say, gone } = stand(['1', '2', '3'], 1)
    await turnOfTheLoop()
    say('4')
    expect(gone).toEqual([])
    listener.end(DELETED, 'the end')
    expect(listener.send('5')).toBe(false)
    expect(await readAll(body)).toEqual(['welcome', '2', '3', '4', 'the end'].map((frame) => `data: ${frame}`))
    expect(gone).toEqual([listener])
    expect(listener.isOpen).toBe(false)
  })

  it('reads the past only as fast as it is heard, misses nothing said meanwhile, and has it once', async () => {
    const long = (name: string): string => `${name} ${'x'.repeat(1_000)}`
    const frames = Array.from({ length: 2_000 }, (_, index) => long(`past ${index}`))
    const { body, greeted, read, say, listener } = stand([...frames])
    await turnOfTheLoop()
    expect(read.length).toBeLessThan((STREAM_BUFFER_BYTES / 1_000) * 0.6)
    expect(greeted).toEqual([])
    say('said before it had caught up')
    const heard = readAll(body)
    await vi.waitFor(() => expect(greeted).toEqual([listener]))
    say('said after')
    listener.end(DELETED, 'the end')
    expect(await heard).toEqual(
      ['welcome', ...frames, 'said before it had caught up', 'said after', 'the end'].map((frame) => `data: ${frame}`),
    )
  })

  it('drops a reader that is too slow, at a bound, and frees what waited', async () => {
    const { body, listener, gone } = stand([])
    await turnOfTheLoop()
    const frame = 'x'.repeat(10_000)
    let sent = 0
    while (sent < 100 && listener.send(frame)) sent += 1
    expect(sent * frame.length).toBeLessThanOrEqual(STREAM_BUFFER_BYTES)
    expect(sent * frame.length).toBeGreaterThan(STREAM_BUFFER_BYTES * 0.9)
    expect(gone).toEqual([listener])
    await expect(readAll(body)).rejects.toThrow('too slow')
  })

  it('is gone when its reader is', async () => {
    const { body, listener, gone } = stand([])
    await body.cancel()
    expect(gone).toEqual([listener])
    expect(listener.isOpen).toBe(false)
    expect(listener.send('x')).toBe(false)
    listener.end(DELETED, 'x')
    expect(gone).toHaveLength(1)
  })

  describe('in silence', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
    afterEach(() => void vi.useRealTimers())

    it('says a comment now and then, and nothing once it has ended', async () => {
      const { body, listener } = stand([])
      await turnOfTheLoop()
      vi.advanceTimersByTime(2 * STREAM_KEEPALIVE_SECONDS * 1000)
      listener.end(DELETED, 'the end')
      expect(vi.getTimerCount()).toBe(0)
      expect(await readAll(body)).toEqual(['data: welcome', ':', ':', 'data: the end'])
    })
  })
})
