/** The room over HTTP on real workerd: streams beside sockets, posted frames, and a conversation that is deleted. */
import { connect as connectTcp } from 'node:net'
import { describe, expect, it } from 'vitest'
import { CLAIMS_HEADER, type ConnectionClaims } from '../schema/domain/claims.ts'
import { newId } from '../schema/domain/id.ts'
import { MAX_FRAME_BYTES, MAX_POSTED_FRAMES } from '../schema/wire/limits.ts'
import { exampleClaims } from './testing/example-twin.ts'
import { conversationFrames, runningText } from './testing/node/frame-log.ts'
import { ask, listen, post } from './testing/node/room-http.ts'
import { roomSuite } from './testing/node/room-suite.ts'

const suite = roomSuite()
const { arrive, visit, say } = suite
const at = (claims: ConnectionClaims | undefined, room?: string) => ({
  port: suite.port,
  claims,
  ...(room !== undefined && { room }),
})
const message = (text: string, messageId: string = newId()) => ({ type: 'message-send' as const, messageId, text })

describe('a stream', () => {
  it('hears the same bytes as a socket, first a welcome, from a conversation that is spoken over HTTP alone', async () => {
    const claims = exampleClaims()
    const stream = await suite.listen(claims)
    expect(stream.status).toBe(200)
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(await stream.next('welcome')).toMatchObject({ seq: 0, resumed: false, messages: [], placesLeft: 1_000 })
    const { client } = await visit(claims)
    const answer = await post(at(claims), message('How do you save?', 'm1'))
    expect(answer.body).toEqual({
      frames: [{ type: 'ack', seq: expect.any(Number), messageId: 'm1', turnId: expect.any(String) }],
    })
    const call = await suite.world.nextCall('How do you save?')
    call.say('With “the” ', '\n\n', 'feet.\u2028')
    await stream.untilSaid('feet.')
    call.finish()
    const [end] = await Promise.all([stream.next('reply-end'), client.next('reply-end')])
    expect(end).toMatchObject({ outcome: 'answered', turnId: answer.body.frames[0].turnId })
    expect(conversationFrames(stream.raw)).toEqual(conversationFrames(client.raw))
    expect(runningText(stream.frames)).toBe('With “the” \n\nfeet.\u2028')
    expect(stream.raw.some((frame) => frame.startsWith('{"type":"ack"'))).toBe(false)
  })

  it('resumes after a number, in the middle of a reply, once and in order', async () => {
    const { client, claims } = await visit()
    say(client, 'Slowly')
    const call = await suite.world.nextCall('Slowly')
    call.say('One ', 'two ')
    await client.untilSaid('two ')
    const stream = await suite.listen(claims, 3)
    expect(await stream.next('welcome')).toMatchObject({ resumed: true, messages: [] })
    call.say('three.')
    call.finish()
    await Promise.all([stream.next('reply-end'), client.next('reply-end')])
    expect(conversationFrames(stream.raw)).toEqual(conversationFrames(client.raw).slice(3))
    const snapshot = await suite.listen(claims, 4_000)
    expect(await snapshot.next('welcome')).toMatchObject({ resumed: false, messages: [{}, { text: 'One two three.' }] })
  })

  it('ends with its session, and says so', async () => {
    const claims = exampleClaims({ expiresAt: Math.floor(Date.now() / 1000) + 2 })
    const stream = await suite.listen(claims)
    expect(await stream.error()).toMatchObject({ code: 'session_expired' })
    expect(await stream.ended).toBe(true)
    const renewed = await suite.listen({ ...claims, expiresAt: claims.expiresAt + 600 }, 0)
    await renewed.next('welcome')
  })

  it('ends with its campaign, and says so', async () => {
    const stream = await suite.listen(exampleClaims({ campaignEndsAt: Date.now() + 700 }))
    expect(await stream.error()).toMatchObject({ code: 'campaign_ended' })
    expect(await stream.ended).toBe(true)
  })

  it('is read to the end of a reply that had begun when its campaign ended, and so is a socket', async () => {
    const claims = exampleClaims({ campaignEndsAt: Date.now() + 4_000 })
    const stream = await suite.listen(claims)
    const { client } = await visit(claims)
    say(client, 'Slowly')
    const call = await suite.world.nextCall('Slowly')
    call.say('One ')
    await stream.untilSaid('One ')
    const isPast = (): boolean => Date.now() > (claims.campaignEndsAt ?? 0) + 300
    const goOn = (): boolean => isPast() || (call.say('and '), false)
    await expect.poll(goOn, { timeout: 8_000 }).toBe(true)
    client.send(message('And then?')) // too late: it is not taken, and cuts nothing
    call.say('two.')
    call.finish()
    for (const line of [stream, client]) {
      expect(await line.next('reply-end')).toMatchObject({ outcome: 'answered' })
      expect(await line.error()).toMatchObject({ code: 'campaign_ended' })
      expect(runningText(line.frames)).toMatch(/^One (?:and )+two\.$/)
    }
    expect(await client.closed).toBe(4410)
    expect(client.raw.filter((frame) => frame.startsWith('{"type":"ack"'))).toHaveLength(1)
  })

  it('sees no question begun after its campaign’s end, though it was asked before', async () => {
    const { client, claims } = await visit(exampleClaims({ campaignEndsAt: Date.now() + 4_000 }))
    say(client, 'First')
    const call = await suite.world.nextCall('First')
    say(client, 'Second')
    await client.next('ack')
    const isPast = (): boolean => Date.now() > (claims.campaignEndsAt ?? 0)
    await expect.poll(() => isPast() || (call.say('and '), false), { timeout: 8_000 }).toBe(true)
    const asked = suite.world.calls
    call.finish()
    expect(await client.next('reply-end')).toMatchObject({ outcome: 'answered' })
    client.send(message('Third'))
    expect(await client.error()).toMatchObject({ code: 'campaign_ended' })
    expect(suite.world.calls).toBe(asked)
  })

  it('counts as a line, until it is closed', async () => {
    const claims = exampleClaims()
    const streams = await Promise.all(Array.from({ length: 10 }, () => suite.listen(claims)))
    await Promise.all(streams.map((stream) => stream.next('welcome')))
    for (let count = 0; count < 6; count += 1) await visit(claims)
    const refused = await ask(at(claims), 'GET', '/stream')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('10')
    expect(await refused.json()).toMatchObject({ code: 'rate_limited' })
    const crowded = await arrive(claims)
    expect(await crowded.closed).toBe(4429)
    streams[0]?.close()
    suite.world.autoReply = 'Hi.'
    await post(at(claims), message('Who is left?'))
    await streams[1]?.next('reply-end') // what is said finds out who has gone
    await visit(claims)
  })

  it.each([
    ['no claims', undefined, 403, 'session_invalid'],
    ['claims of another conversation', exampleClaims(), 403, 'session_invalid'],
  ])('is refused to %s', async (_case, claims, status, code) => {
    for (const [method, suffix] of [
      ['GET', '/stream'],
      ['POST', '/frames'],
      ['DELETE', ''],
    ] as const) {
      const answer = await ask(at(claims, newId()), method, suffix, method === 'POST' ? '{}' : undefined)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(await answer.json()).toMatchObject({ code, status })
    }
  })

  it.each([
    ['an expired session', { expiresAt: 1 }, 401, 'session_expired'],
    ['an ended campaign', { campaignEndsAt: 1 }, 410, 'campaign_ended'],
  ])('is refused to %s', async (_case, change, status, code) => {
    const answer = await ask(at(exampleClaims(change)), 'GET', '/stream')
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code })
  })

  it.each(['x', '-1', '1.5', '1e9', '9'.repeat(16)])('begins after no number like %s', async (after) => {
    const answer = await ask(at(exampleClaims()), 'GET', `/stream?after=${after}`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'request_invalid' })
  })

  it('never shows a visitor the inside of a failure', async () => {
    const broken = await suite.startBroken()
    try {
      const answer = await ask({ port: broken.port, claims: exampleClaims() }, 'GET', '/stream')
      expect(answer.status).toBe(503)
      expect(await answer.text()).not.toMatch(/secret|stack|\.js/)
    } finally {
      await broken.kill()
    }
  })
})

