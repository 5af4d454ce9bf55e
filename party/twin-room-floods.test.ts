/** Those who do not read and those who say too much, on real workerd: they are held up, and nobody else is. */
import { afterEach, describe, expect, it } from 'vitest'
import type { ConnectionClaims } from '../schema/domain/claims.ts'
import { LINE_WINDOW_BYTES } from '../schema/wire/limits.ts'
import { CLOSE_TOO_SLOW } from '../schema/wire/problem.ts'
import { exampleTwin } from './testing/example-twin.ts'
import { conversationFrames } from './testing/node/frame-log.ts'
import { post } from './testing/node/room-http.ts'
import type { RoomClient } from './testing/node/room-client.ts'
import { roomSuite } from './testing/node/room-suite.ts'
import { openStillSocket, type StillSocket } from './testing/node/still-socket.ts'

const suite = roomSuite()
const { visit, say } = suite
/** Three bytes a letter. */
const LONG_REPLY = `${'あ'.repeat(7_900)}。`
const LONG_QUESTION = 'え'.repeat(3_900)

const sockets: StillSocket[] = []
afterEach(() => sockets.splice(0).forEach((socket) => socket.close()))
async function openStill(claims: ConnectionClaims): Promise<StillSocket> {
  const socket = await openStillSocket(suite.port, claims)
  sockets.push(socket)
  socket.send({ type: 'hello', after: null })
  await socket.next('welcome')
  return socket
}

/** More than a line is sent unread. */
async function sayMuch(client: RoomClient): Promise<void> {
  const { guardrails } = exampleTwin.config
  suite.world.context = {
    ...exampleTwin,
    config: { ...exampleTwin.config, guardrails: { ...guardrails, maxResponseLength: 1_000_000 } },
  }
  suite.world.autoReply = LONG_REPLY
  for (let count = 0; count < 8; count += 1) {
    say(client, LONG_QUESTION)
    expect(await client.next('reply-end')).toMatchObject({ outcome: 'answered' })
  }
}

const bytesOf = (frames: readonly string[]): number => Buffer.byteLength(frames.join(''))

describe('a socket that stops reading', () => {
  it('holds up nobody, is dropped, and is sent the rest when it comes back', async () => {
    const { client, claims } = await visit()
    const still = await openStill(claims)
    still.stand()
    await sayMuch(client)
    const all = conversationFrames(client.raw)
    expect(bytesOf(all)).toBeGreaterThan(LINE_WINDOW_BYTES)

    still.read()
    expect(await still.closed).toBe(CLOSE_TOO_SLOW)
    const heard = conversationFrames(still.raw)
    expect(heard).toEqual(all.slice(0, heard.length))
    const longest = Math.max(...all.map((frame) => Buffer.byteLength(frame)))
    expect(bytesOf(heard)).toBeLessThan(LINE_WINDOW_BYTES + longest)
    expect(still.raw.at(-1)).toBe(JSON.stringify({ type: 'mark', seq: heard.length }))

    const { client: back } = await visit(claims, heard.length)
    await back.next('reply-end')
    while (conversationFrames(back.raw).length < all.length - heard.length) await back.next('reply-end')
    expect(conversationFrames(back.raw)).toEqual(all.slice(heard.length))
  }, 30_000)

  it('is asked what it has read, and fed as fast as it answers', async () => {
    const { client, claims } = await visit()
    const slow = await openStill(claims)
    await sayMuch(client)
    const all = conversationFrames(client.raw)
    const asked = await slow.next('mark')
    expect(conversationFrames(slow.raw)).toEqual(all.slice(0, asked.seq))
    slow.send({ type: 'mark', seq: asked.seq - 1 })
    slow.send({ type: 'history-get', before: 2, limit: 1 })
    slow.send({ type: 'mark', seq: asked.seq })
    expect(await slow.next('error')).toMatchObject({ code: 'frame_invalid', seq: all.length }) // both waited for the rest
    expect(await slow.next('history-page')).toMatchObject({ seq: all.length, messages: [{ position: 1 }] })
    expect(conversationFrames(slow.raw)).toEqual(all)
  }, 30_000)

  it('resumes a whole conversation by windows', async () => {
    const { client, claims } = await visit()
    await sayMuch(client)
    const all = conversationFrames(client.raw)
    const slow = await openStillSocket(suite.port, claims)
    sockets.push(slow)
    slow.send({ type: 'hello', after: 0 })
    const first = await slow.next('mark')
    expect(conversationFrames(slow.raw)).toEqual(all.slice(0, first.seq))
    expect(first.seq).toBeLessThan(all.length)
    slow.send({ type: 'mark', seq: first.seq })
    while (conversationFrames(slow.raw).length < all.length) await slow.next('reply-end')
    expect(conversationFrames(slow.raw)).toEqual(all)
  }, 30_000)
})

describe('a visitor who says too much', () => {
  it('is asked to wait after the message that was one too many, which is answered all the same', async () => {
    const { client, claims } = await visit()
    suite.world.autoReply = 'Yes.'
    suite.world.flooded = claims.visitorId
    const messageId = say(client, 'One too many')
    expect(await client.next('ack')).toMatchObject({ messageId })
    expect(await client.next('reply-end')).toMatchObject({ outcome: 'answered' })

    const refused = say(client, 'And another')
    expect(await client.error()).toMatchObject({ code: 'rate_limited', messageId: refused, retryAfterSeconds: 60 })
    const posted = await post({ port: suite.port, claims }, { type: 'message-send', messageId: 'p', text: 'Or so?' })
    expect(posted.body.frames).toMatchObject([{ code: 'rate_limited', messageId: 'p' }])
    say(client, 'One too many', messageId)
    expect(await client.next('ack')).toMatchObject({ messageId }) // what was accepted stays accepted
  })

  it('does not slow down another', async () => {
    const { client: abuser, claims } = await visit()
    const { client: other } = await visit()
    suite.world.autoReply = 'Yes.'
    suite.world.flooded = claims.visitorId
    for (let count = 0; count < 3_000; count += 1) abuser.send({ type: 'history-get', before: 1, limit: 50 })
    for (let count = 0; count < 200; count += 1) say(abuser, 'Flood')
    const began = performance.now()
    say(other, 'Am I heard?')
    expect(await other.next('reply-end')).toMatchObject({ outcome: 'answered' })
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(other.raw.join()).not.toContain('rate_limited')
    expect(await abuser.error()).toMatchObject({ code: 'rate_limited' })
  })

  it('waits a moment too when the gate cannot be asked', async () => {
    const { client } = await visit()
    suite.world.autoReply = 'Yes.'
    suite.world.floodGateAway = true
    say(client, 'Hello')
    await client.next('reply-end')
    say(client, 'Hello again')
    expect(await client.error()).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 10 })
  })
})
