/**
 * A model on OpenAI's streaming chat-completions wire that says what the question orders, and keeps every call it was
 * given: how often one question was asked, and when whoever asked hung up.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { readOrder, wordsOf } from './order.ts'
import type { Order } from './order.ts'

export interface ModelCall {
  /** Milliseconds of this process's steady clock. */
  readonly askedAt: number
  hungUpAt: number | undefined
  end: 'open' | 'finished' | 'aborted' | 'faulted'
}

export interface Upstream {
  /** What OPENAI_BASE_URL holds. */
  readonly baseUrl: string
  /** Every call there was for a question, in order. */
  calls(key: string): readonly ModelCall[]
  /** What comes from here on may ask the same questions anew. */
  forget(): void
  /** Calls that no question of ours explains. */
  strangers(): number
  close(): Promise<void>
}

/** Words are sent in packs, as networks do; also spares this machine. */
const WORDS_A_PACK = 2

export async function startUpstream(): Promise<Upstream> {
  const calls = new Map<string, ModelCall[]>()
  let strangers = 0
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The upstream has no port.')

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const order = readOrder(lastMessage(await readText(request)))
    if (!order) {
      strangers += 1
      return void response.writeHead(400).end()
    }
    const call: ModelCall = { askedAt: performance.now(), hungUpAt: undefined, end: 'open' }
    const known = calls.get(order.key) ?? []
    calls.set(order.key, [...known, call])
    const hungUp = new AbortController()
    response.once('close', () => {
      if (call.end === 'open') {
        call.hungUpAt = performance.now()
        call.end = 'aborted'
      }
      hungUp.abort()
    })
    await stream(known.length === 0 ? order : { ...order, fault: 'none' }, call, response, hungUp.signal)
  }

  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    calls: (key) => calls.get(key) ?? [],
    forget: () => calls.clear(),
    strangers: () => strangers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function stream(order: Order, call: ModelCall, response: ServerResponse, hungUp: AbortSignal): Promise<void> {
  const { fault, wordsPerSecond, delayMs } = order
  if (fault === 'status' || fault === 'busy') {
    call.end = 'faulted'
    const error = { message: 'Refused.', type: 'server_error', param: null, code: 'server_error' }
    response.writeHead(fault === 'busy' ? 429 : 500, { 'content-type': 'application/json' })
    return void response.end(JSON.stringify({ error }))
  }
  await pause(delayMs, undefined, { signal: hungUp }).catch(() => undefined)
  if (hungUp.aborted) return
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  if (fault === 'garbage') {
    call.end = 'faulted'
    return void response.end('data: {"choices":[{"delta":\n\ndata: <html>502</html>\n\ndata: [DONE]\n\n')
  }
  response.write(event({ role: 'assistant', content: '' }, null))
  const words = wordsOf(order)
  const began = performance.now()
  for (let at = 0; at < words.length; at += WORDS_A_PACK) {
    if (at >= words.length / 2 && fault === 'hang') return
    if (at >= words.length / 2 && fault === 'cut') {
      call.end = 'faulted'
      return void response.destroy()
    }
    // by the clock, not by the last word: a late timer must not slow the stream
    const dueInMs = wordsPerSecond > 0 ? began + (at * 1000) / wordsPerSecond - performance.now() : 0
    if (dueInMs > 0) await pause(dueInMs, undefined, { signal: hungUp }).catch(() => undefined)
    if (hungUp.aborted) return
    const pack = words.slice(at, at + WORDS_A_PACK)
    response.write(pack.map((content) => event({ content }, null)).join(''))
  }
  call.end = 'finished'
  response.write(event({}, 'stop'))
  response.write(usage(words.length))
  response.end('data: [DONE]\n\n')
}

const HEAD = { id: 'chatcmpl-faults', object: 'chat.completion.chunk', created: 1_763_700_000, model: 'faults-model' }

function event(delta: object, finishReason: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }]
  return `data: ${JSON.stringify({ ...HEAD, choices, usage: null })}\n\n`
}

function usage(words: number): string {
  const counted = { prompt_tokens: 10, completion_tokens: words, total_tokens: words + 10 }
  return `data: ${JSON.stringify({ ...HEAD, choices: [], usage: counted })}\n\n`
}

function lastMessage(json: string): string {
  const body: unknown = JSON.parse(json)
  const messages: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'messages') : undefined
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined
  return JSON.stringify(last ?? null)
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const part of request) chunks.push(Buffer.from(part))
  return Buffer.concat(chunks).toString('utf8')
}
