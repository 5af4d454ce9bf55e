/**
 * A model that speaks OpenAI's streaming chat-completions wire, says what a test tells it to, and fails as told. It keeps
 * what it was asked and whether the client hung up, so that a test can see that stop really stops.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { ReplyScript } from './reply-script.ts'

/** A request as it came, and what became of it. */
export interface SeenRequest {
  readonly authorization: string | undefined
  readonly body: unknown
  tokensSent: number
  /** `aborted`: the client hung up before the end. */
  end: 'open' | 'finished' | 'aborted' | 'faulted'
}

export interface OpenAiServer {
  /** What OPENAI_BASE_URL holds. */
  readonly baseUrl: string
  readonly seen: SeenRequest[]
  /** Every request that no `next` script was given for is answered so. */
  always(script: ReplyScript): void
  /** Answers one request so, in the order given. */
  next(...scripts: ReplyScript[]): void
  close(): Promise<void>
}

const DEFAULT_SCRIPT: ReplyScript = { tokensPerSecond: 0 }
const GARBAGE = 'data: {"choices":[{"delta":\n\ndata: <html>502</html>\n\ndata: [DONE]\n\n'

/** Listens on a free loopback port, or the one given. */
export async function startOpenAiServer(port = 0): Promise<OpenAiServer> {
  const seen: SeenRequest[] = []
  const queue: ReplyScript[] = []
  let standing = DEFAULT_SCRIPT
  const server = createServer((request, response) => {
    void answer(request, response, () => queue.shift() ?? standing, seen).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The model server has no port.')
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    seen,
    always: (script) => {
      standing = script
    },
    next: (...scripts) => {
      queue.push(...scripts)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  takeScript: () => ReplyScript,
  seen: SeenRequest[],
): Promise<void> {
  const body = parseJson(await readText(request))
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return refuse(response, 404, 'unknown_url')
  const record: SeenRequest = { authorization: request.headers.authorization, body, tokensSent: 0, end: 'open' }
  seen.push(record)
  const hungUp = new AbortController()
  response.once('close', () => {
    if (record.end === 'open') record.end = 'aborted'
    hungUp.abort()
  })
  const script = takeScript()
  const { fault } = script
  if (fault?.kind === 'status') {
    record.end = 'faulted'
    return refuse(response, fault.status, fault.status === 429 ? 'rate_limit_exceeded' : 'server_error')
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  if (fault?.kind === 'garbage') {
    record.end = 'faulted'
    return void response.end(GARBAGE)
  }
  if (fault?.kind !== 'hang' || fault.afterTokens > 0)
    response.write(chunk(body, { role: 'assistant', content: '' }, null))
  else response.flushHeaders()
  const began = performance.now()
  for (const token of script.tokens ?? tokensOf(script.text ?? lastQuestion(body))) {
    if (fault && record.tokensSent >= fault.afterTokens) {
      if (fault.kind === 'hang') return
      record.end = 'faulted'
      return void response.destroy()
    }
    const rate = script.tokensPerSecond ?? 0
    if (rate > 0) await waitUntil(began + ((record.tokensSent + 1) * 1000) / rate, hungUp.signal)
    if (hungUp.signal.aborted) return
    response.write(chunk(body, { content: token }, null))
    record.tokensSent += 1
  }
  record.end = 'finished'
  response.write(chunk(body, {}, 'stop'))
  if (wantsUsage(body)) response.write(usageChunk(body, record.tokensSent))
  response.end('data: [DONE]\n\n')
}

function chunk(body: unknown, delta: object, finishReason: string | null): string {
  return event(body, [{ index: 0, delta, logprobs: null, finish_reason: finishReason }], null)
}

function usageChunk(body: unknown, completion: number): string {
  return event(body, [], { prompt_tokens: 1, completion_tokens: completion, total_tokens: completion + 1 })
}

function event(body: unknown, choices: readonly object[], usage: object | null): string {
  const model = member(body, 'model') ?? 'unnamed'
  const created = Math.floor(Date.now() / 1000)
  const head = { id: 'chatcmpl-local', object: 'chat.completion.chunk', created, model, system_fingerprint: null }
  return `data: ${JSON.stringify({ ...head, choices, usage })}\n\n`
}

function refuse(response: ServerResponse, status: number, code: string): void {
  // A real 429 invites to wait; a test does not want to.
  response.writeHead(status, { 'content-type': 'application/json', ...(status === 429 ? { 'retry-after': '1' } : {}) })
  response.end(JSON.stringify({ error: { message: `Refused: ${code}.`, type: code, param: null, code } }))
}

/** Words with the space that follows them, as a tokenizer would roughly cut. */
function tokensOf(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? []
}

/** By the clock, not by the last word: a late timer must not slow the stream. */
async function waitUntil(time: number, signal: AbortSignal): Promise<void> {
  const left = time - performance.now()
  if (left > 0) await pause(left, undefined, { signal }).catch(() => undefined)
}

function lastQuestion(body: unknown): string {
  const messages = member(body, 'messages')
  const content = Array.isArray(messages) ? member(messages.at(-1), 'content') : undefined
  return typeof content === 'string' ? content : JSON.stringify(content ?? '')
}

function wantsUsage(body: unknown): boolean {
  return member(member(body, 'stream_options'), 'include_usage') === true
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const part of request) chunks.push(Buffer.from(part))
  return Buffer.concat(chunks).toString('utf8')
}
