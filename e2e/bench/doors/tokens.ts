/**
 * Tokens at every place where one is read: the socket, the stream, posted frames, deletion, and a page's proof of identity.
 * 401 JWS vectors that are nobody's here, and a matrix of our own: what is genuine is let in, and what differs from it in
 * one thing is not.
 */
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import type { JWTPayload } from 'jose'
import { joseSigner } from '../../../edge/adapters/jose-signer.ts'
import { PRODUCTION_HOST } from '../../../edge/testing/running-edge.ts'
import { newId } from '../../../schema/domain/id.ts'
import { CAST } from '../../../schema/local/cast.ts'
import { openFrameSocket } from '../faults/frame-socket.ts'
import { newVisitorSecret } from '../../wire/request-session.ts'
import type { Amount, DoorsSuite } from './doors-suite.ts'
import type { DoorsWorld } from './doors-world.ts'
import { eachInLanes } from './each-in-lanes.ts'

const DEPLOYMENT = CAST.deployments.remyWidget
const ORIGIN = 'https://tokens.nova.example'
const OTHER_ORIGIN = 'https://also.nova.example'
const LANES = 8

export const tokens: DoorsSuite = {
  name: 'tokens',
  run: async (world, amount) => {
    await allow(world)
    const vectors = await askVectors(world, amount)
    const matrix = await askMatrix(world)
    const reused = await askReuse(world)
    const revoked = await askRevoked(world)
    const all = [vectors, matrix, reused, revoked]
    const wrong = all.flatMap((one) => one.wrong)
    return { figures: { tokens: all.reduce((sum, { asked }) => sum + asked, 0), wrong_tokens: wrong.length }, wrong }
  },
  plants: [
    {
      name: 'a session never ends',
      changes: [
        {
          file: 'edge/adapters/jose-signer.ts',
          find: 'currentDate: new Date(now),',
          replace: 'currentDate: new Date(Math.min(now, 1_700_000_000_000)), clockTolerance: 1e12,',
        },
      ],
    },
    {
      name: 'the algorithm is what the token says',
      changes: [{ file: 'edge/adapters/jose-signer.ts', find: 'algorithms: [ALGORITHM],', replace: '' }],
    },
    {
      name: 'a session may be carried to another page',
      changes: [
        {
          file: 'edge/http/admit-session.ts',
          find: 'origin !== claims.origin || claims.conversationId',
          replace: 'claims.conversationId',
        },
      ],
    },
    {
      name: 'a key that is none of ours is taken for ours',
      changes: [
        {
          file: 'edge/adapters/jose-signer.ts',
          find: "byName.get(kid ?? '')",
          replace: "byName.get(kid ?? '') ?? current",
        },
      ],
    },
    {
      name: 'a ticket is as good as a session',
      changes: [
        {
          file: 'edge/adapters/jose-signer.ts',
          find: "const typ = accepted === 'session or ticket' && saysTicket(token) ? TICKET : SESSION",
          replace: 'const typ = saysTicket(token) ? TICKET : SESSION',
        },
      ],
    },
    {
      name: 'a ticket opens any number of sockets',
      changes: [
        { file: 'party/room/tickets.ts', find: '.length > 0) return false', replace: '.length > 0) return true' },
      ],
    },
    {
      name: 'a revocation is overlooked',
      changes: [
        {
          file: 'edge/http/admit-session.ts',
          find: 'claims.epoch < admission.value.record.epoch',
          replace: 'claims.epoch < 0',
        },
      ],
    },
  ],
}

interface Asked {
  readonly asked: number
  readonly wrong: readonly string[]
}

interface Right {
  readonly token: string
  /** As it is offered. */
  readonly ticket: string
  readonly conversationId: string
  readonly visitorId: string
}

async function allow(world: DoorsWorld): Promise<void> {
  await world.edge.sql(`delete from allowed_domains where deployment_id = '${DEPLOYMENT}'`)
  for (const origin of [ORIGIN, OTHER_ORIGIN]) {
    const { status } = await world.admin('POST', `/deployments/${DEPLOYMENT}/allowed-domains`, { origin })
    if (status !== 201) throw new Error(`${origin} could not be allowed: ${status}`)
  }
}

