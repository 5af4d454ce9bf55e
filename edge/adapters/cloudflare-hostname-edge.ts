/**
 * Customers' hostnames at Cloudflare ("Cloudflare for SaaS"), through its own client with the one resource that is needed.
 * Every answer is a value: a failure of theirs must not take down whoever asked.
 */
import { APIConnectionError, APIError, NotFoundError } from 'cloudflare/core/error'
import { BaseCustomHostnames } from 'cloudflare/resources/custom-hostnames/custom-hostnames'
import { createClient } from 'cloudflare/tree-shakable'
import type { DnsRecord } from '../../schema/domain/hostname-facts.ts'
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'
import type { EdgeFailure, EdgeHostname, HostnameEdge } from '../core/hostnames/ports.ts'

export interface CloudflareSettings {
  readonly apiToken: string
  readonly zoneId: string
  /** Only tests have one of their own. */
  readonly baseUrl: string | undefined
}

const TIMEOUT_MS = 10_000
/** Cloudflare's own number for "a custom hostname of that name is there already". */
const DUPLICATE = 1406

/**
 * The certificate is validated over HTTP, which Cloudflare answers by itself as soon as the CNAME record leads to it: a
 * customer has no further record to set.
 */
const CERTIFICATE = { method: 'http', type: 'dv', settings: { min_tls_version: '1.2' } } as const

export function cloudflareHostnameEdge({ apiToken, zoneId, baseUrl }: CloudflareSettings): HostnameEdge {
  const { customHostnames } = createClient({
    resources: [BaseCustomHostnames],
    apiToken,
    apiKey: null,
    apiEmail: null,
    userServiceKey: null,
    baseURL: baseUrl,
    timeout: TIMEOUT_MS,
    maxRetries: 1,
    logLevel: 'off',
  })
  const zone = { zone_id: zoneId }
  return {
    create: (hostname) =>
      asked(async () => known(await customHostnames.create({ ...zone, hostname, ssl: CERTIFICATE }))),
    find: (hostname) =>
      asked(async () => {
        const page = await customHostnames.list({ ...zone, hostname: { exact: hostname } })
        return page.result.map(readHostname).find((found) => found?.hostname === hostname)
      }),
    get: (id) => asked(ifThere(async () => known(await customHostnames.get(id, zone)))),
    validateAgain: (id) =>
      asked(ifThere(async () => known(await customHostnames.edit(id, { ...zone, ssl: CERTIFICATE })))),
    remove: (id) =>
      asked(
        ifThere(async () => {
          await customHostnames.delete(id, zone)
          return undefined
        }),
      ),
  }
}

async function asked<T>(question: () => Promise<T>): Promise<Result<T, EdgeFailure>> {
  try {
    return ok(await question())
  } catch (error) {
    return fail(failureOf(error))
  }
}

/** Of a hostname that may be gone, which is an answer. */
function ifThere<T>(question: () => Promise<T>): () => Promise<T | undefined> {
  return async () => {
    try {
      return await question()
    } catch (error) {
      if (error instanceof NotFoundError) return undefined
      throw error
    }
  }
}

function failureOf(error: unknown): EdgeFailure {
  if (!(error instanceof APIError) || error instanceof APIConnectionError) return AWAY
  const { status, errors } = error
  // 404 of the zone itself: the key does not open it
  if (status === 401 || status === 403 || status === 404) return { reason: 'unavailable', cause: 'key_refused' }
  if (status === 429) return { reason: 'unavailable', cause: 'rate_limited' }
  if (status === 409 || errors?.some(({ code }) => code === DUPLICATE)) return { reason: 'exists' }
  if (status === undefined || status >= 500) return AWAY
  const remark = errors?.map(({ message }) => message).join('; ') ?? ''
  return { reason: 'refused', remark: remark === '' ? `HTTP ${status}` : told(remark) }
}

const AWAY = { reason: 'unavailable', cause: 'away' } as const

function known(answer: unknown): EdgeHostname {
  const hostname = readHostname(answer)
  if (!hostname) throw new Error('Cloudflare answered something that is no custom hostname.')
  return hostname
}

/** Read field by field: what the client's types promise, nobody has checked. */
function readHostname(answer: unknown): EdgeHostname | undefined {
  const id = member(answer, 'id')
  const hostname = member(answer, 'hostname')
  if (typeof id !== 'string' || id === '' || typeof hostname !== 'string') return undefined
  const ssl = member(answer, 'ssl')
  const tls = String(member(ssl, 'status'))
  const created = Date.parse(String(member(answer, 'created_at')))
  return {
    id,
    hostname: hostname.toLowerCase(),
    createdAt: Number.isNaN(created) ? null : created,
    status: standing(HOSTNAME_STANDING, member(answer, 'status')),
    tls: standing(TLS_STANDING, tls),
    stuck: tls.endsWith('_timed_out'),
    remarks: remarksOf(answer, ssl),
    records: recordsOf(ssl),
  }
}

type EdgeStanding = EdgeHostname['status']

const HOSTNAME_STANDING: ReadonlyMap<unknown, EdgeStanding> = new Map([
  ['active', 'active'],
  ['active_redeploying', 'active'],
  ['moved', 'failed'],
  ['deleted', 'failed'],
  ['pending_deletion', 'failed'],
  ['blocked', 'failed'],
  ['pending_blocked', 'failed'],
  ['test_blocked', 'failed'],
  ['test_failed', 'failed'],
])

const TLS_STANDING: ReadonlyMap<unknown, EdgeStanding> = new Map([
  ['active', 'active'],
  ['pending_expiration', 'active'], // it is still good
  ['expired', 'failed'],
  ['deleted', 'failed'],
  ['pending_deletion', 'failed'],
  ['pending_cleanup', 'failed'],
  ['deactivating', 'failed'],
  ['inactive', 'failed'],
  ['initializing_timed_out', 'failed'],
  ['validation_timed_out', 'failed'],
  ['issuance_timed_out', 'failed'],
  ['deployment_timed_out', 'failed'],
  ['deletion_timed_out', 'failed'],
])

/** A word nobody knows is no yes. */
function standing(words: ReadonlyMap<unknown, EdgeStanding>, word: unknown): EdgeStanding {
  return words.get(word) ?? 'pending'
}

const MAX_REMARKS = 3
const MAX_REMARK_CHARS = 300

function remarksOf(answer: unknown, ssl: unknown): readonly string[] {
  const ofName = list(member(answer, 'verification_errors'))
  const ofTls = list(member(ssl, 'validation_errors')).map((error) => member(error, 'message'))
  return [...ofName, ...ofTls]
    .filter((remark) => typeof remark === 'string')
    .slice(0, MAX_REMARKS)
    .map(told)
}

/** One line, whatever they send. */
function told(remark: string): string {
  // oxlint-disable-next-line no-control-regex -- taking them out is the point
  return remark.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').slice(0, MAX_REMARK_CHARS)
}

/** What is to be set in DNS beside our own two, before the certificate comes. The name itself needs the CNAME alone. */
function recordsOf(ssl: unknown): readonly DnsRecord[] {
  return list(member(ssl, 'validation_records'))
    .slice(0, MAX_REMARKS)
    .flatMap((record) => {
      const name = member(record, 'txt_name')
      const value = member(record, 'txt_value')
      if (typeof name !== 'string' || typeof value !== 'string' || name.length > 253 || value.length > 1_024) return []
      return [{ type: 'TXT' as const, name, value }]
    })
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
