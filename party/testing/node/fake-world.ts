/**
 * Everything outside the room, on one local HTTP server: a model on the real chat-completions wire that a test scripts,
 * a directory and an archive that a test takes away and gives back.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BudgetAnswer, BudgetAsk, BudgetSettlement } from '../../../schema/domain/budget.ts'
import type { ArchiveBatch, RoomOwner, TwinContext } from '../../core/ports.ts'

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
  floodGateAway: boolean
  /** The visitor who has said too much. */
  flooded: string | undefined
  budgetAway: boolean
  /** What the budget says to whoever asks. */
  budget: BudgetAnswer
  /** What it was asked to reserve, and told of, in order. */
  readonly reserved: BudgetAsk[]
  readonly settled: BudgetSettlement[]
  /** How often the flood gate was asked. */
  said: number
  /** What the archive took, in order. */
  readonly batches: ArchiveBatch[]
  /** Conversations the archive has erased, in order; `batches` no longer holds them. */
  readonly erased: string[]
  /** Holds writes to the archive open until it is called. */
  holdArchive(): () => void
  /** Every attempt to write, also refused ones. */
  archiveAttempts: number
  /** The next call of the model about this question. */
  nextCall(question: string): Promise<ModelCall>
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
  const arrived: { readonly question: string; readonly call: ModelCall }[] = []
  const watchers = new Set<() => void>()
  let calls = 0
  let held: Promise<void> | undefined

  const server = createServer((request, response) => {
    void take(request, response).then(lookAround)
  })

  function lookAround(): void {
    watchers.forEach((look) => look())
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request)
    if (request.url === '/directory') {
      response.writeHead(world.directoryAway ? 503 : 200).end(JSON.stringify(world.context))
    } else if (request.url === '/flood') {
      world.said += 1
      lookAround()
      response.writeHead(world.floodGateAway ? 503 : 200).end(JSON.stringify(world.flooded === body ? 60 : 0))
    } else if (request.url?.startsWith('/budget/')) {
      if (!world.budgetAway && request.url.endsWith('/reserve')) world.reserved.push(JSON.parse(body))
      if (!world.budgetAway && request.url.endsWith('/settle')) world.settled.push(...JSON.parse(body))
      response.writeHead(world.budgetAway ? 503 : 200).end(JSON.stringify(world.budget))
    } else if (request.url === '/archive') {
      world.archiveAttempts += 1
      lookAround()
      await held
      if (!world.archiveAway && request.method === 'DELETE') erase(JSON.parse(body))
      else if (!world.archiveAway) world.batches.push(JSON.parse(body))
      response.writeHead(world.archiveAway ? 503 : 204).end()
    } else {
      calls += 1
      const call = modelCall(body, response)
      if (world.autoReply !== undefined) {
        call.say(world.autoReply)
        call.finish()
        return
      }
      arrived.push({ question: questionIn(body), call })
    }
  }

  function erase({ conversationId }: RoomOwner): void {
    const kept = world.batches.filter(({ owner }) => owner.conversationId !== conversationId)
    world.batches.splice(0, Infinity, ...kept)
    world.erased.push(conversationId)
  }

  function until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find()
        if (found === undefined) return
        watchers.delete(look)
        resolve(found)
      }
      watchers.add(look)
      look()
    })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line no-unsafe-type-assertion -- a server that listens on TCP has an AddressInfo
  const { port } = server.address() as AddressInfo
  const world: FakeWorld = {
    url: `http://127.0.0.1:${port}`,
    context,
    directoryAway: false,
    archiveAway: false,
    floodGateAway: false,
    budgetAway: false,
    budget: { granted: true },
    reserved: [],
    settled: [],
    flooded: undefined,
    said: 0,
    batches: [],
    erased: [],
    holdArchive() {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return () => {
        held = undefined
        resolve()
      }
    },
    archiveAttempts: 0,
    autoReply: undefined,
    get calls() {
      return calls
    },
    nextCall: (question) =>
      until(() => {
        const index = arrived.findIndex((waiting) => waiting.question === question)
        return index < 0 ? undefined : arrived.splice(index, 1)[0]?.call
      }),
    until: (condition) => until(() => (condition() ? true : undefined)).then(() => undefined),
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
    refuse: (status) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}'),
  }
}

function questionIn(body: string): string {
  const { messages } = JSON.parse(body)
  const { content } = messages.at(-1)
  return typeof content === 'string' ? content : content[0].text
}

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += String(piece)
  return body
}
