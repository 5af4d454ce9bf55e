/**
 * A websocket client of our own over a plain TCP socket (RFC 6455, no extensions): what arrives is what was sent, byte for
 * byte, and a frame can be left half-written, which no client library allows.
 */
import { createHash, randomBytes } from 'node:crypto'
import { connect } from 'node:net'

export interface FrameSocket {
  /** The port it calls from: by it a proxy knows the passage. */
  readonly localPort: number
  send(text: string): void
  /** Writes the beginning of a frame and dies. */
  sendHalf(text: string, share: number): void
  /** Breaks the protocol, so that the server closes. */
  sendNonsense(): void
  /** As a visitor who leaves. */
  close(): void
  /** As a device that loses power: nobody is told, or the peer is reset. */
  kill(): void
}

export interface FrameSocketOptions {
  readonly port: number
  /** The Host; this machine's own unless another is named. */
  readonly host?: string
  readonly path: string
  readonly protocols: readonly string[]
  readonly origin: string
  open(socket: FrameSocket): void
  text(text: string): void
  /** Once, however it ended: a close code, an HTTP status that refused the upgrade, or 0 for a broken line. */
  closed(code: number): void
}

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Answers a way to give up before it is open. */
export function openFrameSocket(options: FrameSocketOptions): { kill(): void } {
  const { port, host = `localhost:${port}`, path, protocols, origin } = options
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const key = randomBytes(16).toString('base64')
  let pending = Buffer.alloc(0)
  let upgraded = false
  let ended = false
  let parts: Buffer[] = []
  let code = 0

  function end(why: number): void {
    if (ended) return
    ended = true
    socket.destroy()
    options.closed(why)
  }

  const line: FrameSocket = {
    get localPort() {
      return socket.localPort ?? 0
    },
    send: (text) => void (ended || socket.write(frame(0x1, Buffer.from(text)))),
    sendHalf(text, share) {
      const bytes = frame(0x1, Buffer.from(text))
      const half = bytes.subarray(0, Math.max(1, Math.floor(bytes.length * share)))
      socket.write(half, () => socket.destroy())
    },
    sendNonsense: () => void socket.write(Buffer.from([0x83, 0x80, 0, 0, 0, 0])), // opcode 3 is reserved
    close: () => void (ended || socket.write(frame(0x8, Buffer.from([0x03, 0xe8])))),
    kill() {
      socket.resetAndDestroy()
    },
  }

  function take(opcode: number, isLast: boolean, payload: Buffer): void {
    if (opcode === 0x8) {
      code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      socket.end(frame(0x8, payload.subarray(0, 2)))
      return end(code)
    }
    if (opcode === 0x9) return void socket.write(frame(0xa, payload))
    if (opcode !== 0x1 && opcode !== 0x0) return
    parts.push(payload)
    if (!isLast) return
    const whole = Buffer.concat(parts)
    parts = []
    options.text(decoder.decode(whole))
  }

  socket.on('connect', () => {
    const head = [
      `GET ${path} HTTP/1.1`,
      `Host: ${host}`,
      `Origin: ${origin}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
      `Sec-WebSocket-Protocol: ${protocols.join(', ')}`,
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
  })
  socket.on('data', (bytes) => {
    pending = pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([pending, bytes])
    if (!upgraded) {
      const headEnd = pending.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const status = Number(pending.subarray(9, 12).toString('latin1'))
      const accepted = createHash('sha1')
        .update(key + MAGIC)
        .digest('base64')
      if (status !== 101 || !pending.subarray(0, headEnd).includes(accepted)) return end(status)
      pending = pending.subarray(headEnd + 4)
      upgraded = true
      options.open(line)
    }
    for (let one = readFrame(pending); one && !ended; one = readFrame(pending)) {
      pending = pending.subarray(one.size)
      take(one.opcode, one.isLast, one.payload)
    }
  })
  socket.on('error', () => undefined)
  socket.on('end', () => end(code))
  socket.on('close', () => end(code))
  return { kill: () => socket.resetAndDestroy() }
}

function readFrame(bytes: Buffer): { opcode: number; isLast: boolean; payload: Buffer; size: number } | undefined {
  const [first, second] = bytes
  if (first === undefined || second === undefined) return undefined
  const short = second & 0x7f
  const head = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < head) return undefined
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (bytes.length < head + length) return undefined
  return {
    opcode: first & 0x0f,
    isLast: first >= 0x80,
    payload: bytes.subarray(head, head + length),
    size: head + length,
  }
}

/** A client's frames are masked. */
function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  const head =
    length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | length])
      : Buffer.from([0x80 | opcode, 0xfe, length >> 8, length & 0xff])
  const mask = randomBytes(4)
  const masked = Buffer.from(payload)
  for (let at = 0; at < length; at += 1) masked[at] = (masked[at] ?? 0) ^ (mask[at % 4] ?? 0)
  return Buffer.concat([head, mask, masked])
}
