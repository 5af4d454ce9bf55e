/**
 * A model as a process of its own, on OpenAI's streaming chat-completions wire. Every word it says is the time at which it
 * says it; the first is the time at which it was asked. Prints its port when it listens; ends with its parent.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { readClockStart, ticksNow, ticksToWord } from '../token/bench-clock.ts'
import { readOrder } from '../token/reply-order.ts'

const start = readClockStart()

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy())
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(JSON.stringify({ port: typeof address === 'object' && address !== null ? address.port : 0 }))
})
process.stdin.once('end', () => process.exit()).resume()

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const askedAt = ticksNow(start)
  const chunks: Buffer[] = []
  for await (const part of request) chunks.push(Buffer.from(part))
  const order = readOrder(lastMessage(Buffer.concat(chunks).toString('utf8')))
  if (!order) return void response.writeHead(400).end()
  await pause(order.delayMs)

  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  let saidAt = askedAt
  const word = (): string => {
    saidAt = Math.max(saidAt + 1, ticksNow(start)) // no two words are one
    return `${ticksToWord(saidAt)} `
  }
  const began = performance.now()
  response.write(
    event({ role: 'assistant', content: '' }, null) + event({ content: `${ticksToWord(askedAt)} ${word()}` }, null),
  )
  for (let said = 1; said < order.tokens; said += 1) {
    // by the clock, not by the last word: a late timer must not slow the stream
    const dueInMs = began + (said * 1000) / order.tokensPerSecond - performance.now()
    if (dueInMs > 0) await pause(dueInMs)
    response.write(event({ content: word() }, null))
  }
  response.end(`${event({}, 'stop')}data: [DONE]\n\n`)
}

/** As api.openai.com writes it. */
function event(delta: object, finishReason: string | null): string {
  const head = { id: 'chatcmpl-bench0000000000000000000000', object: 'chat.completion.chunk', created: 1_763_700_000 }
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }]
  return `data: ${JSON.stringify({ ...head, model: 'bench-model', service_tier: 'default', system_fingerprint: null, choices, usage: null })}\n\n`
}

function lastMessage(json: string): string {
  const body: unknown = JSON.parse(json)
  const messages: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'messages') : undefined
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined
  return JSON.stringify(last ?? null)
}
