/**
 * A page of a test's own making with the built widget on it, and a Worker that the test plays: no server, no network. For
 * what a page or a hostile answer does to the element; what the real Worker does stands in the journeys.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page, Route, WebSocketRoute } from 'playwright-core'
import { ASSETS_FOLDER } from '../../edge/local/build-platform.ts'
import type { ClientFrame, MessageRecord, ServerFrame, WelcomeFrame } from '../../schema/wire/frames.ts'
import { PING, PONG } from '../../schema/wire/limits.ts'
import type { ProblemCode } from '../../schema/wire/problem.ts'
import { stagedEmbed, type StagedEmbed } from './staged-embed.ts'

export const CDN = 'https://cdn.example'
export const PAGE = 'https://fan.example/'
export const DEPLOYMENT = '50000000-0000-4000-8000-0000000000aa'
export const SCRIPT_TAG = `<script async src="${CDN}/v1/twin.js" data-deployment-id="${DEPLOYMENT}"></script>`

/** How the room behaves, frame by frame. */
export interface StagedRoom {
  /** What a snapshot holds. */
  readonly messages?: readonly MessageRecord[]
  /** Answers a frame; without it every message is acknowledged, shown and answered with {@link StagedRoom.reply}. */
  readonly take?: (frame: ClientFrame, say: (frame: ServerFrame) => void) => void
  readonly reply?: string
  /** What is different about its welcome; null: it never says one. */
  readonly welcome?: Partial<WelcomeFrame> | null
}

export interface StageOptions {
  /** The page's HTML by path; `/` at least. */
  readonly pages: Readonly<Record<string, string>>
  /** Headers of the pages, such as a policy. */
  readonly headers?: Readonly<Record<string, string>>
  /** The answer to `GET /v1/embed/:id`; by default Remy's. A `Response`-like refusal has a status. */
  readonly embed?: (deploymentId: string, url: URL) => StagedEmbed | { readonly status: number; readonly body: object }
  readonly room?: StagedRoom
  /** Why `POST /v1/sessions` says no; without it everybody may come in. */
  readonly door?: { readonly status: number; readonly code: ProblemCode }
  /** Sockets are blocked, as some networks do. */
  readonly withoutSockets?: boolean
  readonly context?: BrowserContextOptions
  /** Runs before anything of the page does. */
  readonly before?: string
}

export interface Stage {
  readonly context: BrowserContext
  readonly page: Page
  /** `METHOD url`, in order. */
  readonly requests: string[]
  /** Bodies of `POST /v1/sessions`. */
  readonly sessions: unknown[]
  readonly sockets: WebSocketRoute[]
  /** Frames the client sent, in order. */
  readonly frames: ClientFrame[]
  readonly errors: string[]
  readonly warnings: string[]
  /** Says a frame on the newest socket. */
  say(frame: ServerFrame): void
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
}
const CORS = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
const CONVERSATION = 'c0000000-0000-4000-8000-000000000001'

/** Opens `/` of the stage. */
export async function openStage(browser: Browser, options: StageOptions): Promise<Stage> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options.context })
  const page = await context.newPage()
  const stage: Stage = {
    context,
    page,
    requests: [],
    sessions: [],
    sockets: [],
    frames: [],
    errors: [],
    warnings: [],
    say: (frame) => stage.sockets.at(-1)?.send(JSON.stringify(frame)),
    close: () => context.close(),
  }
  context.on('request', (request) => stage.requests.push(`${request.method()} ${request.url()}`))
  context.on('weberror', (error) => stage.errors.push(String(error.error())))
  page.on('console', (message) => {
    if (message.type() === 'error') stage.errors.push(message.text())
    if (message.type() === 'warning') stage.warnings.push(message.text())
  })
  if (options.before) await context.addInitScript(options.before)
  await context.route('**/*', (route) => answer(route, options, stage))
  await context.routeWebSocket(/\/parties\/twin-room\//, (socket) => {
    if (options.withoutSockets) return void socket.close({ code: 1011 })
    stage.sockets.push(socket)
    playRoom(socket, options.room ?? {}, stage)
  })
  await page.goto(PAGE)
  return stage
}

