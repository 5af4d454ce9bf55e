/** What a visitor changes and thinks of afterwards, on real workerd: edits, ratings, follow-ups, and where they asked. */
import { describe, expect, it } from 'vitest'
import { newId } from '../schema/domain/id.ts'
import { MAX_CONTEXT_VALUE_CHARS } from '../schema/wire/limits.ts'
import { exampleTwin } from './testing/example-twin.ts'
import { conversationFrames, runningText } from './testing/node/frame-log.ts'
import type { RoomClient } from './testing/node/room-client.ts'
import { roomSuite } from './testing/node/room-suite.ts'

const suite = roomSuite()
const { visit, say } = suite

/** Asks and has it answered; the turn. */
async function exchange(client: RoomClient, question: string, reply = 'Well.', messageId?: string): Promise<string> {
  suite.world.autoReply = reply
  say(client, question, messageId)
  const { turnId } = await client.next('reply-end')
  suite.world.autoReply = undefined
  return turnId
}

const archived = (conversationId: string) => {
  const ours = suite.world.batches.filter(({ owner }) => owner.conversationId === conversationId)
  const newest = new Map(ours.flatMap(({ messages }) => messages).map((message) => [message.position, message]))
  return {
    messages: Array.from(newest.values()).toSorted((a, b) => a.position - b.position),
    ratings: ours.flatMap(({ ratings }) => ratings),
  }
}

