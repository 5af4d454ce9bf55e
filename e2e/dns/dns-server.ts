/**
 * A resolver that speaks DNS over HTTPS in its JSON form (`application/dns-json`), knows the records that a test writes, and
 * fails as told: the ways in which real ones do, and those in which a hostile one would.
 */
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'

type RecordType = 'A' | 'AAAA' | 'CNAME' | 'TXT'

/** How a question about a name is answered in place of its records. */
export type DnsFault =
  | 'servfail'
  | 'refused'
  | 'silence'
  | 'hang-up'
  | 'http-500'
  | 'no-json'
  | 'endless'
  | 'too-long'
  | 'truncated'
  | 'elsewhere'
  | 'other-name'
  | 'nonsense-records'
  | 'held'

export interface DnsServer {
  /** What DNS_OVER_HTTPS_URL holds. */
  readonly url: string
  /** Every question, as `TXT name`. */
  readonly asked: readonly string[]
  /** In place of what stood there; no value: no record. */
  set(name: string, type: RecordType, ...values: readonly string[]): void
  /** As a zone file writes it: strings in quotes, as they are. */
  setRaw(name: string, type: RecordType, ...data: readonly string[]): void
  /** `held`: answered once the fault is taken away. */
  fail(name: string, fault: DnsFault | undefined): void
  close(): Promise<void>
}

const NUMBERS: Readonly<Record<RecordType, number>> = { A: 1, CNAME: 5, TXT: 16, AAAA: 28 }
const TYPES: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'TXT']
/** A text record is strings of at most so many bytes. */
const STRING_BYTES = 255

export async function startDnsServer(port = 0): Promise<DnsServer> {
  const records = new Map<string, readonly string[]>()
  const faults = new Map<string, DnsFault>()
  const held = new Map<string, (() => void)[]>()
  const asked: string[] = []
  const key = (name: string, type: RecordType): string => `${type} ${name}`
  const answerTruly = ({ name, type }: Question, response: ServerResponse): void => {
    const answer: object[] = []
    let at = name
    for (let hops = 0; hops < 20; hops += 1) {
      const [next] = records.get(key(at, 'CNAME')) ?? []
      if (next === undefined) break
      answer.push(record(at, 'CNAME', `${next}.`))
      at = next
    }
    for (const data of records.get(key(at, type)) ?? []) answer.push(record(at, type, data))
    const exists = TYPES.some((one) => (records.get(key(at, one)) ?? []).length > 0)
    send(response, envelope({ name, type }, exists ? 0 : 3, answer))
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://dns.invalid')
    const name = (url.searchParams.get('name') ?? '').toLowerCase()
    const type = TYPES.find((one) => one === url.searchParams.get('type'))
    if (url.pathname !== '/dns-query' || request.headers.accept !== 'application/dns-json' || type === undefined)
      return void response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"bad question"}')
    asked.push(`${type} ${name}`)
    const fault = faults.get(name)
    const answer = (): void => answerTruly({ name, type }, response)
    if (fault === undefined) answer()
    else if (fault === 'held') held.set(name, [...(held.get(name) ?? []), answer])
    else answerFault(fault, { name, type }, response)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The resolver has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/dns-query`,
    asked,
    set: (name, type, ...values) => void records.set(key(name, type), type === 'TXT' ? values.map(quoted) : values),
    setRaw: (name, type, ...data) => void records.set(key(name, type), data),
    fail: (name, fault) => {
      if (fault === undefined) faults.delete(name)
      else faults.set(name, fault)
      for (const answer of held.get(name) ?? []) answer()
      held.delete(name)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Question {
  readonly name: string
  readonly type: RecordType
}

function answerFault(fault: Exclude<DnsFault, 'held'>, question: Question, response: ServerResponse): void {
  const proof = record(question.name, question.type, '"host-verification=forged"')
  switch (fault) {
    case 'servfail':
      return send(response, envelope(question, 2, []))
    case 'refused':
      return send(response, envelope(question, 5, []))
    case 'silence':
      return
    case 'hang-up':
      return void response.destroy()
    case 'http-500':
      return void response.writeHead(500).end('oh')
    case 'no-json':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>portal</html>')
    case 'endless': {
      const spaces = ' '.repeat(16_384)
      const pour = (): void => {
        while (!response.destroyed && response.write(spaces));
      }
      response.writeHead(200, { 'content-type': 'application/dns-json' }).on('drain', pour)
      return pour()
    }
    case 'too-long':
      return send(response, { ...envelope(question, 0, [proof]), Comment: 'x'.repeat(70_000) })
    case 'truncated':
      return send(response, { ...envelope(question, 0, []), TC: true })
    case 'elsewhere':
      return void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    case 'other-name':
      return send(response, envelope(question, 0, [{ ...proof, name: 'somebody.else.example' }]))
    case 'nonsense-records':
      return send(response, envelope(question, 0, [null, 7, 'x', {}, { name: 1, type: 'TXT', data: [] }, [[]]]))
  }
}

function envelope({ name, type }: Question, status: number, answer: readonly unknown[]) {
  const authority = [{ name: 'example', type: 6, TTL: 900, data: 'ns.example. dns.example. 1 2 3 4 5' }]
  return {
    Status: status,
    TC: false,
    RD: true,
    RA: true,
    AD: false,
    CD: false,
    Question: [{ name, type: NUMBERS[type] }],
    ...(answer.length > 0 ? { Answer: answer } : { Authority: authority }),
  }
}

function record(name: string, type: RecordType, data: string) {
  return { name: `${name}.`, type: NUMBERS[type], TTL: 300, data }
}

/** As Cloudflare's resolver writes texts. */
function quoted(text: string): string {
  const strings = text.match(new RegExp(`[\\s\\S]{1,${STRING_BYTES}}`, 'g')) ?? ['']
  return strings.map((string) => `"${string.replaceAll(/["\\]/g, '\\$&')}"`).join(' ')
}

function send(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/dns-json' }).end(JSON.stringify(body))
}
