/**
 * Everything outside the room, on one local HTTP server: a model on the real chat-completions wire that a test scripts,
 * a directory and an archive that a test takes away and gives back.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ArchiveBatch, TwinContext } from '../../core/ports.ts'

/** One upstream call, in the test's hands. */
export interface ModelCall {
  readonly body: string
  /** Resolves when the room has closed the connection. */
  readonly closed: Promise<void>
  /** Sends text as the provider would. */
  say(...texts: readonly string[]): void
  /** Ends as the provider would. */
  finish(): void
  /** Raw bytes, for what no provider should send. */
  raw(bytes: string): void
  /** Breaks the connection. */
  cut(): void
  /** Answers with a status instead of a stream. */
  refuse(status: number): void
}

export interface FakeWorld {
  readonly url: string
  context: TwinContext | null
  directoryAway: boolean
  archiveAway: boolean
  /** What the archive took, in order. */
  readonly batches: ArchiveBatch[]
  /** Every attempt to write, also refused ones. */
  archiveAttempts: number
  /** The next call of the model, in the order they come. */
  nextCall(): Promise<ModelCall>
  /** Calls made so far. */
  readonly calls: number
  /** Answers each call at once with these words. */
  autoReply: string | undefined
  /** Resolves once the condition holds; asked again whenever the archive or the model is called. */
  until(condition: () => boolean): Promise<void>
  close(): Promise<void>
}

/** Starts a world. */
export async function startWorld(context: TwinContext): Promise<FakeWorld> {
  const waiting: ((call: ModelCall) => void)[] = []
  const arrived: ModelCall[] = []
  const watchers = new Set<() => void>()
  let calls = 0

  const server = createServer((request, response) => {
    void take(request, response).then(() => watchers.forEach((look) => look()))
  })

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request)
    if (request.url === '/directory') {
      response.writeHead(world.directoryAway ? 503 : 200).end(JSON.stringify(world.context))
    } else if (request.url === '/archive') {
      world.archiveAttempts += 1
      if (!world.archiveAway) world.batches.push(JSON.parse(body))
      response.writeHead(world.archiveAway ? 503 : 204).end()
    } else {
      calls += 1
      const call = modelCall(body, response)
      if (world.autoReply !== undefined) {
        call.say(world.autoReply)
        call.finish()
        return
      }
      const taker = waiting.shift()
      if (taker) taker(call)
      else arrived.push(call)
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line no-unsafe-type-assertion -- a server that listens on TCP has an AddressInfo
  const { port } = server.address() as AddressInfo
  const world: FakeWorld = {
    url: `http://127.0.0.1:${port}`,
    context,
    directoryAway: false,
    archiveAway: false,
    batches: [],
    archiveAttempts: 0,
    autoReply: undefined,
    get calls() {
      return calls
    },
    nextCall: () => {
      const call = arrived.shift()
      return call ? Promise.resolve(call) : new Promise((resolve) => waiting.push(resolve))
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return world
}

function modelCall(body: string, response: ServerResponse): ModelCall {
  const open = (): void => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
  }
  const chunk = (delta: object, finishReason: string | null): string => {
    const choices = [{ index: 0, delta, finish_reason: finishReason }]
    return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'scripted', choices })}\n\n`
  }
  return {
    body,
    closed: new Promise((resolve) => response.once('close', resolve)),
    say(...texts) {
      open()
      for (const content of texts) response.write(chunk({ role: 'assistant', content }, null))
    },
    finish() {
      open()
      response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
    },
    raw(bytes) {
      open()
      response.write(bytes)
    },
    cut: () => response.destroy(),
    refuse: (status) => response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}'),
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += String(piece)
  return body
}