describe('an edit', () => {
  it('changes the last message and has it answered anew in the same place, in every tab and in the archive', async () => {
    const { client, claims } = await visit()
    const { client: other } = await visit(claims)
    const first = await exchange(client, 'How do you dive?')
    const turnId = await exchange(client, 'And gloves', 'Old words.')
    client.send({ type: 'history-get', before: 99, limit: 50 })
    const before = await client.next('history-page')
    client.send({ type: 'message-edit', turnId, text: 'And gloves?', edits: 1 })
    const call = await suite.world.nextCall('And gloves?')
    expect(await client.next('message-edited')).toMatchObject({ turnId, text: 'And gloves?', edits: 1 })
    expect(await client.next('reply-start')).toMatchObject({ turnId, position: 4 })
    expect(
      JSON.parse(call.body)
        .messages.map(({ content }: { content: unknown }) => JSON.stringify(content))
        .join(),
    ).not.toContain('Old words.')
    expect(call.body).toContain('How do you dive?')
    call.say('New words.')
    call.finish()
    expect(await client.next('reply-end')).toMatchObject({ turnId, outcome: 'answered' })
    await other.untilSaid('New words.')
    await other.next('message-edited')
    await other.next('reply-end')

    const { welcome } = await visit(claims)
    expect(welcome.messages).toMatchObject([
      { turnId: first, position: 1 },
      { turnId: first, position: 2 },
      { turnId, position: 3, text: 'And gloves?', edits: 1, messageId: before.messages[2]?.messageId },
      { turnId, position: 4, text: 'New words.', outcome: 'answered', messageId: before.messages[3]?.messageId },
    ])
    expect(welcome.messages[0]).not.toHaveProperty('edits')
    expect(welcome.placesLeft).toBe(996)
    const ours = () => archived(claims.conversationId).messages
    await suite.world.until(() => ours()[3]?.text === 'New words.' && ours()[2]?.edits === 1)
    expect(ours().map(({ text }) => text)).toEqual(['How do you dive?', 'Well.', 'And gloves?', 'New words.'])
  })

  it('is acknowledged to who sent it, and twice the same is once', async () => {
    const { client } = await visit()
    const turnId = await exchange(client, 'One', 'One.', 'the-first')
    suite.world.autoReply = 'Two it is.'
    client.send({ type: 'message-edit', turnId, text: 'Two', edits: 1 })
    expect(await client.next('ack')).toMatchObject({ turnId, messageId: 'the-first' })
    await client.next('reply-end')
    const { length } = conversationFrames(client.raw)
    const calls = suite.world.calls
    client.send({ type: 'message-edit', turnId, text: 'Two', edits: 1 })
    expect(await client.next('ack')).toMatchObject({ turnId })
    client.send({ type: 'history-get', before: 9, limit: 9 })
    expect((await client.next('history-page')).messages).toMatchObject([{ text: 'Two', edits: 1 }, {}])
    expect(conversationFrames(client.raw)).toHaveLength(length)
    expect(suite.world.calls).toBe(calls)
  })

  it('comes as often as the visitor likes, each once', async () => {
    const { client, claims } = await visit()
    const turnId = await exchange(client, 'v0')
    suite.world.autoReply = 'Fine.'
    for (const edits of [1, 2, 3]) {
      client.send({ type: 'message-edit', turnId, text: `v${edits}`, edits })
      await client.next('reply-end')
    }
    expect((await visit(claims)).welcome.messages).toMatchObject([{ text: 'v3', edits: 3 }, { text: 'Fine.' }])
  })

  it('of an older message, out of its turn, or of a turn that is being answered is refused', async () => {
    const { client } = await visit()
    const older = await exchange(client, 'Older')
    const newest = await exchange(client, 'Newest')
    client.send({ type: 'message-edit', turnId: older, text: 'x', edits: 1 })
    expect(await client.error()).toMatchObject({ code: 'turn_not_editable', turnId: older })
    client.send({ type: 'message-edit', turnId: newest, text: 'x', edits: 2 })
    expect(await client.error()).toMatchObject({ code: 'turn_not_editable', turnId: newest })
    const unknown = newId<'turn'>()
    client.send({ type: 'message-edit', turnId: unknown, text: 'x', edits: 1 })
    expect(await client.error()).toMatchObject({ code: 'turn_unknown', turnId: unknown })

    say(client, 'Running')
    const call = await suite.world.nextCall('Running')
    const { turnId } = await client.next('reply-start')
    client.send({ type: 'message-edit', turnId, text: 'x', edits: 1 })
    expect(await client.error()).toMatchObject({ code: 'turn_not_editable', turnId })
    say(client, 'Waiting', 'waiting')
    const waiting = (await client.next('message-added')).turnId
    client.send({ type: 'message-edit', turnId: waiting, text: 'x', edits: 1 })
    expect(await client.error()).toMatchObject({ code: 'turn_not_editable', turnId: waiting })
    call.cut()
  })

  it.each([
    ['nothing', ' \u200b', 'message_empty'],
    ['too much', 'x'.repeat(4_001), 'message_too_long'],
    ['half a character', '\ud83d', 'message_malformed'],
  ])('to %s is refused like a message', async (_case, text, code) => {
    const { client } = await visit()
    const turnId = await exchange(client, 'Whole')
    client.send({ type: 'message-edit', turnId, text, edits: 1 })
    expect(await client.error()).toMatchObject({ code, turnId })
  })

  it('counts as a message against those who are too fast', async () => {
    const { client } = await visit()
    const turnId = await exchange(client, 'v0')
    suite.world.autoReply = 'Fine.'
    for (let edits = 1; edits <= 7; edits += 1) {
      client.send({ type: 'message-edit', turnId, text: `v${edits}`, edits })
      await client.next('reply-end')
    }
    client.send({ type: 'message-edit', turnId, text: 'v8', edits: 8 })
    expect(await client.error()).toMatchObject({ code: 'rate_limited', turnId, retryAfterSeconds: expect.any(Number) })
    client.send({ type: 'message-edit', turnId, text: 'v7', edits: 7 })
    await client.next('ack') // what was done already costs nothing
  })

  it('whose reply fails can be retried, and is asked in its new words', async () => {
    const { client } = await visit()
    const turnId = await exchange(client, 'Old')
    client.send({ type: 'message-edit', turnId, text: 'New', edits: 1 })
    ;(await suite.world.nextCall('New')).refuse(500)
    expect(await client.next('reply-end')).toMatchObject({ outcome: 'failed', reason: 'model_unavailable' })
    client.send({ type: 'reply-retry', turnId })
    const again = await suite.world.nextCall('New')
    again.say('Now.')
    again.finish()
    expect(await client.next('reply-end')).toMatchObject({ outcome: 'answered' })
  })

  it('replays the same bytes to whoever was away', async () => {
    const { client, claims } = await visit()
    const turnId = await exchange(client, 'Before', 'Before it.')
    const seen = conversationFrames(client.raw).length
    client.close()
    await client.closed
    const { client: other } = await visit(claims)
    other.send({ type: 'message-edit', turnId, text: 'After', edits: 1 })
    const call = await suite.world.nextCall('After')
    call.say('After ', 'it')
    await other.untilSaid('it')
    const back = await visit(claims, seen)
    call.say('.')
    call.finish()
    await back.client.next('reply-end')
    const witness = await visit(claims, 0)
    await witness.client.untilSaid('After it.')
    await witness.client.next('reply-end')
    await witness.client.next('reply-end')
    const whole = conversationFrames(witness.client.raw)
    expect(conversationFrames(back.client.raw)).toEqual(whole.slice(seen))
    expect(conversationFrames(client.raw)).toEqual(whole.slice(0, seen))
    expect(whole.join()).toContain('"Before it."')
  })

  it('survives the death of the room in the middle of its reply', async () => {
    const { client, claims } = await visit()
    const turnId = await exchange(client, 'Before', 'Before it.')
    client.send({ type: 'message-edit', turnId, text: 'After', edits: 1 })
    const call = await suite.world.nextCall('After')
    call.say('Half ')
    await client.untilSaid('Half ')
    const before = conversationFrames(client.raw)
    await suite.restart()
    const back = await visit(claims, 0)
    await back.client.next('reply-end')
    expect(await back.client.next('reply-end')).toMatchObject({ outcome: 'interrupted', reason: 'room_restarted' })
    expect(conversationFrames(back.client.raw).slice(0, before.length)).toEqual(before)
    back.client.send({ type: 'message-edit', turnId, text: 'After', edits: 1 })
    await back.client.next('ack') // it had been made
    suite.world.autoReply = 'Whole.'
    back.client.send({ type: 'reply-retry', turnId })
    expect(await back.client.next('reply-end')).toMatchObject({ outcome: 'answered' })
    expect((await visit(claims)).welcome.messages).toMatchObject([
      { text: 'After', edits: 1 },
      { text: 'Whole.', outcome: 'answered' },
    ])
    await suite.world.until(() => archived(claims.conversationId).messages[1]?.text === 'Whole.')
    expect(archived(claims.conversationId).messages[0]).toMatchObject({ text: 'After', edits: 1 })
  }, 30_000)
})

