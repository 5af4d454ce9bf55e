/** One upstream that a test plays byte by byte, on either wire a reply may come over. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request of the adapter under test, in the test's hands. */
export interface UpstreamCall {
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Readonly<Record<string, unknown>>
  readonly response: ServerResponse
  /** Resolves when the adapter has closed the connection, or it ended. */
  readonly closed: Promise<void>
  /** Raw bytes of an event stream, on the network once it resolves. */
  write(bytes: string | Uint8Array): Promise<void>
}

export interface Upstream {
  readonly baseUrl: string
  nextCall(): Promise<UpstreamCall>
  close(): Promise<void>
}

/** What an adapter reads, as its provider writes it. */
export interface Wire {
  word(text: string): string
  /** The reply is whole. */
  finish(inputTokens: number, outputTokens: number): string
}

export const chatWire: Wire = {
  word: (content) => data({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }),
  finish: (prompt_tokens, completion_tokens) =>
    data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) +
    data({ choices: [], usage: { prompt_tokens, completion_tokens } }) +
    'data: [DONE]\n\n',
}

export const responsesWire: Wire = {
  word: (delta) => data({ type: 'response.output_text.delta', item_id: 'm1', output_index: 0, delta }),
  finish: (input_tokens, output_tokens) =>
    data({
      type: 'response.completed',
      response: { id: 'r', usage: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens } },
    }),
}

function data(event: object): string {
  return `data: ${JSON.stringify(event)}\n\n`
}

/** Listens on a free loopback port. */
export async function startUpstream(): Promise<Upstream> {
  const arrived: UpstreamCall[] = []
  const waiting: ((call: UpstreamCall) => void)[] = []
  const server = createServer((request, response) => {
    const closed = new Promise<void>((resolve) => response.once('close', resolve))
    let text = ''
    request.setEncoding('utf8').on('data', (piece: string) => (text += piece))
    request.once('end', () => {
      const call: UpstreamCall = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(text),
        response,
        closed,
        write(bytes) {
          if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
          return new Promise((resolve) => response.write(bytes, () => resolve()))
        },
      }
      const taker = waiting.shift()
      if (taker) taker(call)
      else arrived.push(call)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line no-unsafe-type-assertion -- a server that listens on TCP has an AddressInfo
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    nextCall() {
      const call = arrived.shift()
      return call ? Promise.resolve(call) : new Promise((resolve) => waiting.push(resolve))
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
