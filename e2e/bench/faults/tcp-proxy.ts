/**
 * A network to spoil, byte by byte: slow, far away, stalled, reset, or cut at an offset. It changes no byte and knows no
 * protocol. Each passage is found by the port its visitor calls from.
 */
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

export interface Weather {
  /** Of each way; absent: as fast as the machine. */
  readonly bytesPerSecond?: number
  /** One way; a round trip takes twice as long. */
  readonly delayMs?: number
}

/** `good` passes; `refuse` resets whoever comes; `stall` takes everything and passes nothing; `deaf` passes what is asked and resets at the answer. */
export type Mood = 'good' | 'refuse' | 'stall' | 'deaf'

export interface Passage {
  /** Bytes that went down to the visitor so far. */
  readonly down: number
  /** Resets both ends at once. */
  reset(): void
  /** The visitor's end is closed in order, the server's is reset. */
  finish(): void
  /** From here on nothing passes and nobody is told; after `forgetMs` the server's end is reset. */
  stall(forgetMs: number): void
  /** So many more bytes go down to the visitor, then both ends are reset: mid-frame, mid-letter. */
  cutAfter(bytes: number): void
}

export interface TcpProxy {
  readonly port: number
  passage(visitorPort: number): Passage | undefined
  /** For passages to come. What is open is reset, but for what stalls: nobody is ever told of that. */
  setMood(mood: Mood): void
  /** For passages to come. */
  setWeather(weather: Weather): void
  /** Where passages to come lead. */
  setTarget(port: number): void
  resetAll(): void
  count(): number
  close(): Promise<void>
}

/** What may lie between the ends before the sender is held up. */
const BUFFER_BYTES = 64 * 1024

export async function startTcpProxy(targetPort = 0, firstWeather: Weather = {}): Promise<TcpProxy> {
  const passages = new Map<number, Passage>()
  let mood: Mood = 'good'
  let weather = firstWeather
  let target = targetPort

  const server = createServer((visitor) => {
    if (mood === 'refuse') return void visitor.resetAndDestroy()
    const port = visitor.remotePort ?? 0
    const gone = (): void => {
      if (passages.get(port) === passage) passages.delete(port) // a port is soon another visitor's
    }
    const passage = openPassage(visitor, connect(target, '127.0.0.1'), weather, mood, gone)
    passages.set(port, passage)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The network has no port.')

  const resetAll = (): void => {
    for (const passage of Array.from(passages.values())) passage.reset()
  }
  return {
    port: address.port,
    passage: (port) => passages.get(port),
    setMood(next) {
      mood = next
      resetAll()
    },
    setWeather(next) {
      weather = next
    },
    setTarget(port) {
      target = port
    },
    resetAll,
    count: () => passages.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        resetAll()
      }),
  }
}

function openPassage(visitor: Socket, target: Socket, weather: Weather, mood: Mood, gone: () => void): Passage {
  let stalled = mood === 'stall'
  let down = 0
  let cutAt = Number.POSITIVE_INFINITY
  visitor.setNoDelay(true)
  target.setNoDelay(true)
  const reset = (): void => {
    visitor.resetAndDestroy()
    target.resetAndDestroy()
    gone()
  }
  pipe(visitor, target, weather, (bytes) => !stalled && target.write(bytes))
  pipe(target, visitor, weather, (bytes) => {
    if (stalled || visitor.destroyed) return
    if (mood === 'deaf') return reset()
    const left = cutAt - down
    down += Math.min(bytes.length, left)
    visitor.write(bytes.length <= left ? bytes : bytes.subarray(0, left))
    // what was written must arrive, so the visitor's end is closed and not reset
    if (down >= cutAt) {
      visitor.end()
      target.resetAndDestroy()
    }
  })
  for (const [end, other] of [
    [visitor, target],
    [target, visitor],
  ] as const) {
    end.on('error', () => undefined)
    end.on('close', () => {
      if (!stalled) other.destroy()
      if (end === visitor) gone()
    })
  }
  return {
    get down() {
      return down
    },
    reset,
    finish() {
      visitor.end()
      target.resetAndDestroy()
    },
    stall(forgetMs) {
      stalled = true
      setTimeout(() => target.resetAndDestroy(), forgetMs).unref()
    },
    cutAfter(bytes) {
      cutAt = down + bytes
    },
  }
}

/** Hands on what comes, in order, as late and as slowly as the weather has it. */
function pipe(from: Socket, to: Socket, { bytesPerSecond, delayMs = 0 }: Weather, pass: (bytes: Buffer) => void): void {
  if (bytesPerSecond === undefined && delayMs === 0) {
    from.on('data', pass)
    from.on('end', () => to.end())
    return
  }
  let freeAt = 0
  let held = 0
  const waiting: { readonly dueAt: number; readonly act: () => void }[] = []
  const later = (bytes: number, act: () => void): void => {
    const now = performance.now()
    freeAt = Math.max(now, freeAt) + (bytesPerSecond === undefined ? 0 : (bytes * 1000) / bytesPerSecond)
    waiting.push({ dueAt: freeAt + delayMs, act })
    if (waiting.length === 1) setTimeout(go, freeAt + delayMs - now)
  }
  // one timer for all: two of nearly the same time may fire in either order
  const go = (): void => {
    for (let [first] = waiting; first; [first] = waiting) {
      const leftMs = first.dueAt - performance.now()
      if (leftMs > 0.5) return void setTimeout(go, leftMs)
      first.act()
      waiting.shift()
    }
  }
  from.on('data', (bytes: Buffer) => {
    held += bytes.length
    if (held > BUFFER_BYTES) from.pause()
    later(bytes.length, () => {
      held -= bytes.length
      if (held <= BUFFER_BYTES) from.resume()
      pass(bytes)
    })
  })
  from.on('end', () => later(0, () => to.end()))
}
