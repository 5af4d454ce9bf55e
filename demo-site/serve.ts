/**
 * The demo sites' own web server: static files, one origin a site by Host, as customers' servers would be. It knows the
 * Worker only as an address that stands in the pages.
 */
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { browserScript } from './browser-script.ts'
import type { DemoSiteOptions } from './demo-site-options.ts'
import { fillPlaceholders } from './fill-placeholders.ts'
import { findSite } from './find-site.ts'
import { findSiteFile } from './find-site-file.ts'
import { sitePolicy } from './site-policy.ts'
import { siteRoute, type RouteAnswer } from './site-route.ts'

/** A running server; `port` is the one it got. */
export interface DemoSites {
  readonly port: number
  close(): Promise<void>
}

const HOME = new URL('./', import.meta.url)
const LINGER_MS = 1_000

/** Starts all demo sites on 127.0.0.1, and on ::1 where the machine has it. Rejects with the system's error when the port is taken. */
export async function startDemoSites(options: DemoSiteOptions): Promise<DemoSites> {
  options.signal?.throwIfAborted()
  const folders = await readdir(new URL('sites/', HOME), { withFileTypes: true })
  const sites = new Set(folders.filter((folder) => folder.isDirectory()).map((folder) => folder.name))
  let values: ReadonlyMap<string, string> = new Map()
  let port = 0 // known once it listens

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => {
      console.error(`demo sites: ${error instanceof Error ? error.message : 'unknown error'}`)
      if (response.headersSent) return void response.destroy()
      respondPlainly(response, 500, 'This demo page could not be made; the reason is in the terminal.')
    })
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const site = findSite(request.headers.host, sites)
    if (!site) return respondPlainly(response, 421, 'No demo site lives under this host name.')
    const path = (request.url ?? '').split(/[?#]/, 1)[0] ?? ''
    const policy = sitePolicy(site, path, options.cdnUrl)
    if (policy) response.setHeader('content-security-policy', policy)
    const route = await siteRoute(request, site, path, { cdnUrl: options.cdnUrl, port })
    if (route) return respondRoute(response, route)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return respondPlainly(response, 405, 'These pages can only be read.')
    }
    const file = findSiteFile(site, path)
    const found = file && (await readIfThere(file.path))
    if (file?.path.endsWith('.ts') && found) {
      const script = await browserScript(file.path, found.toString('utf8'))
      return respond(response, 200, file.contentType, Buffer.from(script))
    }
    if (file && found) return respond(response, 200, file.contentType, found)
    const missing = await readIfThere(`sites/${site}/404.html`)
    if (missing) return respond(response, 404, 'text/html; charset=utf-8', missing)
    return respondPlainly(response, 404, 'There is no page at this address.')
  }

  function respond(response: ServerResponse, status: number, contentType: string, body: Buffer): void {
    const filled = contentType.startsWith('text/html')
      ? Buffer.from(fillPlaceholders(body.toString('utf8'), values))
      : body
    response.writeHead(status, {
      'content-type': contentType,
      'content-length': filled.byteLength,
      'cache-control': 'no-cache', // a demo is edited while it runs
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    })
    response.end(response.req.method === 'HEAD' ? undefined : filled)
  }

  function respondRoute(response: ServerResponse, { status, contentType, body = '', headers }: RouteAnswer): void {
    response.writeHead(status, {
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
      ...(contentType && { 'content-type': contentType }),
      ...headers,
    })
    response.end(response.req.method === 'HEAD' ? undefined : body)
  }

  const servers = [await listen(createServer(handle), options.port, '127.0.0.1')]
  port = portOf(servers[0])
  values = placeholders(options, port)
  // Some machines have no IPv6 and some resolve localhost to ::1 first: the second address is welcome, not needed.
  const second = await listen(createServer(handle), port, '::1').catch(() => undefined)
  if (second) servers.push(second)

  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closeServer))
  }
  options.signal?.addEventListener('abort', () => void close(), { once: true })
  return { port, close }
}

function placeholders(options: DemoSiteOptions, port: number): ReadonlyMap<string, string> {
  return new Map([
    ['CDN', new URL(options.cdnUrl).origin],
    ['PORTAL_URL', options.portalUrl],
    ['WHITE_LABEL_URL', options.whiteLabelUrl],
    ['DEMO_PORT', String(port)],
    ['REMY_WIDGET', options.ids.remyWidget],
    ['SOLARA_CAMPAIGN', options.ids.solaraCampaign],
    ['KICKCOLA_CAMPAIGN', options.ids.kickColaCampaign],
    ['MARLOW_CLUB', options.ids.marlowClub],
  ])
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  return readFile(new URL(path, HOME)).catch(() => undefined)
}

function respondPlainly(response: ServerResponse, status: number, line: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' })
  response.end(`${line}\n`)
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

function portOf(server: Server | undefined): number {
  const address = server?.address()
  if (!address || typeof address === 'string') throw new Error('The demo sites got no port')
  return address.port
}

/** Idle keep-alive connections end at once, busy ones get a moment. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve()
    const cut = setTimeout(() => server.closeAllConnections(), LINGER_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
