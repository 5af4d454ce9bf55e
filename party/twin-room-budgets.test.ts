/** What may be spent, on real workerd: asked for before each call, accounted for after it, a kill in between included. */
import { describe, expect, it } from 'vitest'
import type { ConnectionClaims } from '../schema/domain/claims.ts'
import { exampleClaims } from './testing/example-twin.ts'
import { post } from './testing/node/room-http.ts'
import { roomSuite } from './testing/node/room-suite.ts'

const suite = roomSuite()
const { visit, say } = suite
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":412,"completion_tokens":3,"total_tokens":415}}\n\n'
const STOP = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'

const reservedBy = ({ conversationId }: ConnectionClaims) =>
  suite.world.reserved.filter(({ who }) => who.conversationId === conversationId)
const settledOf = (claims: ConnectionClaims) => {
  const ids = reservedBy(claims).map(({ callId }) => callId)
  return suite.world.settled.filter(({ callId }) => ids.includes(callId))
}

describe('a reply', () => {
  it('is paid for by everybody whose budget it is, before any model is asked', async () => {
    const { client, claims } = await visit(exampleClaims({ address: 'a digest' }))
    say(client, 'Who pays?')
    const call = await suite.world.nextCall('Who pays?')
    const [reserved, ...more] = reservedBy(claims)
    const { tenantId, celebrityId, deploymentId, campaignId, conversationId, visitorId } = claims
    const parties = { tenantId, celebrityId, deploymentId, campaignId, conversationId, visitorId }
    expect(reserved?.who).toEqual({ ...parties, address: 'a digest' })
    expect(more).toEqual([])
    expect(settledOf(claims)).toEqual([])
    call.say('You do.')
    call.raw(STOP + USAGE)
    call.finish()
    await client.next('reply-end')
    await suite.world.until(() => settledOf(claims).length > 0)
    expect(settledOf(claims)).toEqual([{ callId: reserved?.callId, tokens: 415 }])
    expect(reserved?.tokens).toBeGreaterThan(1_200) // the longest reply, and every byte that was asked
    await suite.world.until(() =>
      suite.world.batches.some((batch) => batch.calls.some(({ id }) => id === reserved?.callId)),
    )
  })

  it('that is stopped is paid for as far as it went', async () => {
    const { client, claims } = await visit()
    say(client, 'Stop soon')
    const call = await suite.world.nextCall('Stop soon')
    const { turnId } = await client.next('ack')
    call.say('Once upon a time, ')
    await client.untilSaid('Once upon')
    client.send({ type: 'reply-stop', turnId })
    await client.next('reply-end')
    await suite.world.until(() => settledOf(claims).length > 0)
    const [reserved] = reservedBy(claims)
    const [settled] = settledOf(claims)
    expect(settled?.tokens).toBeGreaterThan(100)
    expect(settled?.tokens).toBeLessThan(reserved?.tokens ?? 0)
  })

  it('that a kill cut stays reserved in full: what its model did meanwhile, nobody knows', async () => {
    const { client, claims } = await visit()
    say(client, 'Cut off')
    const call = await suite.world.nextCall('Cut off')
    call.say('Once upon a time, ')
    await client.untilSaid('Once upon')
    await suite.restart()
    const { client: back, welcome } = await visit(claims)
    const { turnId = '' } = welcome.messages.at(-1) ?? {}
    expect(welcome.messages.at(-1)).toMatchObject({ outcome: 'interrupted' })
    back.send({ type: 'reply-retry', turnId })
    const again = await suite.world.nextCall('Cut off')
    again.raw(STOP + USAGE)
    again.finish()
    await back.next('reply-end')
    await suite.world.until(() => settledOf(claims).length > 0)
    const [cut, second] = reservedBy(claims)
    expect(cut?.callId).not.toBe(second?.callId)
    expect(settledOf(claims)).toEqual([{ callId: second?.callId, tokens: 415 }])
  })

  it('is accounted for when the budget was away as it ended, and is back', async () => {
    const { client, claims } = await visit()
    say(client, 'Away')
    const call = await suite.world.nextCall('Away')
    suite.world.budgetAway = true
    call.raw(STOP + USAGE)
    call.finish()
    await client.next('reply-end')
    suite.world.budgetAway = false
    suite.world.autoReply = 'Back.'
    say(client, 'And now?')
    await client.next('reply-end')
    await suite.world.until(() => settledOf(claims).length > 1)
    expect(settledOf(claims)).toContainEqual({ callId: reservedBy(claims)[0]?.callId, tokens: 415 })
  })
})

describe('while the twin rests', () => {
  it('a message is kept, no model is asked, and the next one is told for how long', async () => {
    const { client } = await visit()
    suite.world.budget = { granted: false, retryAfterSeconds: 3_600 }
    const { calls } = suite.world
    say(client, 'Are you there?')
    expect(await client.next('ack')).toBeDefined()
    const end = await client.next('reply-end')
    expect(end).toMatchObject({ outcome: 'failed', reason: 'twin_resting' })
    const messageId = say(client, 'Hello?')
    const error = await client.next('error')
    expect(error).toMatchObject({ code: 'twin_resting', messageId })
    expect(error.retryAfterSeconds).toBeGreaterThan(50) // and no longer than a minute: budgets are raised
    expect(error.retryAfterSeconds).toBeLessThanOrEqual(60)
    expect(suite.world.calls).toBe(calls)
  })

  it('says so to whoever comes', async () => {
    const { claims } = await visit()
    suite.world.budget = { granted: false, retryAfterSeconds: 60 }
    const { client } = await visit(claims)
    const error = await client.next('error')
    expect(error).toMatchObject({ code: 'twin_resting', retryAfterSeconds: 60 })
    expect(error).not.toHaveProperty('messageId')
  })

  it('names no time where nobody knows one', async () => {
    suite.world.budget = { granted: false, retryAfterSeconds: null }
    const { client } = await visit()
    expect(await client.next('error')).not.toHaveProperty('retryAfterSeconds')
  })

  it('answers over HTTP alike', async () => {
    const { client, claims } = await visit()
    suite.world.budget = { granted: false, retryAfterSeconds: 60 }
    say(client, 'First')
    await client.next('reply-end')
    const { body } = await post(
      { port: suite.port, claims },
      { type: 'message-send', messageId: 'm-2', text: 'Second' },
    )
    expect(body).toMatchObject({ frames: [{ code: 'twin_resting', messageId: 'm-2' }] })
  })

  it('and is back once it is paid for again, in the place where the reply was missing', async () => {
    const { client, claims } = await visit()
    suite.world.budget = { granted: false, retryAfterSeconds: 86_400 }
    say(client, 'Later, then')
    const { turnId } = await client.next('reply-end')
    suite.world.budget = { granted: true }
    suite.world.autoReply = 'Here I am again.'
    const { client: back } = await visit(claims)
    back.send({ type: 'reply-retry', turnId })
    expect(await back.next('reply-end')).toMatchObject({ turnId, outcome: 'answered' })
  })

  it('rests too when nobody can say what may be spent', async () => {
    const { client } = await visit()
    suite.world.budgetAway = true
    const { calls } = suite.world
    say(client, 'Anybody?')
    expect(await client.next('reply-end')).toMatchObject({ outcome: 'failed', reason: 'twin_resting' })
    expect(suite.world.calls).toBe(calls)
  })
})