async function mint(world: DoorsWorld, more: object = {}): Promise<Right> {
  const { status, body } = await world.ask({
    method: 'POST',
    path: '/v1/sessions',
    origins: [ORIGIN],
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({ deploymentId: DEPLOYMENT, visitorSecret: newVisitorSecret(), conversation: 0, ...more }),
  })
  const { token, ticket, conversationId, visitorId } = { ...Object(JSON.parse(body)) }
  if (status !== 201) throw new Error(`No session is in ${body}`)
  return { token: `${token}`, ticket: `${ticket}`, conversationId: `${conversationId}`, visitorId: `${visitorId}` }
}

/** Where a token lets somebody in, by name. */
async function admittedAt(world: DoorsWorld, token: string, at: string, origin = ORIGIN): Promise<string[]> {
  const path = `/v1/conversations/${at}`
  const ask = async (method: string, suffix: string, body = ''): Promise<boolean> => {
    const headers = [
      ['Authorization', `Bearer ${token}`],
      ['Content-Type', 'application/json'],
    ] as const
    const { status } = await world.ask({ method, path: `${path}${suffix}`, origins: [origin], headers, body })
    return status < 400
  }
  const found: string[] = []
  if (await ask('POST', '/frames', '{"frames":[{"type":"history-get","before":null,"limit":1}]}')) found.push('post')
  if (await isWelcomed(world, `twin.session.${token}`, at, origin)) found.push('socket')
  return found
}

function isWelcomed({ edge }: DoorsWorld, offer: string, at: string, origin = ORIGIN): Promise<boolean> {
  return new Promise((resolve) => {
    const line = openFrameSocket({
      port: edge.port,
      host: PRODUCTION_HOST,
      path: `/parties/twin-room/${at}`,
      protocols: ['twin.v1', offer],
      origin,
      open: (socket) => socket.send(JSON.stringify({ type: 'hello', after: null })),
      text: (text) => {
        if (text.startsWith('twin.session.')) return
        resolve(!text.includes('"type":"error"'))
        line.kill()
      },
      closed: () => resolve(false),
    })
  })
}

async function askVectors(world: DoorsWorld, amount: Amount): Promise<Asked> {
  const file: unknown = JSON.parse(
    await readFile(new URL('../../fixtures/json-web-signature.json', import.meta.url), 'utf8'),
  )
  const all = vectorsIn(file).filter((_one, at) => amount === 'full' || at % 16 === 0)
  const { conversationId } = await mint(world)
  const wrong = await eachInLanes(all, LANES, async ({ name, jws }) => {
    const found = await admittedAt(world, jws, conversationId)
    if (await holdsAsProof(world, jws)) found.push('proof')
    return found.map((where) => `vector ${name} is let in: ${where}`)
  })
  return { asked: all.length, wrong: wrong.flat() }
}

/** One line of printable characters, as a header can carry it. */
function vectorsIn(file: unknown): { readonly name: string; readonly jws: string }[] {
  const { testGroups = [] }: { readonly testGroups?: readonly { readonly tests: readonly unknown[] }[] } = Object(file)
  return testGroups
    .flatMap(({ tests }) => tests)
    .map((test) => {
      const { tcId, comment, jws }: { readonly [name: string]: unknown } = Object(test)
      const text = typeof jws === 'string' ? jws : JSON.stringify(jws)
      return { name: `${String(tcId)} ${String(comment)}`, jws: text.replace(/[^\x20-\x7e]/g, '') }
    })
}

async function holdsAsProof(world: DoorsWorld, proof: string): Promise<boolean> {
  const { status } = await world.ask({
    method: 'POST',
    path: '/v1/sessions',
    origins: [ORIGIN],
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({
      deploymentId: DEPLOYMENT,
      visitorSecret: newVisitorSecret(),
      conversation: 0,
      identity: proof,
    }),
  })
  return status < 400
}

