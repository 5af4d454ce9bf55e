/** A visitor's end of the socket over plain TCP, which can stop reading: no client library lets go of its own buffer. */
import { connect } from 'node:net'
import { CLAIMS_HEADER, type ConnectionClaims } from '../../../schema/domain/claims.ts'
import { frameLog, type FrameLog } from './frame-log.ts'

export interface StillSocket extends FrameLog {
  /** At most 125 bytes. */
  send(frame: object): void
  /** Reads nothing until it is told to. */
  stand(): void
  read(): void
  /** The code it was closed with. */
  readonly closed: Promise<number>
  close(): void
}

/** Opens one; it answers no question for a mark. */
export async function openStillSocket(port: number, claims: ConnectionClaims): Promise<StillSocket> {
  const socket = connect(port, '127.0.0.1')
  const log = frameLog()
  const { promise: upgraded, resolve: open } = Promise.withResolvers<void>()
  const { promise: closed, resolve: end } = Promise.withResolvers<number>()
  let pending = Buffer.alloc(0)
  let isOpen = false

  socket.write(
    [
      `GET /parties/twin-room/${claims.conversationId} HTTP/1.1`,
      'Host: x',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      `${CLAIMS_HEADER}: ${JSON.stringify(claims)}`,
      '\r\n',
    ].join('\r\n'),
  )
  socket.on('data', (bytes) => {
    pending = Buffer.concat([pending, bytes])
    if (!isOpen) {
      const head = pending.indexOf('\r\n\r\n')
      if (head < 0) return
      pending = pending.subarray(head + 4)
      isOpen = true
      open()
    }
    for (let one = readFrame(pending); one; one = readFrame(pending)) {
      pending = pending.subarray(one.size)
      if (one.opcode === 0x8) end(one.payload.readUInt16BE(0))
      else log.hear(one.payload.toString('utf8'))
    }
  })
  socket.on('error', () => end(1006)).on('close', () => end(1006))
  await upgraded

  return {
    ...log,
    send(frame) {
      const payload = Buffer.from(JSON.stringify(frame))
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])) // a mask of zeros
    },
    stand: () => void socket.pause(),
    read: () => void socket.resume(),
    closed,
    close: () => socket.destroy(),
  }
}

function readFrame(bytes: Buffer): { opcode: number; payload: Buffer; size: number } | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes.readUInt8(1)
  const head = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < head) return undefined
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (bytes.length < head + length) return undefined
  return { opcode: bytes.readUInt8(0) & 0x0f, payload: bytes.subarray(head, head + length), size: head + length }
}