async function answer(route: Route, { pages, headers, embed, door }: StageOptions, stage: Stage): Promise<void> {
  const request = route.request()
  const url = new URL(request.url())
  const { pathname } = url
  if (url.origin === new URL(PAGE).origin) {
    const body = pages[pathname]
    return body === undefined
      ? route.fulfill({ status: 404, body: '' })
      : route.fulfill({
          body,
          contentType: 'text/html; charset=utf-8',
          ...(headers && { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } }),
        })
  }
  if (url.origin !== CDN) return route.abort()
  if (request.method() === 'OPTIONS') {
    return route.fulfill({
      status: 204,
      headers: { ...CORS, 'access-control-allow-headers': '*', 'access-control-allow-methods': '*' },
    })
  }
  if (pathname.startsWith('/v1/embed')) {
    const made = (embed ?? (() => stagedEmbed()))(decodeURIComponent(pathname.slice('/v1/embed/'.length)), url)
    return 'status' in made
      ? route.fulfill({ status: made.status, json: made.body, headers: CORS })
      : route.fulfill({ json: made, headers: CORS })
  }
  if (pathname === '/v1/sessions') {
    stage.sessions.push(request.postDataJSON())
    if (door) return route.fulfill({ status: door.status, json: { code: door.code, title: '' }, headers: CORS })
    const expiresAt = new Date(Date.now() + 600_000).toISOString()
    return route.fulfill({
      status: 201,
      headers: CORS,
      json: {
        token: 'staged.session.token',
        ticket: 'twin.session.staged.ticket.token',
        expiresAt,
        conversationId: CONVERSATION,
        visitorId: CONVERSATION,
      },
    })
  }
  if (request.method() === 'DELETE') return route.fulfill({ status: 204, headers: CORS })
  const file = join(ASSETS_FOLDER, pathname)
  if (!existsSync(file) || pathname.endsWith('/')) return route.fulfill({ status: 404, body: '', headers: CORS })
  return route.fulfill({
    body: await readFile(file),
    headers: { ...CORS, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' },
  })
}

/** A room with no memory but its snapshot, as it is when somebody says hello: it acknowledges, shows and answers. */
function playRoom(socket: WebSocketRoute, room: StagedRoom, stage: Stage): void {
  const { take, reply = 'Good evening.' } = room
  let seq = 0
  let position = room.messages?.length ?? 0
  const say = (frame: ServerFrame): void => socket.send(JSON.stringify(frame))
  socket.onMessage((raw) => {
    if (raw === PING) return socket.send(PONG)
    const frame: ClientFrame = JSON.parse(String(raw))
    stage.frames.push(frame)
    if (frame.type === 'hello') {
      const { messages = [], welcome } = room
      if (welcome === null) return
      return say({
        type: 'welcome',
        seq,
        conversationId: CONVERSATION,
        resumed: false,
        messages,
        before: null,
        activeTurnId: null,
        placesLeft: 1_000 - messages.length,
        ...welcome,
      })
    }
    if (take) return take(frame, say)
    if (frame.type !== 'message-send') return
    const turnId = `t-${frame.messageId}`
    const at = new Date().toISOString()
    say({
      type: 'message-added',
      seq: ++seq,
      position: ++position,
      turnId,
      at,
      messageId: frame.messageId,
      text: frame.text,
    })
    say({ type: 'ack', seq, messageId: frame.messageId, turnId })
    say({ type: 'reply-start', seq: ++seq, position: ++position, turnId, at, messageId: `r-${frame.messageId}` })
    for (const word of reply.match(/\S+\s*/g) ?? []) say([++seq, word])
    say({ type: 'reply-end', seq: ++seq, turnId, outcome: 'answered' })
  })
}
