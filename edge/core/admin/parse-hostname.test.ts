import { expect, it } from 'vitest'
import { registrableDomain } from '../registrable-domain.ts'
import { parseHostname } from './parse-hostname.ts'

const production = { ownHosts: ['twin.example', 'hosts.ours.example'], development: false, registrableDomain }
const development = { ownHosts: ['localhost'], development: true, registrableDomain }

it('takes a customer’s host', () => {
  expect(parseHostname('twin.star.example', production)).toEqual({ ok: true, value: 'twin.star.example' })
})

it.each(['star.example', 'star.co.uk', 'star.github.io', 'xn--twn-6ma.star.example', `${'a.'.repeat(113)}example`])(
  'takes %s, the top of a domain, one under a private suffix, punycode and what is just short enough',
  (hostname) => expect(parseHostname(hostname, production)).toEqual({ ok: true, value: hostname }),
)

it('takes a name of the own machine while developing only', () => {
  expect(parseHostname('twin.marlow.localhost', development).ok).toBe(true)
  expect(parseHostname('twin.marlow.localhost', production).ok).toBe(false)
})

it.each([
  ['twin.example', 'platform'],
  ['remy.twin.example', 'platform’s own domain'],
  ['else.ours.example', 'platform’s own domain'],
  ['co.uk', 'public suffix'],
  ['github.io', 'public suffix'],
  ['pages.dev', 'public suffix'],
  ['foo.ck', 'public suffix'],
  [`${'a.'.repeat(116)}example`, 'at most 234 characters'],
  [`${'a'.repeat(64)}.example`, 'must be a host name'],
  ['https://twin.star.example', 'write twin.star.example'],
  ['twin.star.example:8443', 'write twin.star.example'],
  ['twin.star.example.', 'write twin.star.example'],
  ['twin.star.example/x', 'write twin.star.example'],
  ['tẃin.star.example', 'write xn--'],
  ['*.star.example', 'wildcard'],
  ['192.0.2.7', 'not an IP address'],
  ['0300.1', 'not an IP address'],
  ['[::1]', 'must be a host name'],
  ['star', 'full host name'],
  ['twin_.star.example', 'must be a host name'],
  ['', 'must be a host name'],
  [7, 'must be a host name'],
])('refuses %s and says what to do', (entry, advice) => {
  const parsed = parseHostname(entry, production)
  expect(parsed.ok ? '' : parsed.failure).toContain(advice)
})
