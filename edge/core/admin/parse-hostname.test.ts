import { expect, it } from 'vitest'
import { parseHostname } from './parse-hostname.ts'

const production = { platformHost: 'twin.example', development: false }
const development = { platformHost: 'localhost', development: true }

it('takes a customer’s host', () => {
  expect(parseHostname('twin.star.example', production)).toEqual({ ok: true, value: 'twin.star.example' })
})

it('takes a name of the own machine while developing only', () => {
  expect(parseHostname('twin.marlow.localhost', development).ok).toBe(true)
  expect(parseHostname('twin.marlow.localhost', production).ok).toBe(false)
})

it.each([
  ['twin.example', 'platform'],
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
