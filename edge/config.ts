/**
 * The one place that reads the Worker's environment, once, and refuses a bad one with a line that names the variable.
 * The line never holds the value: it may be a secret in the wrong place.
 */
import { isHostname } from '../schema/domain/hostname.ts'

import type { DoorWatchShell } from './adapters/admin/door-watch.ts'
import type { PersonLinesShell } from './adapters/admin/person-lines.ts'
import { LOG_LEVELS } from '../schema/domain/log-line.ts'
import type { LogLevel } from '../schema/domain/log-line.ts'
import type { HubCalls, RoomCalls } from '../schema/domain/standing.ts'
import type { BudgetKeeperShell } from './adapters/budget/budget-keeper.ts'

/** Bindings and variables as the runtime hands them over. */
export interface Env {
  readonly TwinRoom: DurableObjectNamespace<RoomCalls & Rpc.DurableObjectBranded>
  readonly DeploymentHub: DurableObjectNamespace<HubCalls & Rpc.DurableObjectBranded>
  readonly BudgetKeeper: DurableObjectNamespace<BudgetKeeperShell>
  readonly DoorWatch: DurableObjectNamespace<DoorWatchShell>
  readonly PersonLines: DurableObjectNamespace<PersonLinesShell>
  readonly ASSETS: Fetcher
  readonly FLOOD_SESSIONS: RateLimit
  readonly FLOOD_LINES: RateLimit
  readonly FLOOD_ADDRESS: RateLimit
  readonly FLOOD_MESSAGES: RateLimit
  readonly STEP_UP_BUSY: RateLimit
  readonly STEP_UP_STORM: RateLimit
  readonly FLOOD_DEPLOYMENT: RateLimit
  readonly ENVIRONMENT?: string
  readonly PUBLIC_URL?: string
  readonly DATABASE_URL?: string
  readonly PLATFORM_DATABASE_URL?: string
  readonly NEON_HTTP_ENDPOINT?: string
  readonly SESSION_KEY?: string
  readonly SESSION_KEY_PREVIOUS?: string
  readonly IDENTITY_KEY?: string
  readonly ADMIN_KEY_SHA256?: string
  readonly TURNSTILE_SITE_KEY?: string
  readonly TURNSTILE_SECRET?: string
  readonly TURNSTILE_URL?: string
  readonly OPENAI_API_KEY?: string
  readonly OPENAI_BASE_URL?: string
  readonly OPENAI_WIRE?: string
  readonly TWIN_MODEL?: string
  readonly MODEL_FIRST_TOKEN_TIMEOUT_MS?: string
  readonly MODEL_IDLE_TIMEOUT_MS?: string
  readonly DNS_OVER_HTTPS_URL?: string
  readonly CLOUDFLARE_API_TOKEN?: string
  readonly CLOUDFLARE_ZONE_ID?: string
  readonly CLOUDFLARE_API_URL?: string
  readonly CUSTOM_HOSTNAME_TARGET?: string
  readonly LOG_LEVEL?: string
}

export interface Config {
  readonly development: boolean
  /** Its host is the platform host. */
  readonly publicUrl: URL
  /** Logs in as `twin_app`. */
  readonly databaseUrl: string
  /** Logs in as `twin_platform`. */
  readonly platformDatabaseUrl: string
  /** Only local runs have one. */
  readonly neonHttpEndpoint: string | undefined
  readonly sessionKey: Uint8Array<ArrayBuffer>
  /** While sessions that it signed may live, after a rotation: ten minutes. */
  readonly previousSessionKey: Uint8Array<ArrayBuffer> | undefined
  readonly identityKey: Uint8Array<ArrayBuffer>
  readonly adminKeySha256: Uint8Array<ArrayBuffer>
  /** Undefined: under attack, work is all that is asked for. */
  readonly turnstile: { readonly siteKey: string; readonly secret: string; readonly verifyUrl: string } | undefined
  /** Undefined: the built-in model answers. */
  readonly openai:
    | {
        readonly apiKey: string
        readonly baseUrl: string | undefined
        readonly wire: 'chat' | 'responses'
        readonly model: string | undefined
      }
    | undefined
  readonly modelFirstTokenTimeoutMs: number
  readonly modelIdleTimeoutMs: number
  /** Answers `application/dns-json`. */
  readonly dnsUrl: string
  /** Where customers' names must lead. */
  readonly hostnameTarget: string
  /** Undefined: customers' names have no TLS here, and stay pending. */
  readonly cloudflare:
    | { readonly apiToken: string; readonly zoneId: string; readonly baseUrl: string | undefined }
    | undefined
  /** `info` writes a line a request. */
  readonly logLevel: LogLevel
}

