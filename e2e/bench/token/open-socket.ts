/** A socket as Node opens it, and what a frame on it weighs. */

export interface SocketOptions {
  readonly protocols?: readonly string[]
  readonly origin?: string
}

/** Node's own WebSocket takes headers, which a browser's (and so its type) does not. */
export function openSocket(url: string, { protocols = [], origin }: SocketOptions = {}): WebSocket {
  const headers = origin === undefined ? {} : { origin }
  const socket: unknown = Reflect.construct(WebSocket, [url, { protocols, headers }])
  if (socket instanceof WebSocket) return socket
  throw new Error('No socket.')
}

/** Payload and header of an unmasked frame (RFC 6455 section 5.2), before any compression. */
export function frameBytes(text: string): number {
  const payload = Buffer.byteLength(text)
  return payload + (payload < 126 ? 2 : payload < 65_536 ? 4 : 10)
}
