/**
 * A model on OpenAI's wire that every call costs something, as dear as it can be: each byte of the prompt is a token, and the
 * reply is as long as it may be. It counts from the first moment: whoever hangs up has paid all the same.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

export interface PaidModel {
  readonly baseUrl: string
  /** Calls and tokens since the last {@link PaidModel.forget}, and what the dearest call cost. */
  readonly bill: { readonly calls: number; readonly tokens: number; readonly dearest: number; readonly open: number }
  forget(): void
  /** From here on calls are answered only with the end of their connection; or again as ever. */
  hold(isHeld: boolean): void
  close(): Promise<void>
}

const THINKING_MS = 20

export async function startPaidModel(): Promise<PaidModel> {
  let bill = { calls: 0, tokens: 0, dearest: 0, open: 0 }
  let isHeld = false

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const usage = usageOf(await read(request))
    const tokens = usage.prompt_tokens + usage.completion_tokens
    const mine = bill
    mine.calls += 1
    mine.tokens += tokens
    mine.dearest = Math.max(mine.dearest, tokens)
    mine.open += 1
    response.once('close', () => (mine.open -= 1))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(
      event({ choices: [{ index: 0, delta: { role: 'assistant', content: 'Yes.' }, finish_reason: null }] }),
    )
    if (isHeld) return
    await pause(THINKING_MS)
    response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }))
    response.write(event({ choices: [], usage: { ...usage, total_tokens: tokens } }))
    response.end('data: [DONE]\n\n')
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    get bill() {
      return bill
    },
    forget: () => {
      bill = { calls: 0, tokens: 0, dearest: 0, open: 0 }
    },
    hold: (held) => void (isHeld = held),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function usageOf(body: string): { readonly prompt_tokens: number; readonly completion_tokens: number } {
  const { messages, max_completion_tokens, max_tokens } = JSON.parse(body)
  const texts: readonly string[] = messages.map(({ content }: { readonly content: unknown }) =>
    typeof content === 'string' ? content : JSON.stringify(content),
  )
  const prompt = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  return { prompt_tokens: prompt, completion_tokens: Number(max_completion_tokens ?? max_tokens) }
}

function event(data: object): string {
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'paid', ...data })}\n\n`
}

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += String(piece)
  return body
}
