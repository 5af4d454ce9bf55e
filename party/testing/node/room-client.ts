/** A visitor's or a person's end of the socket. */
import {
  CLAIMS_HEADER,
  PERSON_HEADER,
  type ConnectionClaims,
  type PersonClaims,
} from '../../../schema/domain/claims.ts'
import type { ClientFrame } from '../../../schema/wire/frames.ts'
import { frameLog, type FrameLog } from './frame-log.ts'

export interface RoomClient extends FrameLog {
  send(frame: ClientFrame | Readonly<Record<string, unknown>>): void
  sendRaw(bytes: string | Uint8Array<ArrayBuffer>): void
  pong(): Promise<void>
  readonly closed: Promise<number>
  close(code?: number): void
}

/** Opens a socket with the claims that the Worker would stamp. */
export async function connect(
  port: number,
  claims: ConnectionClaims | PersonClaims | string | undefined,
  room?: string,
): Promise<RoomClient> {
  const name = room ?? (typeof claims === 'object' ? claims.conversationId : 'nobody')
  const header = typeof claims === 'object' ? JSON.stringify(claims) : claims
  const stamp = typeof claims === 'object' && 'personId' in claims ? PERSON_HEADER : CLAIMS_HEADER
  const url = `ws://127.0.0.1:${port}/parties/twin-room/${name}?_pk=${'x'.repeat(300)}`
  // Node's WebSocket takes headers, which the DOM's type does not know
  const socket: WebSocket = Reflect.construct(WebSocket, [
    url,
    header === undefined ? {} : { headers: { [stamp]: header } },
  ])
  const log = frameLog()
  let pongs = 0

  socket.addEventListener('message', ({ data }) => {
    const text = String(data)
    if (text.startsWith('{"type":"mark"')) socket.send(text) // it reads
    if (text !== 'pong') return log.hear(text)
    pongs += 1
    log.look()
  })
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('The socket did not open.')))
  })

  return {
    ...log,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (bytes) => socket.send(bytes),
    pong: () => log.until(() => (pongs > 0 ? true : undefined)).then(() => void (pongs -= 1)),
    closed,
    close: (code) => socket.close(code),
  }
}
