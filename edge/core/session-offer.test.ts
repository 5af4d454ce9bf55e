import { expect, it } from 'vitest'
import { sessionOffer } from './session-offer.ts'

it('takes the token out of the offer', () => {
  expect(sessionOffer('twin.v1, twin.session.a.b.c')).toEqual({ ok: true, value: 'a.b.c' })
})

it.each([
  ['no offer', undefined, 'subprotocol_missing'],
  ['another protocol', 'graphql-ws, twin.session.a.b.c', 'subprotocol_missing'],
  ['no session', 'twin.v1', 'session_missing'],
  ['an empty session', 'twin.v1, twin.session.', 'session_missing'],
  ['two sessions', 'twin.v1, twin.session.a, twin.session.b', 'session_invalid'],
])('refuses %s', (_case, header, reason) => {
  expect(sessionOffer(header)).toMatchObject({ ok: false, failure: { reason } })
})
