/** What models cost, counted once on real workerd: reported, stopped, refused, killed in the middle. */
import { describe, expect, it } from 'vitest'
import type { ConnectionClaims } from '../schema/domain/claims.ts'
import type { ArchivedCall } from './core/ports.ts'
import { roomSuite } from './testing/node/room-suite.ts'

const suite = roomSuite()
const { visit, say } = suite
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":412,"completion_tokens":3,"total_tokens":415}}\n\n'
const STOP = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'

function counted({ conversationId }: ConnectionClaims): readonly ArchivedCall[] {
  return suite.world.batches
    .filter(({ owner }) => owner.conversationId === conversationId)
    .flatMap(({ calls }) => calls)
}

describe('a call of a model', () => {
  it('is counted as the provider counts it', async () => {
    const { client, claims } = await visit()
    say(client, 'What does it cost?')
    const call = await suite.world.nextCall('What does it cost?')
    call.say('Not ', 'much.')
    call.raw(STOP + USAGE)
    call.finish()
    const { turnId } = await client.next('reply-end')
    await suite.world.until(() => counted(claims).length > 0)
    expect(counted(claims)).toMatchObject([
      { turnId, attempt: 1, model: 'scripted', inputTokens: 412, outputTokens: 3, estimated: false },
    ])
  })

  it('is estimated when the visitor stops it, and counted apart from the next one', async () => {
    const { client, claims } = await visit()
    say(client, 'Go on')
    const call = await suite.world.nextCall('Go on')
    const { turnId } = await client.next('ack')
    call.say('Once upon a time, ')
    await client.untilSaid('Once upon')
    client.send({ type: 'reply-stop', turnId })
    await client.next('reply-end')
    client.send({ type: 'reply-retry', turnId })
    const again = await suite.world.nextCall('Go on')
    again.say('Again.')
    again.raw(STOP + USAGE)
    again.finish()
    await client.next('reply-end')
    await suite.world.until(() => counted(claims).length > 1)
    const [first, second, ...more] = counted(claims).toSorted((one, other) => one.attempt - other.attempt)
    expect(first).toMatchObject({ turnId, attempt: 1, estimated: true })
    expect(first?.inputTokens).toBeGreaterThan(100)
    expect(first?.outputTokens).toBeGreaterThan(3)
    expect(second).toMatchObject({ turnId, attempt: 2, inputTokens: 412, outputTokens: 3, estimated: false })
    expect(more).toEqual([])
  })

  it('costs nothing where it was refused', async () => {
    const { client, claims } = await visit()
    say(client, 'Too much?')
    const call = await suite.world.nextCall('Too much?')
    call.refuse(429)
    await client.next('reply-end')
    await suite.world.until(() => counted(claims).length > 0)
    expect(counted(claims)).toMatchObject([{ inputTokens: 0, outputTokens: 0, estimated: false }])
  })

  it('is estimated once when the room is killed in the middle, and no other call is made for it', async () => {
    const { client, claims } = await visit()
    say(client, 'Tell me of the storm')
    const call = await suite.world.nextCall('Tell me of the storm')
    call.say('It began with a cloud, ')
    await client.untilSaid('cloud')
    const calls = suite.world.calls
    await suite.restart()
    const back = await visit(claims)
    expect(back.welcome.messages.at(-1)).toMatchObject({ outcome: 'interrupted' })
    await suite.world.until(() => counted(claims).length > 0)
    await suite.restart()
    await visit(claims)
    say((await visit(claims)).client, 'And then?')
    const next = await suite.world.nextCall('And then?')
    next.say('Sun.')
    next.raw(STOP + USAGE)
    next.finish()
    await suite.world.until(() => counted(claims).some(({ estimated }) => !estimated))
    // a room that dies before it knows that the archive has a row sends it again: the same row, under the same id
    const rows = new Map(counted(claims).map((row) => [row.id, row]))
    expect([...rows.values()]).toMatchObject([
      { attempt: 1, model: 'scripted', estimated: true },
      { attempt: 1, inputTokens: 412, estimated: false },
    ])
    expect(suite.world.calls).toBe(calls + 1)
  })
})
