import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseAllowedOrigin } from './parse-allowed-origin.ts'

const production = { development: false }
const development = { development: true }

it.each([
  ['https://www.example.com', 'https://www.example.com'],
  ['HTTPS://WWW.Example.com', 'https://www.example.com'],
  ['https://www.example.com:443', 'https://www.example.com'],
  ['https://www.example.com:8443', 'https://www.example.com:8443'],
  ['https://xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example'],
])('takes %s as %s', (entry, origin) => {
  expect(parseAllowedOrigin(entry, production)).toEqual({ ok: true, value: origin })
})

it.each(['http://localhost:3000', 'http://solara.localhost:8788', 'https://remyvale.localhost'])(
  'takes %s while developing only',
  (entry) => {
    expect(parseAllowedOrigin(entry, development)).toEqual({ ok: true, value: entry })
    expect(parseAllowedOrigin(entry, production).ok).toBe(entry.startsWith('https') && entry.includes('.'))
  },
)

it.each([
  ['null', 'null'],
  ['*', 'wildcard'],
  ['https://*.example.com', 'wildcard'],
  ['www.example.com', 'write https://www.example.com'],
  ['http://www.example.com', 'write https://www.example.com'],
  ['https://www.example.com/', 'write https://www.example.com'],
  ['https://www.example.com/shop?x#y', 'write https://www.example.com'],
  ['https://www.example.com?', 'write https://www.example.com'],
  ['https://www.example.com\\', 'write https://www.example.com'],
  ['https://www.example.com.', 'write https://www.example.com'],
  ['https://user@www.example.com', 'write https://www.example.com'],
  ['https://münchen.example', 'write https://xn--mnchen-3ya.example'],
  ['https://good.com_.example', 'host name'],
  ['https://127.0.0.1', 'not an address'],
  ['https://0x7f.1', 'not an address'],
  ['https://[::1]', 'not an address'],
  ['https://intranet', 'full host name'],
  ['ftp://www.example.com', 'https'],
  ['javascript:alert(1)', 'https://'],
  ['', 'must be an origin'],
  [['https://www.example.com'], 'must be an origin'],
])('refuses %s and says what to do', (entry, advice) => {
  const parsed = parseAllowedOrigin(entry, production)
  expect(parsed.ok ? '' : parsed.failure).toContain(advice)
})

it('stores only what a browser would send, and takes its own advice', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.domain()), (entry) => {
      const parsed = parseAllowedOrigin(entry, production)
      if (parsed.ok) return new URL(parsed.value).origin === parsed.value && parsed.value.startsWith('https://')
      const advised = /write (\S+)$/.exec(parsed.failure)?.[1]
      return advised === undefined || parseAllowedOrigin(advised, production).ok
    }),
  )
})