describe('posted frames', () => {
  it('are answered each in its turn, and a bad one spoils no other', async () => {
    const { client, claims } = await visit()
    suite.world.autoReply = 'Yes.'
    const { body } = await post(
      at(claims),
      { type: 'hello', after: null },
      message('One', 'm1'),
      { type: 'message-send', messageId: 'm2', text: ' ' },
      { type: 'history-get', before: 9, limit: 9 },
      { type: 'nonsense' },
      { type: 'message-send', messageId: 'm3', text: 'x', context: [] },
    )
    expect(body.frames).toMatchObject([
      { type: 'error', code: 'frame_invalid' },
      { type: 'ack', messageId: 'm1' },
      { type: 'error', code: 'message_empty', messageId: 'm2' },
      { type: 'history-page', messages: [{ text: 'One' }, {}] },
      { type: 'error', code: 'frame_unknown' },
      { type: 'error', code: 'context_invalid', messageId: 'm3' },
    ])
    const { turnId } = await client.next('reply-end')
    expect((await post(at(claims), message('One', 'm1'))).body.frames).toMatchObject([{ type: 'ack', turnId }])
    const rated = await post(at(claims), { type: 'reply-rate', turnId, rating: 'up' })
    expect(rated.body).toEqual({ frames: [] })
    expect(await client.next('reply-rated')).toMatchObject({ turnId, rating: 'up' })
  })

  it('stop a reply', async () => {
    const { client, claims } = await visit()
    say(client, 'Go on')
    const call = await suite.world.nextCall('Go on')
    const { turnId } = await client.next('ack')
    await post(at(claims), { type: 'reply-stop', turnId })
    expect(await client.next('reply-end')).toMatchObject({ outcome: 'stopped' })
    await call.closed
  })

  it('are slowed down like any others', async () => {
    const { claims } = await visit()
    const frames = Array.from({ length: MAX_POSTED_FRAMES }, () => ({ type: 'history-get', before: 1, limit: 1 }))
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(at(claims), ...frames)))
    const codes = answers.flatMap(({ body }) => body.frames.map(({ code }: { code?: string }) => code))
    expect(codes).toContain('rate_limited')
    const messages = await post(
      at(exampleClaims()),
      ...Array.from({ length: 9 }, (_, index) => message('Hi', `m${index}`)),
    )
    expect(messages.body.frames.at(-1)).toMatchObject({ code: 'rate_limited', messageId: 'm8' })
  })

  it.each([
    ['nothing', '', 400, 'request_invalid'],
    ['no JSON', '{', 400, 'request_invalid'],
    ['a list', '[]', 400, 'request_invalid'],
    ['null', 'null', 400, 'request_invalid'],
    ['frames that are no list', '{"frames":{"length":1}}', 400, 'request_invalid'],
    ['no frames', '{"frames":[]}', 400, 'request_invalid'],
    [
      'too many frames',
      JSON.stringify({ frames: Array.from({ length: MAX_POSTED_FRAMES + 1 }, () => ({})) }),
      400,
      'request_invalid',
    ],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 400, 'request_invalid'],
    ['an abyss of brackets', '['.repeat(60_000), 400, 'request_invalid'],
    ['one byte too many', 'x'.repeat(MAX_FRAME_BYTES + 1), 413, 'request_too_large'],
    ['ten megabytes', 'x'.repeat(10 * 1024 * 1024), 413, 'request_too_large'],
  ])('in a body of %s are refused', async (_case, body, status, code) => {
    const answer = await ask(at(exampleClaims()), 'POST', '/frames', body)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code })
  })

  it.each(['7', 'null', '"hello"', '[1,"x"]', '{}', '{"type":7}', '{"__proto__":{"type":"hello","after":null}}'])(
    'that are %s are refused one by one',
    async (frame) => {
      const answer = await ask(at(exampleClaims()), 'POST', '/frames', `{"frames":[${frame}]}`)
      expect(await answer.json()).toMatchObject({ frames: [{ type: 'error', seq: 0, code: 'frame_invalid' }] })
    },
  )

  it('come as JSON', async () => {
    const answer = await ask(at(exampleClaims()), 'POST', '/frames', '{"frames":[{}]}', undefined, 'text/plain')
    expect(answer.status).toBe(415)
  })

  it.each([
    ['PUT', '/frames'],
    ['POST', ''],
    ['GET', ''],
    ['POST', '/stream'],
    ['DELETE', '/stream'],
  ])('know no %s of “%s”', async (method, suffix) => {
    const answer = await ask(at(exampleClaims()), method, suffix)
    expect(answer.status).toBe(405)
  })
})

