/** A visitor's end of the socket: keeps every frame, and waits for one instead of sleeping. */
import { CLAIMS_HEADER, type ConnectionClaims } from '../../../schema/domain/claims.ts'
import type { ClientFrame, ErrorFrame, ServerFrame } from '../../../schema/wire/frames.ts'

type Named = Exclude<ServerFrame, readonly unknown[]>
type FrameOf<T extends Named['type']> = Extract<Named, { readonly type: T }>

export interface RoomClient {
  /** As they came, byte for byte. */
  readonly raw: readonly string[]
  readonly frames: readonly ServerFrame[]
  send(frame: ClientFrame | Readonly<Record<string, unknown>>): void
  sendRaw(bytes: string | Uint8Array<ArrayBuffer>): void
  /** The next frame of a type, beginning after the last one waited for. */
  next<T extends Named['type']>(type: T): Promise<FrameOf<T>>
  /** Resolves once the text of the running reply includes this. */
  untilSaid(text: string): Promise<void>
  error(): Promise<ErrorFrame>
  pong(): Promise<void>
  readonly closed: Promise<number>
  close(code?: number): void
}

/** Opens a socket with the claims that the Worker would stamp. */
export async function connect(
  port: number,
  claims: ConnectionClaims | string | undefined,
  room?: string,
): Promise<RoomClient> {
  const name = room ?? (typeof claims === 'object' ? claims.conversationId : 'nobody')
  const header = typeof claims === 'object' ? JSON.stringify(claims) : claims
  const url = `ws://127.0.0.1:${port}/parties/twin-room/${name}?_pk=${'x'.repeat(300)}`
  // Node's WebSocket takes headers, which the DOM's type does not know
  const socket: WebSocket = Reflect.construct(WebSocket, [
    url,
    header === undefined ? {} : { headers: { [CLAIMS_HEADER]: header } },
  ])
  const raw: string[] = []
  const frames: ServerFrame[] = []
  const watchers = new Set<() => void>()
  let looked = 0
  let pongs = 0

  socket.addEventListener('message', ({ data }) => {
    const text = String(data)
    if (text === 'pong') pongs += 1
    else {
      raw.push(text)
      frames.push(JSON.parse(text))
    }
    watchers.forEach((look) => look())
  })
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('The socket did not open.')))
  })

  function until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find()
        if (found === undefined) return
        watchers.delete(look)
        resolve(found)
      }
      watchers.add(look)
      look()
    })
  }

  const client: RoomClient = {
    raw,
    frames,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (bytes) => socket.send(bytes),
    next: (type) =>
      until(() => {
        for (let index = looked; index < frames.length; index++) {
          const frame = frames[index]
          if (frame && isNamed(frame) && isType(frame, type)) {
            looked = index + 1
            return frame
          }
        }
        return undefined
      }),
    untilSaid: (text) => until(() => (runningText(frames).includes(text) ? true : undefined)).then(() => undefined),
    error: () => client.next('error'),
    pong: () => until(() => (pongs > 0 ? true : undefined)).then(() => void (pongs -= 1)),
    closed,
    close: (code) => socket.close(code),
  }
  return client
}

/** What a visitor reads of the reply that began last. */
export function runningText(frames: readonly ServerFrame[]): string {
  let text = ''
  for (const frame of frames) {
    if (!isNamed(frame)) text += frame[1]
    else if (frame.type === 'reply-start') text = ''
  }
  return text
}

/** Frames with a number of their own. */
export function conversationFrames(raw: readonly string[]): string[] {
  return raw.filter((text) => !/^\{"type":"(welcome|ack|error|history-page)"/.test(text))
}

function isNamed(frame: ServerFrame): frame is Named {
  return !Array.isArray(frame)
}

function isType<T extends Named['type']>(frame: Named, type: T): frame is FrameOf<T> {
  return frame.type === type
}