async function askMatrix(world: DoorsWorld): Promise<Asked> {
  const right = await mint(world)
  const { conversationId } = right
  const key = world.edge.sessionKey
  const kid = await thumbprint(key)
  const now = Math.floor(Date.now() / 1000)
  const header = { alg: 'HS256', typ: 'twin-session', kid }
  const payload: JWTPayload = {
    ori: ORIGIN,
    cid: conversationId,
    ep: await epochNow(world),
    tier: 'FREE',
    aud: DEPLOYMENT,
    sub: right.visitorId,
    iat: now,
    exp: now + 300,
    jti: 'of-the-bench',
  }
  const signed = (change: object = {}, head: object = {}, secret: Uint8Array = key): Promise<string> =>
    new SignJWT({ ...payload, ...change }).setProtectedHeader({ ...header, ...head }).sign(secret)
  const [head = '', body = '', mac = ''] = (await signed()).split('.')
  const raw = (protectedHeader: object, hash?: string): string => {
    const text = `${encode({ ...header, ...protectedHeader })}.${body}`
    return `${text}.${hash === undefined ? '' : createHmac(hash, key).update(text).digest('base64url')}`
  }
  const rsa = await generateKeyPair('RS256', { extractable: true })
  const ec = await generateKeyPair('ES256', { extractable: true })
  const asymmetric = async (alg: 'RS256' | 'ES256', more: object = {}): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ ...header, alg, ...more }).sign((alg === 'RS256' ? rsa : ec).privateKey)
  const signer = joseSigner({ current: key })

  const good: [string, string][] = [
    ['given by the door', right.token],
    ['signed as the door does', await signed()],
    ['of a clock that is three seconds ahead', await signed({ iat: now + 3 })],
  ]
  const bad: [string, string][] = [
    ['expired', await signed({ iat: now - 400, exp: now - 1 })],
    ['expired long ago', await signed({ iat: now - 90_000, exp: now - 89_500 })],
    ['not valid yet', await signed({ nbf: now + 60 })],
    ['from the future', await signed({ iat: now + 60, exp: now + 300 })],
    ['that lasts longer than any', await signed({ exp: now + 601 })],
    ['that never ends', await signed({ exp: undefined })],
    ['of no time', await signed({ iat: undefined })],
    ['whose end is text', await signed({ exp: `${now + 300}` })],
    ['of another deployment', await signed({ aud: CAST.deployments.kickColaCampaign })],
    ['of another tenant’s deployment', await signed({ aud: CAST.deployments.marlowClub })],
    ['of two deployments', await signed({ aud: [DEPLOYMENT, DEPLOYMENT] })],
    ['of no deployment', await signed({ aud: undefined })],
    ['of another page', await signed({ ori: OTHER_ORIGIN })],
    ['of no page', await signed({ ori: undefined })],
    ['of another conversation', await signed({ cid: newId<'conversation'>() })],
    ['of another visitor', await signed({ sub: newId<'visitor'>() })],
    ['of no visitor', await signed({ sub: 'admin' })],
    ['of an epoch that is none', await signed({ ep: -1 })],
    ['of no epoch', await signed({ ep: undefined })],
    ['of a tier that is none', await signed({ tier: 'ROYAL' })],
    ['without a name of its own', await signed({ jti: undefined })],
    ['without a signature', new UnsecuredJWT(payload).encode()],
    ['of alg none', `${encode({ ...header, alg: 'none' })}.${body}.`],
    ['of alg none, our signature left on', `${encode({ ...header, alg: 'none' })}.${body}.${mac}`],
    ['of alg None', `${encode({ ...header, alg: 'None' })}.${body}.${mac}`],
    ['of a longer hash by our key', raw({ alg: 'HS512' }, 'sha512')],
    ['of a middling hash by our key', raw({ alg: 'HS384' }, 'sha384')],
    ['that says RS256 and is ours', raw({ alg: 'RS256' }, 'sha256')],
    ['that says ES256 and is ours', raw({ alg: 'ES256' }, 'sha256')],
    ['that says nothing of its algorithm', raw({ alg: undefined }, 'sha256')],
    ['of a stranger’s RSA key', await asymmetric('RS256')],
    ['of a stranger’s RSA key, brought along', await asymmetric('RS256', { jwk: await exportJWK(rsa.publicKey) })],
    ['of a stranger’s EC key, brought along', await asymmetric('ES256', { jwk: await exportJWK(ec.publicKey) })],
    ['of a stranger’s secret', await signed({}, {}, new Uint8Array(32).fill(1))],
    ['of an empty secret, as one can be had', raw({ kid: '' }, 'sha256')],
    ['of a key that is none of ours, signed by ours', raw({ kid: 'other' }, 'sha256')],
    ['of a key by its file', raw({ kid: '../../dev/null' }, 'sha256')],
    ['of no key’s name', raw({ kid: undefined }, 'sha256')],
    ['of another kind', raw({ typ: 'JWT' }, 'sha256')],
    ['of no kind', raw({ typ: undefined }, 'sha256')],
    ['that must be understood', raw({ crit: ['exp'], exp: 1 }, 'sha256')],
    ['with padding', `${head}.${body}.${mac}=`],
    ['with padding inside', `${head}=.${body}.${mac}`],
    ['with a truncated MAC', `${head}.${body}.${mac.slice(0, -4)}`],
    ['with half a MAC', `${head}.${body}.${mac.slice(0, 20)}`],
    ['with no MAC', `${head}.${body}.`],
    ['with a longer MAC', `${head}.${body}.${mac}AAAA`],
    ['with another’s body', `${head}.${encode({ ...payload, sub: newId<'visitor'>() })}.${mac}`],
    ['of four parts', `${head}.${body}.${mac}.${mac}`],
    ['of two parts', `${head}.${body}`],
    ['written as JSON', JSON.stringify({ protected: head, payload: body, signature: mac })],
    ['of nothing', '.'],
    ['too long to read', `${head}.${body}${'A'.repeat(3_000)}.${mac}`],
    ...Array.from({ length: 12 }, (_one, at): [string, string] => [
      `with another letter in its MAC, at ${at}`,
      `${head}.${body}.${mac.slice(0, at)}${mac[at] === 'A' ? 'B' : 'A'}${mac.slice(at + 1)}`,
    ]),
  ]
  const ticket = right.ticket.slice('twin.session.'.length)
  const stale = await signer.signTicket(
    {
      deploymentId: DEPLOYMENT,
      origin: ORIGIN,
      conversationId: newId<'conversation'>(),
      visitorId: newId<'visitor'>(),
      expiresAt: now + 300,
      epoch: 0,
      tier: 'FREE',
    },
    now - 60,
    now - 30,
  )
  const wrong: string[] = []
  for (const [name, token] of good) {
    const found = await admittedAt(world, token, conversationId)
    if (found.length < 2) wrong.push(`a session ${name} is refused: let in at ${found.join(', ') || 'nowhere'}`)
  }
  const found = await eachInLanes(bad, LANES, async ([name, token]) =>
    (await admittedAt(world, token, conversationId)).map((where) => `a session ${name} is let in: ${where}`),
  )
  wrong.push(...found.flat())
  for (const where of await admittedAt(world, right.token, conversationId, OTHER_ORIGIN))
    wrong.push(`a session carried to another page is let in: ${where}`)
  for (const where of await admittedAt(world, right.token, newId<'conversation'>()))
    wrong.push(`a session carried to another conversation is let in: ${where}`)
  for (const where of (await admittedAt(world, ticket, conversationId)).filter((one) => one !== 'socket'))
    wrong.push(`a ticket is taken for a session: ${where}`)
  for (const where of await admittedAt(world, stale, conversationId)) wrong.push(`a late ticket is let in: ${where}`)
  return { asked: good.length + bad.length + 4, wrong }
}