describe('deleting a conversation', () => {
  const remove = async (claims: ConnectionClaims) => (await ask(at(claims), 'DELETE', '')).status
  const isErased = (claims: ConnectionClaims) => suite.world.erased.includes(claims.conversationId)
  const batchesOf = (claims: ConnectionClaims) =>
    suite.world.batches.filter(({ owner }) => owner.conversationId === claims.conversationId)

  it('erases it here and in the archive, tells every line, and lets nobody in again', async () => {
    const { client, claims } = await visit()
    const stream = await suite.listen(claims)
    const shy = await arrive(claims) // has not said hello
    suite.world.autoReply = 'Forget it.'
    say(client, 'My secret')
    const { turnId } = await client.next('reply-end')
    client.send({ type: 'reply-rate', turnId, rating: 'down', comment: 'Another secret' })
    await client.next('reply-rated')
    expect(await remove(claims)).toBe(204)
    for (const line of [client, stream, shy]) expect(await line.error()).toMatchObject({ code: 'conversation_deleted' })
    expect(await client.closed).toBe(4410)
    expect(await shy.closed).toBe(4410)
    expect(await stream.ended).toBe(true)
    await suite.world.until(() => isErased(claims))
    expect(batchesOf(claims)).toEqual([])

    const back = await arrive(claims)
    expect(await back.error()).toMatchObject({ code: 'conversation_deleted' })
    expect(await back.closed).toBe(4410)
    const gone = await ask(at(claims), 'GET', '/stream')
    expect(gone.status).toBe(410)
    expect(await gone.json()).toMatchObject({ code: 'conversation_deleted' })
    expect((await post(at(claims), message('Still there?'))).body).toMatchObject({ code: 'conversation_deleted' })
    expect(await remove(claims)).toBe(204)
    expect(await remove({ ...claims, visitorId: newId() })).toBe(403)

    await suite.restart()
    expect((await ask(at(claims), 'GET', '/stream')).status).toBe(410)
    expect(await remove(claims)).toBe(204)
    expect(suite.world.erased.filter((id) => id === claims.conversationId)).toHaveLength(1)
  }, 30_000)

  it('stops a reply that is being written, and nothing of it comes after', async () => {
    const { client, claims } = await visit()
    say(client, 'Tell me all')
    const call = await suite.world.nextCall('Tell me all')
    call.say('Well, ')
    await client.untilSaid('Well, ')
    say(client, 'And this waits')
    await client.next('ack')
    await client.next('ack')
    expect(await remove(claims)).toBe(204)
    call.say('too late')
    await call.closed
    expect(await client.closed).toBe(4410)
    await suite.world.until(() => isErased(claims))
    expect(client.raw.at(-1)).toContain('conversation_deleted')
    expect(client.raw.join()).not.toContain('too late')
    expect(batchesOf(claims)).toEqual([])
  })

  it('is not overtaken by what was on its way to the archive', async () => {
    const { client, claims } = await visit()
    const release = suite.world.holdArchive()
    suite.world.autoReply = 'A secret reply.'
    const attempts = suite.world.archiveAttempts
    say(client, 'A secret')
    await client.next('reply-end')
    await suite.world.until(() => suite.world.archiveAttempts > attempts)
    expect(await remove(claims)).toBe(204)
    release()
    await suite.world.until(() => isErased(claims))
    expect(batchesOf(claims)).toEqual([])
  })

  it('sends nothing again that the archive failed to take', async () => {
    const { client, claims } = await visit()
    suite.world.archiveAway = true
    suite.world.autoReply = 'A secret reply.'
    say(client, 'A secret')
    await client.next('reply-end')
    const release = suite.world.holdArchive()
    const attempts = suite.world.archiveAttempts
    await suite.world.until(() => suite.world.archiveAttempts > attempts)
    expect(await remove(claims)).toBe(204)
    release()
    const refused = suite.world.archiveAttempts
    await suite.world.until(() => suite.world.archiveAttempts > refused)
    suite.world.archiveAway = false
    await suite.world.until(() => isErased(claims))
    expect(batchesOf(claims).flatMap(({ messages }) => messages)).toEqual([])
  })

  it('is remembered while the archive is away and the room dies', async () => {
    const { client, claims } = await visit()
    suite.world.autoReply = 'Yes.'
    say(client, 'A secret')
    await client.next('reply-end')
    await suite.world.until(() => batchesOf(claims).length > 0)
    suite.world.archiveAway = true
    const attempts = suite.world.archiveAttempts
    expect(await remove(claims)).toBe(204)
    await suite.world.until(() => suite.world.archiveAttempts > attempts)
    await suite.restart()
    suite.world.archiveAway = false
    await suite.world.until(() => isErased(claims)) // nobody returns: the alarm alone brings the room back
    expect(batchesOf(claims)).toEqual([])
  }, 40_000)

  it('that was never begun leaves only the mark', async () => {
    const claims = exampleClaims()
    expect(await remove(claims)).toBe(204)
    expect((await ask(at(claims), 'GET', '/stream')).status).toBe(410)
    expect(isErased(claims)).toBe(false)
  })
})

describe('a reader that stands still', () => {
  it('holds up nobody else', async () => {
    const { client, claims } = await visit()
    const socket = connectTcp(suite.port, '127.0.0.1')
    socket.pause()
    socket.write(
      `GET /v1/conversations/${claims.conversationId}/stream HTTP/1.1\r\nhost: x\r\n${CLAIMS_HEADER}: ${JSON.stringify(claims)}\r\n\r\n`,
    )
    suite.world.autoReply = undefined
    say(client, 'Much')
    const call = await suite.world.nextCall('Much')
    for (let count = 0; count < 1_000; count += 1) call.say('word. ')
    await client.next('reply-end')
    const stream = await listen(at(claims))
    await stream.next('welcome')
    stream.close()
    socket.destroy()
  })
})
