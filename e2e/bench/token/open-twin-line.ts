/** The way through the platform: session, socket, room, guard, journal, as a visitor's widget takes it. */
import { SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../../schema/wire/limits.ts'
import { parseServerFrame } from '../../../widget/session/parse-server-frame.ts'
import { requestSession } from '../../wire/request-session.ts'
import { ticksNow } from './bench-clock.ts'
import { heardReply } from './heard-reply.ts'
import type { HeardReply } from './heard-reply.ts'
import type { Line, LineReply } from './line.ts'
import { frameBytes, openSocket } from './open-socket.ts'
import { writeOrder } from './reply-order.ts'

export interface TwinLineOptions {
  readonly port: number
  readonly origin: string
  readonly deploymentId: string
  readonly clockStart: bigint
}

interface Asked {
  readonly reply: HeardReply
  readonly bytesBefore: number
  readonly resolve: (reply: LineReply) => void
  readonly reject: (failure: unknown) => void
}

/** A new visitor each time; resolves once the room has welcomed. */
export async function openTwinLine({ port, origin, deploymentId, clockStart }: TwinLineOptions): Promise<Line> {
  const { token, conversationId } = await requestSession({ port, origin, deploymentId })
  const protocols = [SUBPROTOCOL, `${SESSION_SUBPROTOCOL_PREFIX}${token}`]
  const socket = openSocket(`ws://localhost:${port}/parties/twin-room/${conversationId}`, { protocols, origin })
  let asked: Asked | undefined
  let settleWelcome: (refused?: Error) => void = () => undefined
  const welcomed = new Promise<void>((resolve, reject) => {
    settleWelcome = (refused) => (refused ? reject(refused) : resolve())
  })
  let bytes = 0
  let seq = 0

  function take(data: string, at: number): void {
    bytes += frameBytes(data)
    const frame = parseServerFrame(data)
    if (!frame) throw new Error(`No frame of ours: ${data}`)
    if (!('type' in frame)) {
      number(frame[0])
      asked?.reply.hear(frame[1], at)
      return
    }
    if (frame.type === 'error') throw new Error(`Refused: ${data}`)
    if (frame.type === 'welcome') return settleWelcome()
    if (frame.type !== 'ack') number(frame.seq)
    if (frame.type !== 'reply-end' || !asked) return
    if (frame.outcome !== 'answered') throw new Error(`The reply ended so: ${data}`)
    asked.resolve({ ...asked.reply.finish(), bytes: bytes - asked.bytesBefore })
    asked = undefined
  }

  function number(next: number): void {
    if (next !== seq + 1) throw new Error(`Frame ${next} came after ${seq}.`)
    seq = next
  }

  function end(failure: Error): void {
    settleWelcome(failure)
    asked?.reject(failure)
    asked = undefined
  }

  socket.addEventListener('message', ({ data }) => {
    const at = ticksNow(clockStart)
    try {
      take(String(data), at)
    } catch (failure) {
      end(failure instanceof Error ? failure : new Error(String(failure)))
    }
  })
  socket.addEventListener('close', ({ code }) => end(new Error(`The socket closed (${code}).`)))
  socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'hello', after: null })))
  await welcomed

  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        const frame = JSON.stringify({ type: 'message-send', messageId: crypto.randomUUID(), text: writeOrder(order) })
        asked = { reply: heardReply(order.tokens, ticksNow(clockStart)), bytesBefore: bytes, resolve, reject }
        socket.send(frame)
      }),
    close: () => socket.close(),
  }
}
