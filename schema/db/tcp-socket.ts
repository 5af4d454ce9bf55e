/**
 * A plain TCP connection in the shape of a WebSocket: what the Neon driver needs to reach a PostgreSQL server that has
 * no WebSocket proxy before it. No TLS: for servers on this machine or a private network.
 */
import { connect, type Socket } from 'node:net'

export class TcpSocket extends EventTarget {
  binaryType = 'arraybuffer'
  readonly #socket: Socket

  /** @param address `ws://host:port`, as the driver writes it. */
  constructor(address: string) {
    super()
    const { hostname, port } = new URL(address)
    this.#socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 5432), noDelay: true })
    this.#socket.on('connect', () => this.dispatchEvent(new Event('open')))
    this.#socket.on('data', (bytes) =>
      this.dispatchEvent(new MessageEvent('message', { data: Uint8Array.from(bytes).buffer })),
    )
    this.#socket.on('error', (error) => this.dispatchEvent(new SocketErrorEvent(error)))
    this.#socket.on('close', () => this.dispatchEvent(new Event('close')))
  }

  get readyState(): number {
    return { opening: 0, open: 1, readOnly: 2, writeOnly: 2, closed: 3 }[this.#socket.readyState] ?? 3
  }

  send(bytes: Uint8Array): void {
    this.#socket.write(bytes)
  }

  close(): void {
    this.#socket.end()
  }
}

/** Carries the reason, which the driver passes on to whoever awaits the connection. */
class SocketErrorEvent extends Event {
  readonly message: string
  readonly code: string | undefined

  constructor(error: NodeJS.ErrnoException) {
    super('error')
    this.message = error.message
    this.code = error.code
  }
}
