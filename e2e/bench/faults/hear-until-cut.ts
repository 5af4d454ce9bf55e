/** One return to a conversation, over a socket or a stream of events, that may be cut after any number of bytes. */
import { request } from 'node:http'
import { SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../../schema/wire/limits.ts'
import type { Session } from '../../wire/request-session.ts'
import { openFrameSocket } from './frame-socket.ts'
import { hearFrame } from './hear-frame.ts'
import type { HeardFrame } from './hear-frame.ts'
import type { TcpProxy } from './tcp-proxy.ts'

export interface Return {
  readonly way: 'socket' | 'stream'
  readonly network: TcpProxy
  readonly origin: string
  readonly session: Session
  /** Null: a snapshot. */
  readonly after: number | null
  /** Bytes that still come down once the line is asked for; undefined: all. */
  readonly cutAfter: number | undefined
  /** Heard enough. */
  enough(last: number): boolean
}

export interface Heard {
  /** Raw numbered frames, as they came. */
  readonly frames: readonly string[]
  readonly welcome: HeardFrame | undefined
}

const PATIENCE_MS = 10_000

/** Resolves when the line is cut, or enough was heard, or nothing comes any more. */
export function hearUntilCut(wish: Return): Promise<Heard> {
  const frames: string[] = []
  let welcome: HeardFrame | undefined
  let last = 0
  /** Answers whether it was enough. */
  const take = (raw: string): boolean => {
    const frame = hearFrame(raw)
    if (frame?.type === 'welcome') welcome = frame
    if (frame?.isNumbered) frames.push(raw)
    if (frame && (frame.isNumbered || frame.type === 'welcome'))
      last = frame.isNumbered ? frame.seq : (wish.after ?? frame.seq)
    return welcome !== undefined && wish.enough(last)
  }
  return new Promise((resolve) => {
    const line = wish.way === 'socket' ? overSocket(wish, take, done) : overStream(wish, take, done)
    const patience = setTimeout(done, PATIENCE_MS)
    function done(): void {
      clearTimeout(patience)
      line.kill()
      resolve({ frames, welcome })
    }
  })
}

interface Killable {
  kill(): void
}

function overSocket(wish: Return, take: (raw: string) => boolean, done: () => void): Killable {
  const { network, origin, session, after, cutAfter } = wish
  return openFrameSocket({
    port: network.port,
    path: `/parties/twin-room/${session.conversationId}`,
    protocols: [SUBPROTOCOL, `${SESSION_SUBPROTOCOL_PREFIX}${session.token}`],
    origin,
    open(socket) {
      if (cutAfter !== undefined) network.passage(socket.localPort)?.cutAfter(cutAfter)
      socket.send(JSON.stringify({ type: 'hello', after }))
    },
    text(raw) {
      if (take(raw)) done()
    },
    closed: done,
  })
}

function overStream(wish: Return, take: (raw: string) => boolean, done: () => void): Killable {
  const { network, origin, session, after, cutAfter } = wish
  const path = `/v1/conversations/${session.conversationId}/stream${after === null ? '' : `?after=${after}`}`
  const headers = { host: `localhost:${network.port}`, origin, authorization: `Bearer ${session.token}` }
  const asking = request({ host: '127.0.0.1', port: network.port, path, headers, agent: false }, (answer) => {
    let rest = Buffer.alloc(0)
    if (cutAfter !== undefined) network.passage(asking.socket?.localPort ?? 0)?.cutAfter(cutAfter)
    answer.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes])
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const event = rest.subarray(0, end).toString('utf8')
        rest = rest.subarray(end + 2)
        const raw = event.split('\n').find((line) => line.startsWith('data: '))
        if (raw !== undefined && take(raw.slice('data: '.length))) return done()
      }
    })
    answer.on('error', done).on('close', done)
  })
  asking.on('error', done).end()
  return { kill: () => asking.destroy() }
}
