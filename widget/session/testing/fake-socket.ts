/** A WebSocket whose other end is a test: it opens, speaks and closes when told, and keeps what was sent. */

type Sent = Record<string, unknown> & { readonly type?: string }

/** Stands in for the browser's class; `FakeSocket.made` lists every one, newest last. */
export class FakeSocket extends EventTarget {
  static made: FakeSocket[] = []
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readonly url: string
  readonly protocols: readonly string[]
  readyState = 0
  binaryType = 'blob'
  /** Every text as it was sent. */
  readonly texts: string[] = []

  constructor(url: string, protocols: readonly string[] = []) {
    super()
    this.url = url
    this.protocols = protocols
    FakeSocket.made.push(this)
  }

  /** The frames sent, without pings. */
  get frames(): Sent[] {
    return this.texts.filter((text) => text !== 'ping').map((text): Sent => JSON.parse(text))
  }

  send(text: string): void {
    if (this.readyState !== FakeSocket.OPEN) throw new Error('not open')
    this.texts.push(text)
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED
  }

  accept(): void {
    this.readyState = FakeSocket.OPEN
    this.dispatchEvent(new Event('open'))
  }

  say(frame: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: typeof frame === 'string' ? frame : JSON.stringify(frame) }))
  }

  /** The line is gone; an attempt that never opened tells its page no code. */
  end(code: number): void {
    this.readyState = FakeSocket.CLOSED
    if (code === 1_006) this.dispatchEvent(Object.assign(new Event('error'), { message: '' }))
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason: '' }))
  }
}
