/**
 * What stands between the browser and everything it loads, the same for us and for our peers: pages on one host, scripts
 * and backends on another, as a content network would serve them (brotli at its best for files, quick for answers, long
 * caching for what has a hash). The product's Worker stands behind it whole, its socket included.
 */
import { readFile } from 'node:fs/promises'
import { createServer, request as ask } from 'node:http'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

/** Answers below a path of the scripts' host; `path` begins with a slash. */
export type Backend = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>

export interface Front {
  readonly pageOrigin: string
  readonly cdnOrigin: string
  /** Serves a folder of the scripts' host. */
  readonly files: Map<string, string>
  /** Answers for a folder of the scripts' host. */
  readonly backends: Map<string, Backend>
  /** The pages, by path. */
  readonly pages: Map<string, string>
  close(): Promise<void>
}

const PAGE_HOST = 'page.localhost'
const CDN_HOST = 'cdn.localhost'
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const MAX_BODY_BYTES = 1_000_000

/** `workerPort`: where the product's Worker listens; without one its paths are not found. */
export async function startFront(workerPort?: number): Promise<Front> {
  const front = {
    files: new Map<string, string>(),
    backends: new Map<string, Backend>(),
    pages: new Map<string, string>(),
  }
  const squeeze = squeezer()

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://front')
    if (request.headers.host?.startsWith(PAGE_HOST)) {
      const page = front.pages.get(pathname)
      if (page === undefined) return void response.writeHead(404).end()
      return send(response, 200, { 'content-type': TYPES['.html'] }, await squeeze(Buffer.from(page), page))
    }
    const [, folder = ''] = pathname.split('/')
    const rest = pathname.slice(folder.length + 1)
    const backend = front.backends.get(folder)
    if (backend) {
      allowAll(request, response)
      if (request.method === 'OPTIONS') return void response.writeHead(204).end()
      return backend(request, response, rest)
    }
    const root = front.files.get(folder)
    if (root === undefined) return workerPort ? pass(request, response, workerPort) : void response.writeHead(404).end()
    allowAll(request, response)
    const file = await readFile(join(root, normalize(rest))).catch(() => undefined)
    if (!file) return void response.writeHead(404).end()
    const headers = {
      'content-type': TYPES[extname(rest)] ?? 'application/octet-stream',
      'cache-control': 'max-age=600',
    }
    return send(response, 200, headers, await squeeze(file, pathname))
  }

  async function pass(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    const { status, headers, body } = await forward(request, port)
    const type = String(headers['content-type'] ?? '')
    if (!/^(text|application)\/(?!event-stream)/.test(type) || body.length === 0) {
      return void response.writeHead(status, headers).end(body)
    }
    delete headers['content-length']
    delete headers['transfer-encoding']
    const isFile = /javascript|css/.test(type)
    send(response, status, headers, await squeeze(body, isFile ? (request.url ?? '') : undefined))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.on('upgrade', (request, socket) => {
    if (workerPort) tunnel(request, socket, workerPort)
    else socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The bench found no port.')
  return {
    ...front,
    pageOrigin: `http://${PAGE_HOST}:${address.port}`,
    cdnOrigin: `http://${CDN_HOST}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const part of request) {
    const chunk = Buffer.from(part)
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('Too much was sent.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

interface Passed {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
}

async function forward(request: IncomingMessage, port: number): Promise<Passed> {
  const sent = await readBody(request)
  const headers = { ...request.headers, host: `localhost:${port}`, 'accept-encoding': 'identity' }
  return new Promise((resolve, reject) => {
    const onward = ask({ host: '127.0.0.1', port, path: request.url, method: request.method, headers }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 502, headers: { ...reply.headers }, body: Buffer.concat(chunks) }),
      )
      reply.on('error', reject)
    })
    onward.on('error', reject).end(sent)
  })
}

/** The socket's bytes as they are, both ways. */
function tunnel(request: IncomingMessage, socket: Duplex, port: number): void {
  const lines = [`${request.method} ${request.url} HTTP/1.1`]
  const raw = request.rawHeaders
  for (let at = 0; at < raw.length; at += 2) {
    lines.push(`${raw[at]}: ${raw[at]?.toLowerCase() === 'host' ? `localhost:${port}` : raw[at + 1]}`)
  }
  const onward = connect(port, '127.0.0.1', () => {
    onward.setNoDelay(true)
    onward.write(`${lines.join('\r\n')}\r\n\r\n`)
    onward.pipe(socket).pipe(onward)
  })
  const end = (): void => {
    socket.destroy()
    onward.destroy()
  }
  onward.on('error', end).on('close', end)
  socket.on('error', end).on('close', end)
}

/** `key`: under which a file is squeezed once and at its best. */
function squeezer(): (body: Buffer, key?: string) => Promise<Buffer> {
  const known = new Map<string, Promise<Buffer>>()
  const shrink = (body: Buffer, quality: number): Promise<Buffer> =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
  return (body, key) => {
    if (key === undefined) return shrink(body, 4)
    const made = known.get(key) ?? shrink(body, 11)
    known.set(key, made)
    return made
  }
}

function send(response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: Buffer): void {
  response.writeHead(status, { ...headers, 'content-encoding': 'br', 'content-length': body.length }).end(body)
}

function allowAll(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
  response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*')
  response.setHeader('access-control-max-age', '600')
}
