/**
 * Asks DNS over HTTPS, in the JSON form that Cloudflare's and Google's resolvers speak (`application/dns-json`). What comes
 * back was written by strangers: it is bounded in size and time, read field by field, and only records that follow from the
 * name asked for are believed.
 */
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'
import type { NameLookup } from '../core/hostnames/ports.ts'

export interface DohOptions {
  /** Such as `https://cloudflare-dns.com/dns-query`. */
  readonly url: string
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 5_000
const MAX_ANSWER_BYTES = 64 * 1024
const MAX_RECORDS = 100
const MAX_ALIASES = 10

/** Response codes (RFC 1035, 4.1.1); every other one says that the resolver could not find out. */
const NO_ERROR = 0
const NO_SUCH_NAME = 3

const RECORD_TYPES = { A: 1, CNAME: 5, TXT: 16 } as const

interface DnsAnswer {
  readonly name: string
  readonly type: number
  readonly data: string
}

export function dohNameLookup({ url, timeoutMs = TIMEOUT_MS }: DohOptions): NameLookup {
  const ask = async (name: string, type: 'A' | 'TXT'): Promise<Result<readonly DnsAnswer[], 'unanswered'>> => {
    const question = new URL(url)
    question.searchParams.set('name', name)
    question.searchParams.set('type', type)
    try {
      const response = await fetch(question, {
        headers: { accept: 'application/dns-json' },
        redirect: 'manual', // a resolver sends nobody elsewhere
        signal: AbortSignal.timeout(timeoutMs),
      })
      const text = response.ok ? await readBounded(response) : undefined
      const records = text === undefined ? undefined : readRecords(JSON.parse(text))
      return records ? ok(records) : fail('unanswered')
    } catch {
      return fail('unanswered') // away, too slow, or no JSON
    }
  }
  return {
    async texts(name) {
      const records = await ask(name, 'TXT')
      if (!records.ok) return records
      const end = aliasesOf(name, records.value).at(-1) ?? name
      return ok(dataAt(end, RECORD_TYPES.TXT, records.value).map(wholeText))
    },
    async path(name) {
      // One question brings the whole chain; a customer's server that stumbles over AAAA must not stand in the way.
      const records = await ask(name, 'A')
      if (!records.ok) return records
      const aliases = aliasesOf(name, records.value)
      return ok({ aliases, addresses: dataAt(aliases.at(-1) ?? name, RECORD_TYPES.A, records.value) })
    },
  }
}

/** By which names a name leads on; one that comes again ends the chain. */
function aliasesOf(name: string, records: readonly DnsAnswer[]): readonly string[] {
  const aliases: string[] = []
  let at = name
  while (aliases.length < MAX_ALIASES) {
    const [next] = dataAt(at, RECORD_TYPES.CNAME, records)
    if (next === undefined) return aliases
    at = canonical(next)
    if (at === name || aliases.includes(at)) return aliases
    aliases.push(at)
  }
  return aliases
}

function dataAt(name: string, type: number, records: readonly DnsAnswer[]): readonly string[] {
  return records.filter((record) => record.type === type && record.name === name).map(({ data }) => data)
}

function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

/**
 * Cloudflare writes a text record as zone files do, `"one" "two"`: strings of at most 255 bytes that are one text. Others
 * write the text itself.
 */
function wholeText(data: string): string {
  if (!data.startsWith('"')) return data
  const strings = data.match(/"(?:[^"\\]|\\[\s\S])*"/g) ?? []
  return strings.map((string) => string.slice(1, -1).replace(/\\(\d{3}|[\s\S])/g, unescaped)).join('')
}

function unescaped(_whole: string, escaped: string): string {
  return escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped
}

/** Undefined: this is no answer, or says that there is none. */
function readRecords(body: unknown): readonly DnsAnswer[] | undefined {
  if (typeof body !== 'object' || body === null || !('Status' in body)) return undefined
  if (body.Status !== NO_ERROR && body.Status !== NO_SUCH_NAME) return undefined
  if ('TC' in body && body.TC === true) return undefined // cut short: what is missing may be what was asked for
  const answer: unknown = 'Answer' in body ? body.Answer : []
  if (!Array.isArray(answer) || answer.length > MAX_RECORDS) return undefined
  return answer.flatMap(readRecord)
}

function readRecord(value: unknown): readonly DnsAnswer[] {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('type' in value) || !('data' in value))
    return []
  const { name, type, data } = value
  if (typeof name !== 'string' || typeof type !== 'number' || typeof data !== 'string') return []
  return [{ name: canonical(name), type, data }]
}

/** Undefined when it is longer than any honest answer. */
async function readBounded(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_ANSWER_BYTES) return undefined
    chunks.push(chunk)
  }
  return new TextDecoder().decode(await new Blob(chunks).arrayBuffer())
}
