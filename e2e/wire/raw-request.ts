/** An HTTP request written byte by byte: Host and Origin as wished, twice or not at all, which no client library allows. */
import { connect } from 'node:net'

export interface RawRequest {
  readonly port: number
  readonly method?: string
  readonly path: string
  /** In order; a name may come twice. Host is not added. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: string
}

export interface RawAnswer {
  readonly status: number
  /** Names in lower case; what comes twice is joined by a comma. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** Sends it to 127.0.0.1 and waits for the end of the answer. */
export function rawRequest({ port, method = 'GET', path, headers, body = '' }: RawRequest): Promise<RawAnswer> {
  const length: readonly (readonly [string, string])[] =
    body === '' ? [] : [['Content-Length', String(Buffer.byteLength(body))]]
  const fields = [
    ...headers,
    ...length,
    ...(headers.some(([name]) => name === 'Connection') ? [] : [['Connection', 'close'] as const]),
  ]
  const head = [`${method} ${path} HTTP/1.1`, ...fields.map(([name, value]) => `${name}: ${value}`)].join('\r\n')
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head}\r\n\r\n${body}`))
    socket.setTimeout(20_000, () => socket.destroy(new Error(`No answer to ${method} ${path} within 20 s.`)))
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      if (isWhole(Buffer.concat(chunks))) socket.destroy() // a changed protocol would wait for a close frame that nobody sends
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(parseAnswer(Buffer.concat(chunks).toString('utf8'))))
  })
}

/** A connection that stays open (a changed protocol, keep-alive) does not say where its answer ends. */
function isWhole(heard: Buffer): boolean {
  const text = heard.toString('latin1')
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  if (text.startsWith('HTTP/1.1 101 ')) return true
  const length = /^content-length: (\d+)$/im.exec(text.slice(0, headEnd))?.[1]
  return length !== undefined && heard.length >= headEnd + 4 + Number(length)
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase()
    const value = line.slice(line.indexOf(':') + 1).trim()
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value)
  }
  const body = rest.join('\r\n\r\n')
  return {
    status: Number(statusLine.split(' ')[1]),
    headers,
    body: headers.get('transfer-encoding') === 'chunked' ? unchunk(body) : body,
  }
}

/** Chunk sizes count bytes. */
function unchunk(body: string): string {
  let rest = Buffer.from(body)
  const parts: Buffer[] = []
  for (;;) {
    const lineEnd = rest.indexOf('\r\n')
    const size = Number.parseInt(rest.subarray(0, lineEnd).toString(), 16)
    if (!(size > 0)) return Buffer.concat(parts).toString('utf8')
    parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size))
    rest = rest.subarray(lineEnd + 2 + size + 2)
  }
}