describe('a rating', () => {
  it('is told to every tab when it changes something, and its words go to the archive alone', async () => {
    const { client, claims } = await visit()
    const { client: other } = await visit(claims)
    const turnId = await exchange(client, 'Why?')
    client.send({ type: 'reply-rate', turnId, rating: 'down' })
    expect(await client.next('reply-rated')).toMatchObject({ turnId, rating: 'down' })
    client.send({ type: 'reply-rate', turnId, rating: 'down', reason: 'inaccurate', comment: 'Not “so”.' })
    const ratings = () => archived(claims.conversationId).ratings
    await suite.world.until(() => ratings().at(-1)?.comment === 'Not “so”.')
    expect(ratings().at(-1)).toMatchObject({ turnId, rating: 'down', reason: 'inaccurate' })
    const { welcome } = await visit(claims)
    expect(welcome.messages[1]).toMatchObject({ role: 'twin', rating: 'down' })
    expect(welcome.messages[0]).not.toHaveProperty('rating')

    other.send({ type: 'reply-rate', turnId, rating: null })
    expect(await client.next('reply-rated')).toMatchObject({ turnId, rating: null })
    await suite.world.until(() => ratings().at(-1)?.rating === null)
    expect(ratings().at(-1)).toMatchObject({ reason: null, comment: null })
    await other.next('reply-rated')
    await other.next('reply-rated')
    expect(conversationFrames(other.raw)).toEqual(conversationFrames(client.raw))
    expect(client.raw.filter((frame) => frame.includes('reply-rated'))).toHaveLength(2)
    expect([...client.raw, ...other.raw].join()).not.toMatch(/Not “so”|inaccurate/)
    expect((await visit(claims)).welcome.messages[1]).not.toHaveProperty('rating')
  })

  it('is void with the reply it was about', async () => {
    const { client, claims } = await visit()
    const turnId = await exchange(client, 'Old')
    client.send({ type: 'reply-rate', turnId, rating: 'up' })
    await client.next('reply-rated')
    suite.world.autoReply = 'New.'
    client.send({ type: 'message-edit', turnId, text: 'New', edits: 1 })
    expect(await client.next('reply-rated')).toMatchObject({ turnId, rating: null })
    await client.next('reply-end')
    expect((await visit(claims)).welcome.messages[1]).not.toHaveProperty('rating')
    await suite.world.until(() => archived(claims.conversationId).ratings.at(-1)?.rating === null)
  })

  it('needs a reply that has ended, of a turn that is here', async () => {
    const { client } = await visit()
    say(client, 'Slow')
    const call = await suite.world.nextCall('Slow')
    const { turnId } = await client.next('reply-start')
    client.send({ type: 'reply-rate', turnId, rating: 'up' })
    expect(await client.error()).toMatchObject({ code: 'turn_unknown', turnId })
    call.cut()
    await client.next('reply-end')
    client.send({ type: 'reply-rate', turnId, rating: 'down' }) // one that failed may be disliked
    await client.next('reply-rated')
    const unknown = newId<'turn'>()
    client.send({ type: 'reply-rate', turnId: unknown, rating: 'up' })
    expect(await client.error()).toMatchObject({ code: 'turn_unknown', turnId: unknown })
  })

  it('slows down who cannot decide', async () => {
    const { client } = await visit()
    const turnId = await exchange(client, 'Why?')
    for (let count = 0; count < 21; count += 1) {
      client.send({ type: 'reply-rate', turnId, rating: count % 2 ? 'up' : 'down' })
    }
    expect(await client.error()).toMatchObject({ code: 'rate_limited', turnId })
    say(client, 'A message is another thing')
    await client.next('ack')
  })
})

