/** The way through Cloudflare's AI chat: its socket and its frames, as its own client sends and reads them. */
import { ticksNow } from './bench-clock.ts'
import { heardReply } from './heard-reply.ts'
import type { HeardReply } from './heard-reply.ts'
import type { Line, LineReply } from './line.ts'
import { frameBytes, openSocket } from './open-socket.ts'
import { writeOrder } from './reply-order.ts'

export interface AichatLineOptions {
  readonly port: number
  readonly clockStart: bigint
}

interface Asked {
  readonly id: string
  readonly reply: HeardReply
  readonly bytesBefore: number
  readonly resolve: (reply: LineReply) => void
  readonly reject: (failure: unknown) => void
}

/** A conversation of its own; resolves once the socket stands. */
export async function openAichatLine({ port, clockStart }: AichatLineOptions): Promise<Line> {
  const socket = openSocket(`ws://127.0.0.1:${port}/agents/chat-agent/${crypto.randomUUID()}`)
  const messages: object[] = []
  let asked: Asked | undefined
  let said = ''
  let bytes = 0

  function take(data: string, at: number): void {
    bytes += frameBytes(data)
    const frame: unknown = JSON.parse(data)
    if (!asked || member(frame, 'type') !== 'cf_agent_use_chat_response' || member(frame, 'id') !== asked.id) return
    const body = member(frame, 'body')
    if (member(frame, 'error') === true) throw new Error(`Refused: ${data}`)
    if (typeof body === 'string' && body.trim() !== '') hear(JSON.parse(body), asked.reply, at)
    if (member(frame, 'done') !== true) return
    const { reply, bytesBefore, resolve } = asked
    asked = undefined
    messages.push(message('assistant', said))
    resolve({ ...reply.finish(), bytes: bytes - bytesBefore })
  }

  function hear(part: unknown, reply: HeardReply, at: number): void {
    const delta = member(part, 'delta')
    if (member(part, 'type') === 'error') throw new Error(`The reply failed: ${JSON.stringify(part)}`)
    if (member(part, 'type') !== 'text-delta' || typeof delta !== 'string') return
    said += delta
    reply.hear(delta, at)
  }

  function end(failure: unknown): void {
    asked?.reject(failure)
    asked = undefined
  }

  socket.addEventListener('message', ({ data }) => {
    const at = ticksNow(clockStart)
    try {
      take(String(data), at)
    } catch (failure) {
      end(failure)
    }
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('close', ({ code }) => {
      const failure = new Error(`The socket closed (${code}).`)
      reject(failure)
      end(failure)
    })
  })

  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        const id = crypto.randomUUID()
        messages.push(message('user', writeOrder(order)))
        said = ''
        const body = JSON.stringify({ id: 'bench', messages, trigger: 'submit-message' })
        const frame = JSON.stringify({ type: 'cf_agent_use_chat_request', id, init: { method: 'POST', body } })
        const reply = heardReply(order.tokens, ticksNow(clockStart))
        asked = { id, reply, bytesBefore: bytes, resolve, reject }
        socket.send(frame)
      }),
    close: () => socket.close(),
  }
}

function message(role: 'user' | 'assistant', text: string): object {
  return { id: crypto.randomUUID(), role, parts: [{ type: 'text', text }] }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
