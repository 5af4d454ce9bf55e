import { expect, it } from 'vitest'
import { readHost } from './host.ts'

const production = { platformHost: 'twin.example', portTolerated: false, usualPort: ':443' }
const local = { platformHost: 'localhost', portTolerated: true, usualPort: ':80' }

it.each([
  ['our host', 'twin.example', production, { kind: 'platform' }],
  ['our host in upper case', 'TWIN.Example', production, { kind: 'platform' }],
  ['our host with a trailing dot', 'twin.example.', production, { kind: 'platform' }],
  ['our host with the port that goes without saying', 'twin.example:443', production, { kind: 'platform' }],
  ['our host with a port, locally', 'localhost:8787', local, { kind: 'platform' }],
  ['a customer’s host', 'Twin.Star.example.', production, { kind: 'custom', host: 'twin.star.example' }],
  [
    'a customer’s host with a port, locally',
    'twin.marlow.localhost:8787',
    local,
    { kind: 'custom', host: 'twin.marlow.localhost' },
  ],
])('reads %s', (_case, host, rules, expected) => {
  expect(readHost(host, rules)).toEqual(expected)
})

it.each([
  ['nothing', ''],
  ['a port in production', 'twin.example:8443'],
  ['the port of another scheme', 'twin.example:80'],
  ['a port with a zero before it', 'twin.example:0443'],
  ['two trailing dots', 'twin.example..'],
  ['an empty label', 'twin..example'],
  ['a path', 'twin.example/a'],
  ['user information', 'a@twin.example'],
  ['two hosts', 'twin.example, evil.example'],
  ['an underscore', 'twin_.example'],
  ['a bracketed address', '[::1]'],
  ['letters beyond ASCII', 'twín.example'],
])('does not take %s for a host', (_case, host) => {
  expect(readHost(host, production)).toBeUndefined()
})