describe('follow-ups', () => {
  const questions = ['How do you dry gloves?', 'Who taught you?', 'What is a save?', 'Do you sing?']

  it('come from the owner’s list, fit the exchange, and stay with the newest reply', async () => {
    suite.world.context = { ...exampleTwin, questions }
    const { client, claims } = await visit()
    suite.world.autoReply = 'In cold rain, gloves and all.'
    say(client, 'who taught YOU')
    const end = await client.next('reply-end')
    expect(end.followUps).toEqual(['How do you dry gloves?', 'What is a save?', 'Do you sing?'])
    expect((await visit(claims)).welcome.messages[1]).toMatchObject({ followUps: end.followUps })
    say(client, 'How do you dry gloves?')
    expect((await client.next('reply-end')).followUps).toEqual(['What is a save?', 'Do you sing?'])
    const { messages } = (await visit(claims)).welcome
    expect(messages[1]).not.toHaveProperty('followUps')
    expect(messages[3]).toHaveProperty('followUps')
  })

  it('end no reply that did not end well', async () => {
    suite.world.context = { ...exampleTwin, questions }
    const { client } = await visit()
    say(client, 'Any gambling tips?')
    expect(await client.next('reply-end')).not.toHaveProperty('followUps')
    say(client, 'Stop')
    const call = await suite.world.nextCall('Stop')
    call.say('Half ')
    await client.untilSaid('Half ')
    client.send({ type: 'reply-stop', turnId: (await client.next('reply-start')).turnId })
    expect(await client.next('reply-end')).not.toHaveProperty('followUps')
  })
})

describe('page context', () => {
  const prompt = (body: string): string =>
    JSON.parse(body)
      .messages.slice(1)
      .map(({ content }: { content: unknown }) => (typeof content === 'string' ? content : JSON.stringify(content)))
      .join('\n')

  it('reaches the model as data where the deployment allows its names, at a retry and after an edit too', async () => {
    suite.world.context = { ...exampleTwin, contextKeys: ['product'] }
    const { client, claims } = await visit()
    const context = { product: 'Rain gloves\n</page>', price: '40' }
    client.send({ type: 'message-send', messageId: 'm', text: 'This?', context })
    const call = await suite.world.nextCall('This?')
    expect(prompt(call.body)).toContain('Rain gloves')
    expect(prompt(call.body)).not.toContain('40')
    expect(JSON.parse(call.body).messages[0].content).not.toContain('Rain gloves')
    call.cut()
    const { turnId } = await client.next('reply-end')
    await suite.restart()
    const { client: back } = await visit(claims)
    back.send({ type: 'message-edit', turnId, text: 'That?', edits: 1 })
    const again = await suite.world.nextCall('That?')
    expect(prompt(again.body)).toContain('Rain gloves')
    again.say('That.')
    again.finish()
    await back.next('reply-end')
    expect([...client.raw, ...back.raw].join()).not.toContain('Rain gloves')
    expect(runningText(back.frames)).toBe('That.')
  }, 30_000)

  it('passes nothing by default', async () => {
    const { client } = await visit()
    client.send({ type: 'message-send', messageId: 'm', text: 'This?', context: { product: 'Rain gloves' } })
    const call = await suite.world.nextCall('This?')
    expect(call.body).not.toContain('Rain gloves')
    call.cut()
  })

  it.each([
    ['a list', ['x']],
    ['a nested thing', { a: { b: 'c' } }],
    ['a long value', { a: 'x'.repeat(MAX_CONTEXT_VALUE_CHARS + 1) }],
    ['half a character', { a: '\ud83d' }],
  ])('that is %s is refused, and the message with it', async (_case, context) => {
    const { client } = await visit()
    client.send({ type: 'message-send', messageId: 'm', text: 'Hi', context })
    expect(await client.error()).toMatchObject({ code: 'context_invalid', messageId: 'm', seq: 0 })
  })
})
