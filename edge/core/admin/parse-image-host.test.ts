import { expect, it } from 'vitest'
import { parseImageHost } from './parse-image-host.ts'

it.each(['images.nova.example', 'a.b.c.example', 'xn--bcher-kva.example'])('takes %s', (host) => {
  expect(parseImageHost(host)).toEqual({ ok: true, value: host })
})

it.each([
  ['nothing', '', 'must be a host name'],
  ['no text', 7, 'must be a host name'],
  ['a wildcard', '*.nova.example', 'cannot be a wildcard'],
  ['every host of a public suffix', '*.co.uk', 'cannot be a wildcard'],
  ['everything', '*', 'cannot be a wildcard'],
  ['capitals', 'Images.Nova.example', 'write images.nova.example'],
  ['an address', 'https://images.nova.example/a.png', 'write images.nova.example'],
  ['a port', 'images.nova.example:8443', 'write images.nova.example'],
  ['a dot at its end', 'images.nova.example.', 'write images.nova.example'],
  ['letters beyond ASCII', 'bücher.example', 'write xn--bcher-kva.example'],
  ['an IP address', '10.0.0.1', 'not an IP address'],
  ['an IP address as one number', '0x7f000001', 'not an IP address'],
  ['an IPv6 address', '[::1]', 'must be a host name'],
  ['a bare suffix', 'com', 'full host name'],
  ['the visitor’s own machine', 'media.localhost', 'own machine'],
  ['the end of a policy', 'a.example; script-src *', 'cannot be a wildcard'],
  ['a line of a header', 'a.example\r\nx: y', 'must be'],
])('refuses %s', (_case, host, message) => {
  const parsed = parseImageHost(host)
  expect(parsed.ok ? '' : parsed.failure).toContain(message)
})
