import { expect, it } from 'vitest'
import { ConfigError, readConfig, readLimiters } from './config.ts'

const env = {
  ENVIRONMENT: 'production',
  PUBLIC_URL: 'https://twin.example',
  DATABASE_URL: 'postgres://twin_app:secret@db.example/twin',
  PLATFORM_DATABASE_URL: 'postgresql://twin_platform:secret@db.example/twin?sslmode=require',
  SESSION_KEY: 's'.repeat(43),
  IDENTITY_KEY: 'i'.repeat(43),
  ADMIN_KEY_SHA256: '0f'.repeat(32),
}

it('reads a whole environment', () => {
  const config = readConfig({ ...env, OPENAI_API_KEY: 'k', MODEL_IDLE_TIMEOUT_MS: '50' })
  expect(config).toMatchObject({
    development: false,
    modelFirstTokenTimeoutMs: 20_000,
    modelIdleTimeoutMs: 50,
    openai: { apiKey: 'k', baseUrl: undefined, wire: 'chat' },
  })
  expect(config.adminKeySha256).toEqual(new Uint8Array(32).fill(15))
  expect(config.sessionKey).toHaveLength(32)
})

it('asks Cloudflare’s resolver and has no edge for customers’ names unless told otherwise', () => {
  expect(readConfig(env)).toMatchObject({
    dnsUrl: 'https://cloudflare-dns.com/dns-query',
    hostnameTarget: 'twin.example',
    cloudflare: undefined,
  })
  const edge = { CLOUDFLARE_API_TOKEN: 't', CLOUDFLARE_ZONE_ID: '0f'.repeat(16), CUSTOM_HOSTNAME_TARGET: 'in.example' }
  expect(readConfig({ ...env, ...edge })).toMatchObject({
    hostnameTarget: 'in.example',
    cloudflare: { apiToken: 't', zoneId: '0f'.repeat(16), baseUrl: undefined },
  })
})

it.each([
  ['CLOUDFLARE_API_TOKEN', { CLOUDFLARE_ZONE_ID: '0f'.repeat(16), CUSTOM_HOSTNAME_TARGET: 'in.example' }],
  ['CLOUDFLARE_ZONE_ID', { CLOUDFLARE_API_TOKEN: 't', CUSTOM_HOSTNAME_TARGET: 'in.example' }],
  ['CLOUDFLARE_ZONE_ID', { CLOUDFLARE_API_TOKEN: 't', CLOUDFLARE_ZONE_ID: 'x', CUSTOM_HOSTNAME_TARGET: 'in.example' }],
  ['CUSTOM_HOSTNAME_TARGET', { CLOUDFLARE_API_TOKEN: 't', CLOUDFLARE_ZONE_ID: '0f'.repeat(16) }],
  ['CUSTOM_HOSTNAME_TARGET', { CUSTOM_HOSTNAME_TARGET: 'https://in.example' }],
  ['DNS_OVER_HTTPS_URL', { DNS_OVER_HTTPS_URL: 'dns.example' }],
])('refuses half an edge with a line that names %s', (variable, given) => {
  expect(() => readConfig({ ...env, ...given })).toThrow(new RegExp(`^${variable} `))
})

it('speaks the newer wire where it is asked for', () => {
  expect(readConfig({ ...env, OPENAI_API_KEY: 'k', OPENAI_WIRE: 'responses' }).openai?.wire).toBe('responses')
})

it('has no model of a vendor without a key', () => {
  expect(readConfig({ ...env, OPENAI_API_KEY: ' ', TWIN_MODEL: 'x' }).openai).toBeUndefined()
})

it.each([
  ['ENVIRONMENT', undefined],
  ['ENVIRONMENT', 'staging'],
  ['PUBLIC_URL', undefined],
  ['PUBLIC_URL', 'twin.example'],
  ['PUBLIC_URL', 'https://twin.example/path'],
  ['PUBLIC_URL', 'http://twin.example'],
  ['PUBLIC_URL', 'https://twin.example:8443'],
  ['PUBLIC_URL', 'https://twin.example.:443'],
  ['DATABASE_URL', ''],
  ['DATABASE_URL', 'mysql://a:b@c/d'],
  ['DATABASE_URL', 'postgres://db.example/twin'],
  ['PLATFORM_DATABASE_URL', 'postgres://a:b@c'],
  ['NEON_HTTP_ENDPOINT', 'localhost'],
  ['SESSION_KEY', 'short-secret'],
  ['SESSION_KEY', `${'s'.repeat(43)}=`],
  ['SESSION_KEY_PREVIOUS', 'short-secret'],
  ['SESSION_KEY_PREVIOUS', 's'.repeat(43)],
  ['SESSION_KEY_PREVIOUS', 'i'.repeat(43)],
  ['LOG_LEVEL', 'debug'],
  ['IDENTITY_KEY', undefined],
  ['IDENTITY_KEY', env.SESSION_KEY],
  ['ADMIN_KEY_SHA256', 'the-key-itself'],
  ['ADMIN_KEY_SHA256', 'AB'.repeat(32)],
  ['OPENAI_BASE_URL', 'file:///etc'],
  ['OPENAI_WIRE', 'telegraph'],
  ['MODEL_IDLE_TIMEOUT_MS', 'soon'],
  ['MODEL_FIRST_TOKEN_TIMEOUT_MS', '-5'],
])('refuses %s=%s with one line that names it and not its value', (variable, value) => {
  const read = (): unknown => readConfig({ ...env, OPENAI_API_KEY: 'k', [variable]: value })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(new RegExp(`^${variable} [^\\n]+\\.$`))
  if (value) expect(read).not.toThrow(value)
})

it('refuses to run without one of its rate limits', () => {
  const limiter = { limit: () => Promise.resolve({ success: true }) }
  const bound = {
    FLOOD_SESSIONS: limiter,
    FLOOD_ADDRESS: limiter,
    STEP_UP_BUSY: limiter,
    STEP_UP_STORM: limiter,
    FLOOD_LINES: limiter,
    FLOOD_MESSAGES: limiter,
    FLOOD_DEPLOYMENT: limiter,
  }
  expect(readLimiters(bound)).toMatchObject({ messages: limiter })
  expect(() => readLimiters(Object.assign(bound, { FLOOD_MESSAGES: undefined }))).toThrow('FLOOD_MESSAGES is not bound')
})