/** A variable is missing or wrong; the message is one line for whoever set it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

type FloodBinding =
  | 'STEP_UP_BUSY'
  | 'STEP_UP_STORM'
  | 'FLOOD_SESSIONS'
  | 'FLOOD_LINES'
  | 'FLOOD_ADDRESS'
  | 'FLOOD_MESSAGES'
  | 'FLOOD_DEPLOYMENT'
type Variables = Omit<
  Env,
  'TwinRoom' | 'DeploymentHub' | 'BudgetKeeper' | 'DoorWatch' | 'PersonLines' | 'ASSETS' | FloodBinding
>

export function readConfig(env: Variables): Config {
  const development = readEnvironment(env) === 'development'
  const openaiKey = optionalText(env, 'OPENAI_API_KEY')
  const sessionKey = readKey(env, 'SESSION_KEY')
  const rotated = optionalText(env, 'SESSION_KEY_PREVIOUS') !== undefined
  const previousSessionKey = rotated ? readKey(env, 'SESSION_KEY_PREVIOUS') : undefined
  const identityKey = readKey(env, 'IDENTITY_KEY')
  if (env.SESSION_KEY === env.IDENTITY_KEY) throw refuse('IDENTITY_KEY', 'must differ from SESSION_KEY')
  if (previousSessionKey && [env.SESSION_KEY, env.IDENTITY_KEY].includes(env.SESSION_KEY_PREVIOUS))
    throw refuse('SESSION_KEY_PREVIOUS', 'must differ from SESSION_KEY and IDENTITY_KEY')
  const publicUrl = readPublicUrl(env, development)
  const cloudflare = readCloudflare(env)
  return {
    development,
    publicUrl,
    databaseUrl: readDatabaseUrl(env, 'DATABASE_URL'),
    platformDatabaseUrl: readDatabaseUrl(env, 'PLATFORM_DATABASE_URL'),
    neonHttpEndpoint: readUrl(env, 'NEON_HTTP_ENDPOINT')?.href,
    sessionKey,
    previousSessionKey,
    identityKey,
    adminKeySha256: readSha256(env, 'ADMIN_KEY_SHA256'),
    turnstile: readTurnstile(env),
    openai:
      openaiKey === undefined
        ? undefined
        : {
            apiKey: openaiKey,
            baseUrl: readUrl(env, 'OPENAI_BASE_URL')?.href,
            wire: readWire(env),
            model: optionalText(env, 'TWIN_MODEL'),
          },
    modelFirstTokenTimeoutMs: readMilliseconds(env, 'MODEL_FIRST_TOKEN_TIMEOUT_MS', 20_000),
    modelIdleTimeoutMs: readMilliseconds(env, 'MODEL_IDLE_TIMEOUT_MS', 15_000),
    dnsUrl: readUrl(env, 'DNS_OVER_HTTPS_URL')?.href ?? DEFAULT_DNS_URL,
    hostnameTarget: cloudflare?.target ?? readTarget(env) ?? publicUrl.hostname,
    cloudflare,
    logLevel: readLogLevel(env),
  }
}

const DEFAULT_DNS_URL = 'https://cloudflare-dns.com/dns-query'

/** The rate limits of wrangler.toml; a Worker without them would let every flood in. */
export function readLimiters(env: Pick<Env, FloodBinding>): {
  readonly sessions: RateLimit
  readonly lines: RateLimit
  readonly addressLines: RateLimit
  readonly messages: RateLimit
  readonly busy: RateLimit
  readonly storm: RateLimit
  readonly deployment: RateLimit
} {
  const read = (binding: FloodBinding): RateLimit => {
    const limiter: RateLimit | undefined = env[binding]
    if (limiter === undefined) throw new ConfigError(`${binding} is not bound: see [[ratelimits]] in wrangler.toml.`)
    return limiter
  }
  return {
    sessions: read('FLOOD_SESSIONS'),
    lines: read('FLOOD_LINES'),
    addressLines: read('FLOOD_ADDRESS'),
    messages: read('FLOOD_MESSAGES'),
    busy: read('STEP_UP_BUSY'),
    storm: read('STEP_UP_STORM'),
    deployment: read('FLOOD_DEPLOYMENT'),
  }
}

/** All three or none: half an edge would leave every hostname pending without a reason. */
function readCloudflare(env: Variables): (NonNullable<Config['cloudflare']> & { readonly target: string }) | undefined {
  const apiToken = optionalText(env, 'CLOUDFLARE_API_TOKEN')
  const zoneId = optionalText(env, 'CLOUDFLARE_ZONE_ID')
  if (apiToken === undefined && zoneId === undefined) return undefined
  if (apiToken === undefined) throw refuse('CLOUDFLARE_API_TOKEN', 'is missing beside CLOUDFLARE_ZONE_ID')
  if (zoneId === undefined) throw refuse('CLOUDFLARE_ZONE_ID', 'is missing beside CLOUDFLARE_API_TOKEN')
  if (!/^[0-9a-f]{32}$/.test(zoneId)) throw refuse('CLOUDFLARE_ZONE_ID', 'must be 32 lower-case hex digits')
  const target = readTarget(env)
  if (target === undefined) throw refuse('CUSTOM_HOSTNAME_TARGET', 'is missing beside CLOUDFLARE_ZONE_ID')
  return { apiToken, zoneId, baseUrl: readUrl(env, 'CLOUDFLARE_API_URL')?.href.replace(/\/$/, ''), target }
}

