/**
 * The upstream of the token bench, in a process of its own: OpenAI's wire, each token a stamp of the moment it left. The
 * first token also says when the request came. Prints its address; ends with its parent.
 */
import { createServer } from 'node:http'
import { now, stamp } from '../stamp.ts'

const TOKENS_PER_SECOND = Number(process.env['BENCH_TOKENS_PER_SECOND'])
const TOKENS = Number(process.env['BENCH_TOKENS'])

const server = createServer((request, response) => {
  const came = now()
  request.resume()
  request.once('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk({ role: 'assistant', content: '' }, null))
    let sent = 0
    const timer = setInterval(() => {
      sent += 1
      response.write(chunk({ content: sent === 1 ? `${stamp(came)}~${stamp(now())} ` : `${stamp(now())} ` }, null))
      if (sent < TOKENS) return
      clearInterval(timer)
      response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
    }, 1000 / TOKENS_PER_SECOND)
    response.once('close', () => clearInterval(timer))
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) console.log(`http://127.0.0.1:${address.port}/v1`)
})
process.stdin.once('end', () => process.exit(0)).resume()

function chunk(delta: object, finishReason: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }]
  const head = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model: 'bench', system_fingerprint: null }
  return `data: ${JSON.stringify({ ...head, choices, usage: null })}\n\n`
}
