import { expect, it } from 'vitest'
import { nova } from '../testing/nova.ts'
import { parseSessionRequest } from './session-request.ts'

const request = { deploymentId: nova.id, visitorSecret: `${'a'.repeat(42)}A`, conversation: 0 }

it('takes a whole request', () => {
  expect(parseSessionRequest(request)).toEqual({ ok: true, value: request })
})

it.each([
  ['nothing', undefined, ''],
  ['a list', [], ''],
  ['null', null, ''],
  ['no deployment', { ...request, deploymentId: undefined }, 'deploymentId'],
  ['an upper-case id', { ...request, deploymentId: nova.id.toUpperCase() }, 'deploymentId'],
  ['a short secret', { ...request, visitorSecret: 'a'.repeat(42) }, 'visitorSecret'],
  ['a long secret', { ...request, visitorSecret: 'a'.repeat(44) }, 'visitorSecret'],
  ['a secret that no 32 bytes have', { ...request, visitorSecret: 'a'.repeat(43).replace(/.$/, 'B') }, 'visitorSecret'],
  ['padding', { ...request, visitorSecret: `${'a'.repeat(42)}=` }, 'visitorSecret'],
  ['half a conversation', { ...request, conversation: 0.5 }, 'conversation'],
  ['a conversation below none', { ...request, conversation: -1 }, 'conversation'],
  ['a conversation beyond the last', { ...request, conversation: 10_000 }, 'conversation'],
  ['a conversation as text', { ...request, conversation: '0' }, 'conversation'],
  ['a visitor of its own choice', { ...request, visitorId: nova.id }, 'visitorId'],
  ['a prototype', JSON.parse(`{"__proto__":{"deploymentId":"${nova.id}"}}`), 'deploymentId'],
])('refuses %s', (_case, body, field) => {
  const parsed = parseSessionRequest(body)
  expect(parsed).toMatchObject({ ok: false, failure: { reason: 'request_invalid' } })
  expect(JSON.stringify(parsed)).toContain(`"field":"${field}"`)
})
