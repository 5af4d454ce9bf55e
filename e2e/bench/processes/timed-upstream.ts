/**
 * The upstream of the token bench, in a process of its own: OpenAI's wire, plain words at a steady pace, and a record of
 * when each left, which `GET /times/<name>` gives away. A request's name stands in its question. Prints its address; ends
 * with its parent.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { machineNow } from '../machine-now.ts'

const TOKENS_PER_SECOND = Number(process.env['BENCH_TOKENS_PER_SECOND'])
const TOKENS = Number(process.env['BENCH_TOKENS'])
/** Plain words, so that a guardrail has as much to hold back as it would in a real reply. */
const WORDS = 'the rain came down on the far side and they all sang in the dark for a man who had lost his hat at the gate'.split(' ')

const times = new Map<string, { readonly came: number; readonly left: number[] }>()

const server = createServer((request, response) => {
  const came = machineNow()
  const name = /^\/times\/(.+)$/.exec(request.url ?? '')?.[1]
  if (name !== undefined) return void response.end(JSON.stringify(times.get(name) ?? null))
  void readText(request).then((body) => speak(response, came, /bench-[0-9a-f-]{36}/.exec(body)?.[0] ?? 'nameless'))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) console.log(`http://127.0.0.1:${address.port}/v1`)
})
process.stdin.once('end', () => process.exit(0)).resume()

function speak(response: ServerResponse, came: number, name: string): void {
  const left: number[] = []
  times.set(name, { came, left })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(chunk({ role: 'assistant', content: '' }, null))
  const timer = setInterval(() => {
    left.push(machineNow())
    response.write(chunk({ content: `${WORDS[left.length % WORDS.length]} ` }, null))
    if (left.length < TOKENS) return
    clearInterval(timer)
    response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
  }, 1000 / TOKENS_PER_SECOND)
  response.once('close', () => clearInterval(timer))
}

function chunk(delta: object, finishReason: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }]
  const head = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model: 'bench', system_fingerprint: null }
  return `data: ${JSON.stringify({ ...head, choices, usage: null })}\n\n`
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const part of request) chunks.push(Buffer.from(part))
  return Buffer.concat(chunks).toString('utf8')
}
