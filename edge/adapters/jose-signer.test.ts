import { createHmac } from 'node:crypto'
import { SignJWT, UnsecuredJWT, calculateJwkThumbprint, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { NOW, nova, uuid } from '../testing/nova.ts'
import type { SessionGrant } from '../../schema/domain/claims.ts'
import { joseSigner } from './jose-signer.ts'

const key = new Uint8Array(32).fill(7)
const signer = joseSigner({ current: key })
const issuedAt = NOW / 1000
const claims: SessionGrant = {
  deploymentId: nova.id,
  origin: 'https://nova.example',
  conversationId: uuid('60000000-0000-8000-8000-000000000001'),
  visitorId: uuid('60000000-0000-8000-8000-000000000002'),
  expiresAt: issuedAt + 600,
  epoch: 2,
  tier: 'PREMIUM',
}
const payload = {
  ori: claims.origin,
  cid: claims.conversationId,
  aud: claims.deploymentId,
  sub: claims.visitorId,
  iat: issuedAt,
  exp: claims.expiresAt,
  ep: claims.epoch,
  tier: claims.tier,
  jti: 'one',
}
const kid = await calculateJwkThumbprint({ kty: 'oct', k: Buffer.from(key).toString('base64url') })
const header: Readonly<Record<string, string>> & { readonly alg: string } = { alg: 'HS256', typ: 'twin-session', kid }
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const forge = (given: Record<string, unknown>, head = header): Promise<string> =>
  new SignJWT({ ...payload, ...given }).setProtectedHeader(head).sign(key)

describe('joseSigner', () => {
  it('verifies what it signed', async () => {
    const token = await signer.sign(claims, issuedAt)
    expect(await signer.verify(token, NOW)).toEqual({ ok: true, value: { ...claims, ticket: null } })
    expect(token).toMatch(/^[A-Za-z0-9_.-]+$/) // all of it may stand in a subprotocol
  })

  it('still tells whose session it was when it has expired', async () => {
    const token = await signer.sign(claims, issuedAt)
    expect(await signer.verify(token, NOW + 600_000)).toEqual({
      ok: false,
      failure: { reason: 'session_expired', claims: { ...claims, ticket: null } },
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
        `${encode({ ...header, alg: 'none' })}.${(await signer.sign(claims, issuedAt)).split('.').slice(1).join('.')}`,
    ],
    ['another key’s', () => joseSigner({ current: new Uint8Array(32).fill(8) }).sign(claims, issuedAt)],
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
    ['another kind of token', () => forge({}, { ...header, typ: 'JWT' })],
    ['one that names no key', () => forge({}, { alg: 'HS256', typ: 'twin-session' })],
    ['one that names a key that is none of ours', () => forge({}, { ...header, kid: 'other' })],
    ['one without epoch', () => forge({ ep: undefined })],
    ['one of half an epoch', () => forge({ ep: 0.5 })],
    ['one of a tier that is none', () => forge({ tier: 'ROYAL' })],
    ['one without a ticket', () => forge({ jti: undefined })],
    ['one that is not valid yet', () => forge({ nbf: issuedAt + 60 })],
    ['one that never ends', () => forge({ exp: undefined })],
    ['one that lasts too long', () => forge({ exp: issuedAt + 601 })],
    ['one from the future', () => forge({ iat: issuedAt + 60 })],
    ['one for two deployments', () => forge({ aud: [nova.id, nova.id] })],
    ['one without origin', () => forge({ ori: undefined })],
    ['one without conversation', () => forge({ cid: 'general' })],
  ])('refuses %s', async (_case, token) => {
    expect(await signer.verify(await token(), NOW)).toEqual({ ok: false, failure: { reason: 'session_invalid' } })
  })

  it('gives no two sessions the same ticket', async () => {
    const [one, two] = await Promise.all([signer.sign(claims, issuedAt), signer.sign(claims, issuedAt)])
    expect(one).not.toBe(two)
  })

  describe('after a rotation', () => {
    const next = new Uint8Array(32).fill(9)
    const rotated = joseSigner({ current: next, previous: key })

    it('still knows the sessions of the key before, and signs with the new one', async () => {
      expect(await rotated.verify(await signer.sign(claims, issuedAt), NOW)).toMatchObject({ ok: true })
      const token = await rotated.sign(claims, issuedAt)
      expect(await signer.verify(token, NOW)).toMatchObject({ ok: false })
      expect(await joseSigner({ current: next }).verify(token, NOW)).toMatchObject({ ok: true })
    })

    it('knows them no more once the key before is taken away', async () => {
      const token = await signer.sign(claims, issuedAt)
      expect(await joseSigner({ current: next }).verify(token, NOW)).toMatchObject({ ok: false })
    })

    it('does not let one key sign under the other’s name', async () => {
      const token = await new SignJWT(payload).setProtectedHeader(header).sign(next)
      expect(await rotated.verify(token, NOW)).toMatchObject({ ok: false })
    })
  })

  it('is not taken in by an expired forgery', async () => {
    const token = await joseSigner({ current: new Uint8Array(32).fill(8) }).sign(claims, issuedAt)
    expect(await signer.verify(token, NOW + 600_000)).toEqual({ ok: false, failure: { reason: 'session_invalid' } })
  })
})