async function askReuse(world: DoorsWorld): Promise<Asked> {
  const wrong: string[] = []
  const { ticket, conversationId } = await mint(world)
  if (!(await isWelcomed(world, ticket, conversationId))) wrong.push('a ticket is refused')
  for (let time = 0; time < 3; time += 1)
    if (await isWelcomed(world, ticket, conversationId)) wrong.push('a ticket opens another socket')
  const many = await mint(world)
  const welcomed = await Promise.all(
    Array.from({ length: 6 }, () => isWelcomed(world, many.ticket, many.conversationId)),
  )
  if (welcomed.filter(Boolean).length !== 1) wrong.push('a ticket shown by many at once opens more or less than one')
  return { asked: 5, wrong }
}

async function askRevoked(world: DoorsWorld): Promise<Asked> {
  const before = await Promise.all(Array.from({ length: 5 }, () => mint(world)))
  const { status } = await world.admin('POST', `/deployments/${DEPLOYMENT}/revoke-sessions`)
  if (status !== 200) throw new Error(`The epoch could not be raised: ${status}`)
  const wrong: string[] = []
  for (const { token, ticket, conversationId } of before) {
    for (const where of await admittedAt(world, token, conversationId))
      wrong.push(`a revoked session is let in: ${where}`)
    if (await isWelcomed(world, ticket, conversationId)) wrong.push('a revoked ticket is let in')
  }
  const after = await mint(world)
  if ((await admittedAt(world, after.token, after.conversationId)).length < 2)
    wrong.push('a session after the revocation is refused')
  return { asked: before.length * 2 + 1, wrong }
}

async function epochNow({ edge }: DoorsWorld): Promise<number> {
  const { rows } = await edge.query(`select epoch from deployments where id = '${DEPLOYMENT}'`)
  return Number(rows[0]?.['epoch'])
}

function thumbprint(key: Uint8Array): Promise<string> {
  return calculateJwkThumbprint({ kty: 'oct', k: Buffer.from(key).toString('base64url') })
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
