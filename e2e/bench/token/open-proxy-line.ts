/** The way through the bare proxy: the model's own event stream, read as a page without a server would. */
import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { ticksNow } from './bench-clock.ts'
import { heardReply } from './heard-reply.ts'
import type { HeardReply } from './heard-reply.ts'
import type { Line, LineReply } from './line.ts'
import { writeOrder } from './reply-order.ts'
import type { ReplyOrder } from './reply-order.ts'

export interface ProxyLineOptions {
  readonly port: number
  readonly clockStart: bigint
}

/** A connection of its own that stays open between questions, as our socket does. */
export function openProxyLine({ port, clockStart }: ProxyLineOptions): Line {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    ask: (order) => ask(order, agent, port, clockStart),
    close: () => agent.destroy(),
  }
}

async function ask(order: ReplyOrder, agent: Agent, port: number, clockStart: bigint): Promise<LineReply> {
  const body = JSON.stringify({
    model: 'bench',
    stream: true,
    messages: [{ role: 'user', content: writeOrder(order) }],
  })
  const reply = heardReply(order.tokens, ticksNow(clockStart))
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    request({ agent, host: '127.0.0.1', port, method: 'POST', headers }, resolve).once('error', reject).end(body)
  })
  if (response.statusCode !== 200) throw new Error(`The proxy answered ${response.statusCode}.`)
  return { bytes: await hearEvents(response, reply, clockStart), ...reply.finish() }
}

async function hearEvents(response: IncomingMessage, reply: HeardReply, clockStart: bigint): Promise<number> {
  let bytes = 0
  let rest = ''
  let done = false
  await new Promise<void>((resolve, reject) => {
    response.once('error', reject).once('end', resolve)
    response.on('data', (chunk: Buffer) => {
      const at = ticksNow(clockStart)
      bytes += chunk.length
      const events = (rest + chunk.toString('latin1')).split('\n\n')
      rest = events.pop() ?? ''
      try {
        for (const event of events) {
          if (event === 'data: [DONE]') done = true
          else hearWords(JSON.parse(event.slice('data: '.length)), reply, at)
        }
      } catch (failure) {
        response.destroy()
        reject(failure)
      }
    })
  })
  if (!done) throw new Error('The stream ended before its end.')
  return bytes
}

function hearWords(chunk: unknown, reply: HeardReply, at: number): void {
  const choices = member(chunk, 'choices')
  const content = member(member(Array.isArray(choices) ? choices[0] : undefined, 'delta'), 'content')
  if (typeof content === 'string' && content !== '') reply.hear(content, at)
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
