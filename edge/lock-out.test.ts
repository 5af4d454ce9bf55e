/** Guessing at keys over real HTTP: what it costs, whom, and what the owner of the key learns of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { newApiKey, withCheck } from './core/admin/api-key.ts'
import { runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(() => edge.stop(), 30_000)

/** What came back, loosely: the tests say what must be in it. */
// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any

async function show(key: string, from: string, { method = 'GET', path = '/celebrities', body = '' } = {}) {
  const answer = await edge.ask({
    method,
    path: `/admin/v1${path}`,
    headers: [
      ['Authorization', `Bearer ${key}`],
      ['Content-Type', 'application/json'],
      ['CF-Connecting-IP', from],
    ],
    body,
  })
  const json: Json = JSON.parse(answer.body)
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: json }
}
const times = async <T>(count: number, act: () => Promise<T>): Promise<T[]> => {
  const answers: T[] = []
  for (let at = 0; at < count; at += 1) answers.push(await act())
  return answers
}
async function makeKey(role = 'VIEWER'): Promise<{ readonly id: string; readonly secret: string }> {
  const body = JSON.stringify({ name: 'k', tenantId: CAST.remy.tenantId, role, scopes: ['read', 'write'] })
  const made = await show(edge.adminKey, '198.51.100.1', { method: 'POST', path: '/keys', body })
  return { id: made.body.key.id, secret: made.body.secret }
}
/** A key of our form with another's prefix. */
async function guessAt(secret: string): Promise<string> {
  const { key } = await newApiKey('test')
  return withCheck(`${secret.slice(0, 18)}${key.slice(18, 50)}`)
}
const securityEvents = async (): Promise<Json[]> => {
  const { rows } = await edge.query(
    `select tenant_id, payload from platform_events where event_type = 'SECURITY_EVENT' order by occurred_at`,
  )
  return [...rows]
}

describe('wrong keys', () => {
  it('lock out where they come from, with a wait that is told and grows, and nobody elsewhere', async () => {
    const wrong = () => show('twin_admin_wrong', '203.0.113.1')
    expect((await times(4, wrong)).map(({ status }) => status)).toEqual([401, 401, 401, 401])
    const locked = await wrong()
    expect(locked).toMatchObject({ status: 429, retryAfter: '1', body: { code: 'rate_limited' } })
    expect((await show('twin_admin_other', '203.0.113.1')).status).toBe(429) // or guessing would go on at full speed
    expect((await show(edge.adminKey, '203.0.113.1')).status).toBe(200) // the root key is none of those
    expect((await show(edge.adminKey, '203.0.113.2')).status).toBe(200)
    await expect
      .poll(async () => (await show('twin_admin_wrong', '203.0.113.1')).retryAfter, { timeout: 5_000 })
      .toBe('2')
  })

  it('of one prefix lock that prefix out before they lock out the whole address', async () => {
    const { secret } = await makeKey()
    const { secret: colleague } = await makeKey()
    const guess = await guessAt(secret)
    expect((await times(5, () => show(guess, '203.0.113.3'))).at(-1)?.status).toBe(429)
    expect((await show(secret, '203.0.113.3')).status).toBe(429)
    expect((await show(colleague, '203.0.113.3')).status).toBe(200)
    expect((await show(secret, '203.0.113.4')).status).toBe(200) // its owner is where nobody guesses
    await times(20, async () => show((await newApiKey('test')).key, '203.0.113.3'))
    expect((await show((await makeKey()).secret, '203.0.113.3')).status).toBe(429)
  })

  it('keep no key out of an address where it opened within a day, and every other', async () => {
    const [{ secret }, { secret: newcomer }] = [await makeKey(), await makeKey()]
    const from = '203.0.113.30'
    expect((await show(secret, from)).status).toBe(200)
    expect((await show(edge.adminKey, from)).status).toBe(200)
    await times(22, async () => show((await newApiKey('test')).key, from))
    expect((await show(newcomer, from)).status).toBe(429)
    expect((await show(secret, from)).status).toBe(200)
    expect((await show(edge.adminKey, from)).status).toBe(200)
    const guess = await guessAt(secret)
    expect((await times(8, () => show(guess, from))).at(-1)?.status).toBe(429)
    expect((await show(secret, from)).status).toBe(429) // guesses at itself count, at home too
    expect((await show(edge.adminKey, '203.0.113.31')).status).toBe(200)
  })

  it('of the root key’s length keep the root key out where it is not at home, once the address is locked', async () => {
    await times(22, async () => show((await newApiKey('test')).key, '203.0.113.32'))
    expect((await show(edge.adminKey, '203.0.113.32')).status).toBe(429)
  })

  it('count by network where addresses are given out by the billion', async () => {
    await times(5, () => show('wrong', '2001:db8:1:2::1'))
    expect((await show('wrong', '2001:db8:1:2:ffff::9')).status).toBe(429)
    expect((await show('wrong', '2001:db8:1:3::1')).status).toBe(401)
  })

  it('are forgiven to whoever then shows the right one', async () => {
    const { secret } = await makeKey()
    const guess = await guessAt(secret)
    for (let round = 0; round < 3; round += 1) {
      expect((await times(4, () => show(guess, '203.0.113.5'))).map(({ status }) => status)).toEqual([
        401, 401, 401, 401,
      ])
      expect((await show(secret, '203.0.113.5')).status).toBe(200)
    }
  })

  it('all at once are looked at no oftener than one by one in the end: the wait is at its longest', async () => {
    const { secret } = await makeKey()
    const guess = await guessAt(secret)
    const answers = await Promise.all(Array.from({ length: 60 }, () => show(guess, '203.0.113.6')))
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(4)
    expect(Number((await show(secret, '203.0.113.6')).retryAfter)).toBeGreaterThan(100)
  })

  it('are told to whom the key belongs, a few lines for many guesses and no address among them', async () => {
    const { id, secret } = await makeKey()
    const guess = await guessAt(secret)
    const before = (await securityEvents()).length
    await Promise.all(Array.from({ length: 80 }, () => show(guess, '203.0.113.77')))
    const events = (await securityEvents()).slice(before)
    expect(events.length).toBeGreaterThanOrEqual(1)
    expect(events.length).toBeLessThanOrEqual(2)
    expect(events[0]).toMatchObject({
      tenant_id: CAST.remy.tenantId,
      payload: { action: 'locked_out', why: 'UNKNOWN', id, key_prefix: secret.slice(0, 17) },
    })
    expect(JSON.stringify(events)).not.toMatch(/203\.0\.113/)
    expect(JSON.stringify(events)).not.toContain(guess.slice(18))
  })

  it('that were once right are told at their first use', async () => {
    const { id, secret } = await makeKey()
    await show(edge.adminKey, '198.51.100.1', { method: 'DELETE', path: `/keys/${id}` })
    const before = (await securityEvents()).length
    expect((await times(3, () => show(secret, '203.0.113.8'))).map(({ status }) => status)).toEqual([401, 401, 401])
    expect((await securityEvents()).slice(before)).toMatchObject([
      { payload: { why: 'REVOKED', id, action: 'refused' } },
    ])
  })
})

