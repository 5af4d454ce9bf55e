/** What may be spent, through the whole Worker: set on the admin route, felt by the next message, and told to no stranger. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../schema/local/cast.ts'
import { newId } from '../schema/domain/id.ts'
import { answerChallenge } from '../widget/session/answer-challenge.ts'
import { openStream } from './testing/open-stream.ts'
import { DEMO_PORT, runEdge } from './testing/running-edge.ts'
import type { RunningEdge } from './testing/running-edge.ts'

let edge: RunningEdge
beforeAll(async () => {
  edge = await runEdge()
}, 120_000)
afterAll(async () => {
  await edge.stop()
}, 30_000)

const { remyWidget } = CAST.deployments
const REMY = `http://remyvale.localhost:${DEMO_PORT}`
const PATH = `/deployments/${remyWidget}/budgets`

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of another program, looked at and never relied on
type Json = any

async function admin(method: string, path: string, body?: object) {
  const answer = await edge.ask({
    method,
    path: `/admin/v1${path}`,
    headers: [
      ['Authorization', `Bearer ${edge.adminKey}`],
      ['Content-Type', 'application/json'],
    ],
    ...(body && { body: JSON.stringify(body) }),
  })
  const json: Json = JSON.parse(answer.body)
  return { status: answer.status, json }
}

const allow = (rules: readonly object[]) => admin('PUT', PATH, { rules })
const rule = (of: string, messages: number | null, tokens: number | null = null) => ({
  of,
  per: 'day',
  messages,
  tokens,
})

let number = 0
async function begin({ address, conversation = (number += 1) }: { address?: string; conversation?: number } = {}) {
  const from = address === undefined ? [] : [['CF-Connecting-IP', address] as const]
  const minted = await edge.ask({
    method: 'POST',
    path: '/v1/sessions',
    origin: REMY,
    headers: [['Content-Type', 'application/json'], ...from],
    body: JSON.stringify({
      deploymentId: remyWidget,
      visitorSecret: `${'c'.repeat(42 - String(conversation).length)}${conversation}A`,
      conversation: 0,
    }),
  })
  const { token, conversationId }: Json = JSON.parse(minted.body)
  const path = `/v1/conversations/${conversationId}`
  const stream = await openStream({
    url: `http://localhost:${edge.port}${path}/stream`,
    headers: { origin: REMY, authorization: `Bearer ${token}` },
  })
  const heard: Json[] = []
  return {
    heard,
    async say(text: string): Promise<Json> {
      const { body } = await edge.ask({
        method: 'POST',
        path: `${path}/frames`,
        origin: REMY,
        headers: [['Authorization', `Bearer ${token}`], ['Content-Type', 'application/json'], ...from],
        body: JSON.stringify({ frames: [{ type: 'message-send', messageId: newId(), text }] }),
      })
      return JSON.parse(body).frames[0]
    },
    async until(type: string): Promise<Json> {
      for (;;) {
        const frame: Json = await stream.next()
        if (frame === undefined) throw new Error(`the stream ended before ${type}`)
        heard.push(frame)
        if (frame.type === type) return frame
      }
    },
    leave: stream.leave,
  }
}

describe('a budget of a deployment', () => {
  it('is felt by the next message, and its end is the end for everybody', async () => {
    expect((await allow([rule('holder', 2)])).status).toBe(200)
    const [one, other] = [await begin(), await begin()]
    for (const visitor of [one, other]) {
      await visitor.say('How do you save a penalty?')
      expect(await visitor.until('reply-end')).toMatchObject({ outcome: 'answered' })
    }
    await one.say('And a free kick?')
    expect(await one.until('reply-end')).toMatchObject({ outcome: 'failed', reason: 'twin_resting' })
    const refused = await one.say('Hello?')
    expect(refused).toMatchObject({ type: 'error', code: 'twin_resting' })
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(60)
    expect(refused.detail).not.toMatch(/\d|budget|limit/i) // whoever is told learns no figure, and not whose it is
    const late = await begin()
    expect(await late.until('error')).toMatchObject({ code: 'twin_resting' })
    await Promise.all([one, other, late].map(({ leave }) => leave()))
  })

  it('shows its owner how it stands, and the log which one it was', async () => {
    const { json } = await admin('GET', PATH)
    expect(json).toMatchObject({
      holder: 'deployment',
      holderId: remyWidget,
      timeZone: 'UTC',
      rules: [rule('holder', 2)],
      uses: [{ rule: rule('holder', 2), messages: 2, exhausted: true }],
    })
    const told = edge.log.filter((line) => line.includes('budget_exhausted'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(`"level":"warn","event":"budget_exhausted"`)
    expect(told[0]).toContain(`"of":"holder"`)
  })

  it('that is raised lets the next one in at once', async () => {
    await allow([rule('holder', 3)])
    const visitor = await begin()
    await visitor.say('Again?')
    expect(await visitor.until('reply-end')).toMatchObject({ outcome: 'answered' })
    await visitor.leave()
  })

  it('that is removed leaves the usual one', async () => {
    expect((await admin('DELETE', PATH)).json).toMatchObject({ rules: [], uses: [] })
    const visitor = await begin()
    await visitor.say('And now?')
    expect(await visitor.until('reply-end')).toMatchObject({ outcome: 'answered' })
    await visitor.leave()
  })

  it('is a platform event whenever it is written', async () => {
    const { rows } = await edge.query(
      `select payload->>'action' as action from platform_events where payload->>'entity' = 'budget' order by occurred_at`,
    )
    expect(rows.map(({ action }) => action)).toEqual(['updated', 'updated', 'removed'])
  })
})

describe('a budget of those who talk there', () => {
  it('ends one visitor’s and nobody else’s', async () => {
    await allow([rule('visitor', 1)])
    const [one, other] = [await begin(), await begin()]
    for (const visitor of [one, other]) {
      await visitor.say('Hi')
      expect(await visitor.until('reply-end')).toMatchObject({ outcome: 'answered' })
    }
    await one.say('Once more')
    expect(await one.until('reply-end')).toMatchObject({ reason: 'twin_resting' })
    await Promise.all([one.leave(), other.leave()])
  })

  it('counts an address however many visitors it pretends to be, and keeps none', async () => {
    await allow([rule('address', 2)])
    for (const expected of ['answered', 'answered', 'failed']) {
      const visitor = await begin({ address: '198.51.100.9' })
      await visitor.say('Hi')
      expect((await visitor.until('reply-end')).outcome).toBe(expected)
      await visitor.leave()
    }
    const elsewhere = await begin({ address: '198.51.100.10' })
    await elsewhere.say('Hi')
    expect(await elsewhere.until('reply-end')).toMatchObject({ outcome: 'answered' })
    await elsewhere.leave()
    expect(edge.log.join()).not.toContain('198.51')
    await admin('DELETE', PATH)
  })
})

describe('a deployment under attack', () => {
  const mint = (proof?: string) =>
    edge.ask({
      method: 'POST',
      path: '/v1/sessions',
      origin: REMY,
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify({
        deploymentId: remyWidget,
        visitorSecret: `${'d'.repeat(42)}A`,
        conversation: 0,
        ...(proof !== undefined && { proof }),
      }),
    })

  it('asks for a moment of work first, takes it once, and asks for nothing once it is over', async () => {
    expect((await admin('PATCH', `/deployments/${remyWidget}`, { stepUp: 'ALWAYS' })).status).toBe(200)
    const refused = await mint()
    expect(refused.status).toBe(428)
    const problem: Json = JSON.parse(refused.body)
    expect(problem.code).toBe('challenge_required')
    const proof = await answerChallenge(problem, new AbortController().signal)
    expect((await mint('work none')).status).toBe(428)
    expect((await mint(proof)).status).toBe(201)
    expect((await mint(proof)).status).toBe(428)
    await admin('PATCH', `/deployments/${remyWidget}`, { stepUp: 'AUTO' })
    expect((await mint()).status).toBe(201)
  })
})

describe('the admin route', () => {
  it.each([
    ['a deployment', '/deployments'],
    ['a campaign', '/campaigns'],
    ['a celebrity', '/celebrities'],
  ])('finds no budget of %s that is not there', async (_case, path) => {
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect(
        (await admin(method, `${path}/${newId()}/budgets`, method === 'PUT' ? { rules: [] } : undefined)).status,
      ).toBe(404)
    expect((await admin('GET', `${path}/nonsense/budgets`)).status).toBe(404)
  })

  it('says field by field what is wrong with a plan', async () => {
    const { status, json } = await admin('PUT', PATH, { timeZone: 'Nowhere', rules: [rule('holder', -1)] })
    expect([status, json.errors.map(({ field }: Json) => field)]).toEqual([422, ['timeZone', 'rules[0].messages']])
  })
})