function readTarget(env: Variables): string | undefined {
  const value = optionalText(env, 'CUSTOM_HOSTNAME_TARGET')
  if (value !== undefined && !(isHostname(value) && value.includes('.')))
    throw refuse('CUSTOM_HOSTNAME_TARGET', 'must be a host name in lower case, such as hosts.example.com')
  return value
}

function refuse(variable: keyof Variables, problem: string): ConfigError {
  return new ConfigError(`${variable} ${problem}.`)
}

function optionalText(env: Variables, variable: keyof Variables): string | undefined {
  const value = env[variable]?.trim()
  return value === '' ? undefined : value
}

function requiredText(env: Variables, variable: keyof Variables): string {
  const value = optionalText(env, variable)
  if (value === undefined) throw refuse(variable, 'is missing')
  return value
}

function readEnvironment(env: Variables): 'development' | 'production' {
  const value = requiredText(env, 'ENVIRONMENT')
  if (value !== 'development' && value !== 'production')
    throw refuse('ENVIRONMENT', "must be 'development' or 'production'")
  return value
}

const TURNSTILE_VERIFY_URL = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'

/** Both halves of the key, or none. */
function readTurnstile(env: Variables): Config['turnstile'] {
  const siteKey = optionalText(env, 'TURNSTILE_SITE_KEY')
  const secret = optionalText(env, 'TURNSTILE_SECRET')
  if (siteKey === undefined && secret === undefined) return undefined
  if (siteKey === undefined) throw refuse('TURNSTILE_SITE_KEY', 'is missing beside TURNSTILE_SECRET')
  if (secret === undefined) throw refuse('TURNSTILE_SECRET', 'is missing beside TURNSTILE_SITE_KEY')
  return { siteKey, secret, verifyUrl: readUrl(env, 'TURNSTILE_URL')?.href ?? TURNSTILE_VERIFY_URL }
}

/** What every OpenAI-compatible server speaks, unless the newer one is asked for. */
function readWire(env: Variables): 'chat' | 'responses' {
  const value = optionalText(env, 'OPENAI_WIRE') ?? 'chat'
  if (value !== 'chat' && value !== 'responses') throw refuse('OPENAI_WIRE', "must be 'chat' or 'responses'")
  return value
}

function readLogLevel(env: Variables): LogLevel {
  const value = optionalText(env, 'LOG_LEVEL') ?? 'warn'
  const level = LOG_LEVELS.find((one) => one === value)
  if (!level) throw refuse('LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`)
  return level
}

function readUrl(env: Variables, variable: keyof Variables): URL | undefined {
  const value = optionalText(env, variable)
  if (value === undefined) return undefined
  const url = URL.parse(value)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw refuse(variable, 'must be an http(s) URL')
  return url
}

function readPublicUrl(env: Variables, development: boolean): URL {
  requiredText(env, 'PUBLIC_URL')
  const url = readUrl(env, 'PUBLIC_URL')
  if (
    !url ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== '' ||
    url.hostname.endsWith('.')
  )
    throw refuse('PUBLIC_URL', 'must be an origin alone, such as https://twin.example')
  if (!development && url.protocol !== 'https:') throw refuse('PUBLIC_URL', 'must be https in production')
  if (!development && url.port !== '') throw refuse('PUBLIC_URL', 'must not name a port in production')
  return url
}

function readDatabaseUrl(env: Variables, variable: 'DATABASE_URL' | 'PLATFORM_DATABASE_URL'): string {
  const value = requiredText(env, variable)
  const url = URL.parse(value)
  const postgres = url?.protocol === 'postgres:' || url?.protocol === 'postgresql:'
  if (!url || !postgres || url.username === '' || url.password === '' || url.pathname.length < 2)
    throw refuse(variable, 'must be postgres://role:password@host/database')
  return value
}

function readKey(
  env: Variables,
  variable: 'SESSION_KEY' | 'SESSION_KEY_PREVIOUS' | 'IDENTITY_KEY',
): Uint8Array<ArrayBuffer> {
  const value = requiredText(env, variable)
  const bytes = /^[A-Za-z0-9_-]+$/.test(value) ? fromBase64Url(value) : undefined
  if (!bytes || bytes.length < 32)
    throw refuse(variable, 'must be at least 32 random bytes as base64url without padding')
  return bytes
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return undefined // a length that no bytes have
  }
}

function readSha256(env: Variables, variable: 'ADMIN_KEY_SHA256'): Uint8Array<ArrayBuffer> {
  const value = requiredText(env, variable)
  if (!/^[0-9a-f]{64}$/.test(value)) throw refuse(variable, 'must be a SHA-256 as 64 lower-case hex digits')
  return Uint8Array.from(value.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
}

function readMilliseconds(env: Variables, variable: keyof Variables, otherwise: number): number {
  const value = optionalText(env, variable)
  if (value === undefined) return otherwise
  const milliseconds = Number(value)
  if (!Number.isInteger(milliseconds) || milliseconds < 1 || milliseconds > 600_000)
    throw refuse(variable, 'must be whole milliseconds from 1 to 600000')
  return milliseconds
}
