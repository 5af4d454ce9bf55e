import { createHmac } from 'node:crypto'
import { SignJWT, UnsecuredJWT, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { NOW, nova, uuid } from '../testing/nova.ts'
import type { SessionClaims } from '../../schema/domain/claims.ts'
import { joseSigner } from './jose-signer.ts'

const key = new Uint8Array(32).fill(7)
const signer = joseSigner(key)
const issuedAt = NOW / 1000
const claims: SessionClaims = {
  deploymentId: nova.id,
  origin: 'https://nova.example',
  conversationId: uuid('60000000-0000-8000-8000-000000000001'),
  visitorId: uuid('60000000-0000-8000-8000-000000000002'),
  expiresAt: issuedAt + 600,
}
const payload = {
  ori: claims.origin,
  cid: claims.conversationId,
  aud: claims.deploymentId,
  sub: claims.visitorId,
  iat: issuedAt,
  exp: claims.expiresAt,
}
const header = { alg: 'HS256', typ: 'twin-session' }
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const forge = (given: Record<string, unknown>, head = header): Promise<string> =>
  new SignJWT({ ...payload, ...given }).setProtectedHeader(head).sign(key)

describe('joseSigner', () => {
  it('verifies what it signed', async () => {
    const token = await signer.sign(claims, issuedAt)
    expect(await signer.verify(token, NOW)).toEqual({ ok: true, value: claims })
    expect(token).toMatch(/^[A-Za-z0-9_.-]+$/) // all of it may stand in a subprotocol
  })

  it('still tells whose session it was when it has expired', async () => {
    const token = await signer.sign(claims, issuedAt)
    expect(await signer.verify(token, NOW + 600_000)).toEqual({
      ok: false,
      failure: { reason: 'session_expired', claims },
    })
  })

  it.each<[string, () => Promise<string> | string]>([
    ['nothing', () => ''],
    ['rubbish', () => 'a.b.c'],
    ['a long one', () => 'a'.repeat(3_000)],
    ['one without signature', () => new UnsecuredJWT(payload).encode()],
    [
      'alg:none with our signature left on',
      async () =>
        `${encode({ alg: 'none', typ: 'twin-session' })}.${(await signer.sign(claims, issuedAt)).split('.').slice(1).join('.')}`,
    ],
    ['another key’s', () => joseSigner(new Uint8Array(32).fill(8)).sign(claims, issuedAt)],
    [
      'an asymmetric one',
      async () =>
        new SignJWT(payload)
          .setProtectedHeader({ ...header, alg: 'ES256' })
          .sign((await generateKeyPair('ES256')).privateKey),
    ],
    [
      'our own key’s longer MAC',
      () => {
        const signed = `${encode({ ...header, alg: 'HS512' })}.${encode(payload)}`
        return `${signed}.${createHmac('sha512', key).update(signed).digest('base64url')}`
      },
    ],
    ['padding', async () => `${await signer.sign(claims, issuedAt)}=`],
    ['a truncated MAC', async () => (await signer.sign(claims, issuedAt)).slice(0, -4)],
    [
      'a changed claim',
      async () => {
        const [head, , mac] = (await signer.sign(claims, issuedAt)).split('.')
        return `${head}.${encode({ ...payload, ori: 'https://evil.example' })}.${mac}`
      },
    ],
    ['another kind of token', () => forge({}, { alg: 'HS256', typ: 'JWT' })],
    ['one that never ends', () => forge({ exp: undefined })],
    ['one that lasts too long', () => forge({ exp: issuedAt + 601 })],
    ['one from the future', () => forge({ iat: issuedAt + 60 })],
    ['one for two deployments', () => forge({ aud: [nova.id, nova.id] })],
    ['one without origin', () => forge({ ori: undefined })],
    ['one without conversation', () => forge({ cid: 'general' })],
  ])('refuses %s', async (_case, token) => {
    expect(await signer.verify(await token(), NOW)).toEqual({ ok: false, failure: { reason: 'session_invalid' } })
  })

  it('is not taken in by an expired forgery', async () => {
    const token = await joseSigner(new Uint8Array(32).fill(8)).sign(claims, issuedAt)
    expect(await signer.verify(token, NOW + 600_000)).toEqual({ ok: false, failure: { reason: 'session_invalid' } })
  })
})
