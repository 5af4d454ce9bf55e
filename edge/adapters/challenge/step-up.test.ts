/** What is brought under attack: forged, replayed, late, somebody else's or too little work is refused, and the rest is not. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../schema/domain/id.ts'
import { answerChallenge } from '../../../widget/session/answer-challenge.ts'
import { leadingZeroBits } from '../../core/challenge.ts'
import type { Applicant, SingleUse } from '../../core/ports.ts'
import { stepUp } from './step-up.ts'
import { turnstileChallenge } from './turnstile-challenge.ts'
import { workChallenge } from './work-challenge.ts'

const KEY = new Uint8Array(32).fill(3)
const NOW = Date.parse('2026-11-21T12:00:00Z')
const BITS = 6
const applicant = (): Applicant => ({
  tenantId: newId(),
  deploymentId: newId(),
  visitorId: newId(),
  origin: 'https://nova.example',
})
const never = new AbortController().signal

let used: Set<string>
const once: SingleUse = { take: (_tenantId, name) => Promise.resolve(!used.has(name) && used.add(name).size > 0) }
beforeEach(() => {
  used = new Set()
})

const challenges = stepUp({ work: workChallenge(KEY, once), turnstile: undefined })
const solved = async (who: Applicant, bits = BITS) =>
  answerChallenge({ challenge: await challenges.offer(who, bits, NOW) }, never)

describe('work', () => {
  it('that a browser has done is accepted, once', async () => {
    const who = applicant()
    const proof = await solved(who)
    expect(await challenges.accepts(proof, who, NOW)).toBe(true)
    expect(await challenges.accepts(proof, who, NOW)).toBe(false)
  })

  it('is for one visitor, one deployment, one origin and two minutes', async () => {
    const who = applicant()
    const proof = await solved(who)
    for (const other of [
      { ...who, visitorId: newId<'visitor'>() },
      { ...who, deploymentId: newId<'deployment'>() },
      { ...who, origin: 'https://evil.example' },
    ])
      expect(await challenges.accepts(proof, other, NOW)).toBe(false)
    expect(await challenges.accepts(proof, who, NOW + 121_000)).toBe(false)
    expect(await challenges.accepts(proof, who, NOW + 110_000)).toBe(true) // none of them has used it up
  })

  it('is refused when it was not done, whatever number is claimed', async () => {
    const who = applicant()
    const { token } = await challenges.offer(who, BITS, NOW)
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (number) => {
        const digest = createHash('sha256')
          .update(`${token.slice(-43)}.${number}`)
          .digest()
        const isWork = leadingZeroBits(digest) >= BITS
        used.clear()
        expect(await challenges.accepts(`work ${token}.${number}`, who, NOW)).toBe(isWork)
      }),
      { numRuns: 300 },
    )
  })

  it('is refused when any character of its token is another', async () => {
    const who = applicant()
    const proof = (await solved(who)) ?? ''
    await fc.assert(
      fc.asyncProperty(fc.nat(proof.length - 1), fc.constantFrom('A', 'b', '7', '.', '-'), async (place, other) => {
        const forged = proof.slice(0, place) + other + proof.slice(place + 1)
        used.clear()
        const number = /\.(\d+)$/.exec(forged)?.[1]
        const isSame =
          forged === proof || forged.slice(0, -(number?.length ?? 0)) === proof.slice(0, -(number?.length ?? 0))
        if (!isSame) expect(await challenges.accepts(forged, who, NOW)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['by another key', new Uint8Array(32).fill(4), 'HS256', 'twin-challenge'],
    ['as a session', KEY, 'HS256', 'twin-session'],
    ['with another algorithm', KEY, 'HS384', 'twin-challenge'],
  ])('is refused on a token signed %s', async (_case, key, alg, typ) => {
    const { deploymentId, visitorId, origin, tenantId } = applicant()
    const token = await new SignJWT({ ori: origin, bits: 0 })
      .setProtectedHeader({ alg, typ })
      .setAudience(deploymentId)
      .setSubject(visitorId)
      .setIssuedAt(NOW / 1000)
      .setExpirationTime(NOW / 1000 + 60)
      .setJti('x')
      .sign(key)
    expect(await challenges.accepts(`work ${token}.0`, { tenantId, deploymentId, visitorId, origin }, NOW)).toBe(false)
  })

  it('stops when nobody waits for it any more', async () => {
    const challenge = await challenges.offer(applicant(), 22, NOW)
    const abort = new AbortController()
    const answer = answerChallenge({ challenge }, abort.signal)
    abort.abort()
    expect(await answer).toBeUndefined()
  })

  it.each([undefined, null, 'x', {}, { challenge: { token: 'a', bits: 1 } }, { challenge: { bits: 99 } }])(
    'is not begun for %j',
    async (problem) => {
      expect(await answerChallenge(problem, never)).toBeUndefined()
    },
  )
})

describe('Turnstile', () => {
  let server: Server
  let asked: unknown[]
  let says: (response: string) => object | number
  let verifyUrl: string
  beforeAll(async () => {
    const http = createServer((request, response) => void answerTo(request, response))
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    server = http
    // oxlint-disable-next-line no-unsafe-type-assertion -- a server that listens on TCP has an AddressInfo
    verifyUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}/turnstile/v0/siteverify`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  beforeEach(() => {
    asked = []
    says = () => good
  })

  async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const piece of request) body += String(piece)
    const wish: { readonly response: string } = JSON.parse(body)
    asked.push(wish)
    const answer = says(wish.response)
    if (typeof answer === 'number') response.writeHead(answer).end('<html>')
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  const good = { success: true, hostname: 'nova.example', action: 'twin-session', 'error-codes': [] }
  const both = () =>
    stepUp({
      work: workChallenge(KEY, once),
      turnstile: turnstileChallenge({ siteKey: '0x4site', secret: 'a-secret', verifyUrl }),
    })

  it('is offered beside the work, and asked about a token with our secret', async () => {
    const who = applicant()
    expect(await both().offer(who, BITS, NOW)).toMatchObject({ bits: BITS, turnstile: '0x4site' })
    expect(await both().accepts('turnstile 0.token', who, NOW)).toBe(true)
    expect(asked).toEqual([{ secret: 'a-secret', response: '0.token' }])
  })

  it.each([
    ['says no', { ...good, success: false, 'error-codes': ['timeout-or-duplicate'] }],
    ['vouched for another page', { ...good, hostname: 'evil.example' }],
    ['vouched for another act', { ...good, action: 'login' }],
    ['says something else', { success: 'true' }],
    ['breaks', 500],
  ])('vouches for nobody when it %s', async (_case, answer) => {
    says = () => answer
    expect(await both().accepts('turnstile 0.token', applicant(), NOW)).toBe(false)
  })

  it('vouches for nobody when it cannot be reached', async () => {
    const away = turnstileChallenge({ siteKey: 'k', secret: 's', verifyUrl: 'http://127.0.0.1:9/none' })
    expect(await away.accepts('0.token', applicant())).toBe(false)
  })

  it('is not asked about what is too long to be a token, nor where there is no key', async () => {
    expect(await both().accepts(`turnstile ${'x'.repeat(2_049)}`, applicant(), NOW)).toBe(false)
    expect(await challenges.accepts('turnstile 0.token', applicant(), NOW)).toBe(false)
    expect(asked).toEqual([])
  })
})
