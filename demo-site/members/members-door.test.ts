import { importJWK, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { DEMO_IDENTITY_PUBLIC_KEY } from '../../schema/local/demo/demo-identity.ts'
import { answerMembers, isMembersPath, type MembersRequest } from './members-door.ts'

const SITE = 'http://marlowclub.localhost:8788'
const NOW = Date.parse('2026-11-20T10:00:00Z')
const ask = (change: Partial<MembersRequest>) =>
  answerMembers(
    { method: 'GET', path: '/session', site: SITE, origin: SITE, cookie: undefined, body: '', ...change },
    NOW,
  )

describe('the door of the members’ pages', () => {
  it('signs a member in, knows them by the cookie, and signs them out', async () => {
    const entered = await ask({ method: 'POST', body: '{"member":"nia"}' })
    expect(entered).toMatchObject({ status: 200, body: { member: { id: 'nia', name: 'Nia Okonjo', week: 5 } } })
    expect(entered.headers).toEqual({ 'set-cookie': 'member=nia; Path=/; HttpOnly; SameSite=Strict' })
    expect(await ask({ cookie: 'theme=dark; member=nia' })).toMatchObject({ body: { member: { id: 'nia' } } })
    const left = await ask({ method: 'DELETE', cookie: 'member=nia' })
    expect(left).toMatchObject({ status: 204, headers: { 'set-cookie': expect.stringContaining('Max-Age=0') } })
    expect(await ask({})).toEqual({ status: 200, body: { member: null } })
  })

  it('signs a proof of five minutes for who is signed in', async () => {
    const answer = await ask({ method: 'POST', path: '/session/proof', cookie: 'member=tom' })
    const proof: unknown = Reflect.get(answer.body ?? {}, 'proof')
    const { payload, protectedHeader } = await jwtVerify(
      String(proof),
      await importJWK(DEMO_IDENTITY_PUBLIC_KEY, 'ES256'),
      {
        currentDate: new Date(NOW),
      },
    )
    expect(payload).toEqual({ sub: 'tom', iat: NOW / 1_000, exp: NOW / 1_000 + 300 })
    expect(protectedHeader.alg).toBe('ES256')
  })

  it.each<[string, Partial<MembersRequest>, number]>([
    ['a proof for nobody', { method: 'POST', path: '/session/proof' }, 401],
    ['a proof for a made-up member', { method: 'POST', path: '/session/proof', cookie: 'member=ada' }, 401],
    [
      'another site that asks for a proof',
      { method: 'POST', path: '/session/proof', cookie: 'member=nia', origin: 'http://stranger.localhost:8788' },
      403,
    ],
    ['a page without an origin', { method: 'POST', body: '{"member":"nia"}', origin: undefined }, 403],
    ['another site that signs somebody out', { method: 'DELETE', origin: 'http://evil.example' }, 403],
    ['a member it does not have', { method: 'POST', body: '{"member":"ada"}' }, 400],
    ['a body that is no JSON', { method: 'POST', body: 'member=nia' }, 400],
    ['a body that was too large', { method: 'POST', body: undefined }, 400],
    ['a proof that is only read', { path: '/session/proof' }, 405],
    ['another verb', { method: 'PUT' }, 405],
  ])('refuses %s', async (_case, change, status) => {
    const answer = await ask(change)
    expect(answer.status).toBe(status)
    expect(answer.headers ?? {}).not.toHaveProperty('set-cookie')
    expect(JSON.stringify(answer)).not.toContain('proof"')
  })

  it('has two paths', () => {
    expect(['/session', '/session/proof', '/', '/session/'].filter(isMembersPath)).toEqual([
      '/session',
      '/session/proof',
    ])
  })
})