describe('what a tenant is told of its own keys', () => {
  it('is told whatever strangers do, from however many addresses', async () => {
    const { id, secret } = await makeKey()
    await show(edge.adminKey, '198.51.100.1', { method: 'DELETE', path: `/keys/${id}` })
    const before = (await securityEvents()).length
    await Promise.all(Array.from({ length: 104 }, (_, at) => times(5, () => show('garbage', `192.0.2.${at}`))))
    const strangers = (await securityEvents()).slice(before)
    expect(strangers.length).toBeLessThanOrEqual(100) // a table is not theirs to fill
    expect(strangers.length).toBeGreaterThan(50)
    expect((await show(secret, '203.0.113.40')).status).toBe(401)
    expect((await securityEvents()).at(-1)).toMatchObject({
      tenant_id: CAST.remy.tenantId,
      payload: { why: 'REVOKED', id },
    })
  })
})

describe('a good key that asks for what is not for it', () => {
  it('is told once, however often it asks, and is not locked out', async () => {
    const { id, secret } = await makeKey()
    const before = (await securityEvents()).length
    const ask = { method: 'PATCH', path: `/celebrities/${CAST.remy.celebrityId}`, body: '{"tagline":"x"}' }
    const answers = await times(25, () => show(secret, '203.0.113.9', ask))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]))
    expect((await securityEvents()).slice(before)).toMatchObject([
      { tenant_id: CAST.remy.tenantId, payload: { id, route: 'PATCH /celebrities/:id' } },
    ])
  })
})

describe('a database that is away', () => {
  it('is asked nothing about a mistyped key, and a key of our form waits for it', async () => {
    const { secret } = await makeKey()
    await edge.stopDatabase()
    const mistyped = `${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`
    expect((await show(mistyped, '203.0.113.10')).status).toBe(401)
    expect((await show(secret, '203.0.113.10')).status).toBe(503)
    await edge.returnDatabase()
  })
})
