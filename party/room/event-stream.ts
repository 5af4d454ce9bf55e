/**
 * A line of the room over HTTP: frames as server-sent events, for networks that block sockets. What was missed is read
 * from the journal only as fast as it is heard; what is said live waits in a bounded buffer, and a reader that falls
 * further behind is dropped: it comes back with the last number it saw.
 *
 * Unlike a hibernating socket a stream keeps the Durable Object awake, for at most the life of a session. That is the
 * price of the fallback, and few pay it.
 */
import { STREAM_KEEPALIVE_SECONDS } from '../../schema/wire/limits.ts'
import type { LineHolder } from '../core/line-holder.ts'
import type { Listener } from './connections.ts'

/** Bytes that may wait for a reader. */
export const STREAM_BUFFER_BYTES = 256 * 1024
/** Above this a reader that catches up must read before it gets more: the rest is for what is said meanwhile. */
const CATCH_UP_BYTES = STREAM_BUFFER_BYTES / 2

export interface EventStreamParts {
  readonly holder: LineHolder
  /** The frame that opens the line, once somebody reads. */
  readonly opening: (listener: Listener) => string
  /** The last number that the opening frame, or the visitor's memory, covers. */
  readonly after: number
  /** Every frame after a number, in order, without a gap. */
  missed(after: number): Iterable<string>
  /** It has caught up: from here on it is sent what everybody is sent. */
  live(listener: Listener): void
  /** The line is no more, whoever ended it. */
  gone(listener: Listener): void
}

export interface EventStream {
  readonly listener: Listener
  readonly body: ReadableStream<Uint8Array>
}

/** Opens a stream. */
export function openEventStream({ holder, opening, after, missed, live, gone }: EventStreamParts): EventStream {
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let last = after
  let isGreeted = false
  let keepalive: ReturnType<typeof setInterval> | undefined

  function room(): number {
    return controller?.desiredSize ?? 0
  }

  function enqueue(event: string): void {
    controller?.enqueue(encoder.encode(event))
  }

  function close(how: (open: ReadableStreamDefaultController<Uint8Array>) => void): void {
    const open = controller
    if (!open) return
    controller = undefined
    if (keepalive !== undefined) clearInterval(keepalive)
    gone(listener)
    how(open)
  }

  function drop(): void {
    close((open) => open.error(new Error('The reader of a stream is too slow.')))
  }

  function send(frame: string): boolean {
    if (!controller) return false
    enqueue(eventOf(frame))
    if (room() <= 0) drop()
    return controller !== undefined
  }

  const listener: Listener = {
    id: crypto.randomUUID(),
    holder,
    get isGreeted() {
      return isGreeted
    },
    get isOpen() {
      return controller !== undefined
    },
    askedAt: null, // what it reads is seen in its buffer
    get heardAt() {
      return Date.now() // a stream that nobody reads is dropped by its keepalive
    },
    send,
    hear: send,
    confirm: () => false,
    drop,
    greet() {
      isGreeted = true
    },
    end(_ending, frame) {
      enqueue(eventOf(frame))
      close((open) => open.close()) // what is in the buffer is still read
    },
  }

  function catchUp(): void {
    if (isGreeted || !controller) return
    for (const frame of missed(last)) {
      if (room() < CATCH_UP_BYTES) return // asked again once some of it is read
      enqueue(eventOf(frame))
      last += 1
    }
    live(listener)
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened
        enqueue(eventOf(opening(listener)))
        keepalive = setInterval(() => {
          enqueue(':\n\n')
          if (room() <= 0) drop()
        }, STREAM_KEEPALIVE_SECONDS * 1000)
      },
      pull: catchUp,
      cancel: () => close(() => undefined),
    },
    { highWaterMark: STREAM_BUFFER_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
  )
  return { listener, body }
}

/** JSON has no line end of its own, so a frame is one line. */
function eventOf(frame: string): string {
  return `data: ${frame}\n\n`
}
