/**
 * Cloudflare's API v4 as far as customers' hostnames go: its paths, its envelopes and its errors by number. What it would
 * find out about a name by itself, a test tells it.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'

export interface CloudflareHostname {
  readonly id: string
  readonly hostname: string
  created_at: string
  status: string
  verification_errors?: readonly string[]
  ssl: {
    readonly id: string
    readonly type: string
    readonly method: string
    status: string
    validation_errors?: readonly { readonly message: string }[]
    validation_records?: readonly object[]
  }
}

/** What befalls the next requests. `lost-answer`: it is done, and the line breaks before we hear of it. */
export type CloudflareFault = 'rate-limited' | 'out-of-order' | 'lost-answer' | 'garbage'

export interface CloudflareServer {
  /** What CLOUDFLARE_API_URL holds. */
  readonly url: string
  readonly apiToken: string
  readonly zoneId: string
  /** What stands there, by hostname. */
  readonly hostnames: ReadonlyMap<string, CloudflareHostname>
  /** Every request, as `METHOD /path?query`. */
  readonly seen: string[]
  /** As Cloudflare does once it has seen the name and given out its certificate. */
  activate(hostname: string): void
  /** Made by somebody else, or long ago. */
  plant(hostname: string, createdAt: Date): CloudflareHostname
  /** The next that fit, each once for every time it is listed. */
  failNext(method: string, ...faults: readonly CloudflareFault[]): void
  /** Whether the key is good. */
  acceptKey(good: boolean): void
  close(): Promise<void>
}

export async function startCloudflareServer(port = 0): Promise<CloudflareServer> {
  const apiToken = `cf_${randomBytes(20).toString('hex')}`
  const zoneId = randomBytes(16).toString('hex')
  const hostnames = new Map<string, CloudflareHostname>()
  const seen: string[] = []
  const faults = new Map<string, CloudflareFault[]>()
  let keyIsGood = true

  const add = (hostname: string, method: string, createdAt: Date): CloudflareHostname => {
    const made: CloudflareHostname = {
      id: randomUUID(),
      hostname,
      created_at: createdAt.toISOString(),
      status: 'pending',
      verification_errors: ['custom hostname does not CNAME to this zone.'],
      ssl: { id: randomUUID(), type: 'dv', method, status: 'initializing' },
    }
    hostnames.set(hostname, made)
    return made
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET' } = request
    const url = new URL(request.url ?? '/', 'http://cloudflare.invalid')
    const body = await readJson(request)
    seen.push(`${method} ${url.pathname}${url.search}`)
    const fault = faults.get(method)?.shift()
    if (fault === 'rate-limited')
      return refuse(response, 429, 10429, 'Rate limited. Please wait and consider throttling your request speed', {
        'retry-after': '0',
      })
    if (fault === 'out-of-order') return refuse(response, 503, 10000, 'Service unavailable')
    if (fault === 'garbage') {
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true,"result":{}}')
    }
    if (!keyIsGood || request.headers.authorization !== `Bearer ${apiToken}`)
      return refuse(response, 403, 10000, 'Authentication error')
    const [, zone, id] =
      /^\/client\/v4\/zones\/([0-9a-f]{32})\/custom_hostnames(?:\/([0-9a-f-]{36}))?$/.exec(url.pathname) ?? []
    if (zone !== zoneId) return refuse(response, 404, 7003, 'Could not route to your zone')
    if (id === undefined && method === 'GET') {
      const wanted = url.searchParams.get('hostname.exact')
      const found = [...hostnames.values()].filter(({ hostname }) => wanted === null || hostname === wanted)
      const info = { page: 1, per_page: 50, count: found.length, total_count: found.length, total_pages: 1 }
      return send(response, 200, { success: true, errors: [], messages: [], result: found, result_info: info })
    }
    if (id === undefined && method === 'POST') {
      const hostname = String(member(body, 'hostname'))
      if (hostname.endsWith('.refused.example'))
        return refuse(
          response,
          400,
          1407,
          'Invalid custom hostname. Custom hostnames have to be smaller than 256 characters in length and may not be IP addresses',
        )
      if (hostnames.has(hostname)) return refuse(response, 409, 1406, 'Duplicate custom hostname found.')
      const made = add(hostname, String(member(member(body, 'ssl'), 'method')), new Date())
      if (fault === 'lost-answer') return void response.destroy()
      return succeed(response, made, 201)
    }
    const found = [...hostnames.values()].find((one) => one.id === id)
    if (!found) return refuse(response, 404, 1436, 'The custom hostname was not found.')
    if (method === 'GET') return succeed(response, found)
    if (method === 'PATCH') {
      found.ssl.status = 'pending_validation'
      return succeed(response, found)
    }
    if (method === 'DELETE') {
      hostnames.delete(found.hostname)
      return fault === 'lost-answer' ? void response.destroy() : send(response, 200, { id: found.id })
    }
    return refuse(response, 405, 10405, 'Method not allowed')
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The Cloudflare server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/client/v4`,
    apiToken,
    zoneId,
    hostnames,
    seen,
    activate: (hostname) => {
      const found = hostnames.get(hostname)
      if (!found) throw new Error(`Nothing stands at the edge as ${hostname}.`)
      found.status = 'active'
      delete found.verification_errors
      found.ssl.status = 'active'
    },
    plant: (hostname, createdAt) => add(hostname, 'http', createdAt),
    failNext: (method, ...more) => void faults.set(method, [...(faults.get(method) ?? []), ...more]),
    acceptKey: (good) => {
      keyIsGood = good
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function succeed(response: ServerResponse, result: unknown, status = 200): void {
  send(response, status, { success: true, errors: [], messages: [], result })
}

function refuse(
  response: ServerResponse,
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(response, status, { success: false, errors: [{ code, message }], messages: [], result: null }, headers)
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
