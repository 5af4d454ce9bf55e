/** A visitor without a browser, over the real wire: message, reply, stop, retry, reload, and how models fail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAST } from '../../schema/local/cast.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { isReplyEnd, isReplyStart, openTwin, replyText } from '../wire/open-twin.ts'
import type { TwinSocket } from '../wire/open-twin.ts'
import { requestSession } from '../wire/request-session.ts'
import type { Session } from '../wire/request-session.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ openai: true })
})
afterAll(() => stack?.stop())

describe('a turn', () => {
  it('brings the words of the model, whole and in order', async () => {
    const twin = await newVisitor()
    stack.model.next({ text: 'Eighty-ninth minute, and the whole ground stands up.', tokensPerSecond: 200 })
    expect(await twin.ask('Tell me about the loudest minute.')).toMatchObject({
      outcome: 'answered',
      text: 'Eighty-ninth minute, and the whole ground stands up.',
    })
  })

  it('stops the model itself when the visitor stops the reply', async () => {
    const twin = await newVisitor()
    stack.model.next({ text: 'word '.repeat(2_000), tokensPerSecond: 50 })
    const seen = stack.model.seen.length
    twin.say({ type: 'message-send', messageId: 'm-1', text: 'Talk for long.' })
    const { turnId } = await twin.hear(isReplyStart)
    await expect.poll(() => replyText(twin.frames, turnId).length).toBeGreaterThan(10)
    twin.say({ type: 'reply-stop', turnId })
    expect(await twin.hear(isReplyEnd)).toMatchObject({ outcome: 'stopped' })
    await expect.poll(() => stack.model.seen[seen]?.end).toBe('aborted')
  })

  it('gives a visitor who returns mid-reply exactly what was missed', async () => {
    const { session, twin } = await newVisitorWithSession()
    const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')
    stack.model.next({ text: words, tokensPerSecond: 40 })
    twin.say({ type: 'message-send', messageId: 'm-1', text: 'Count.' })
    const { turnId } = await twin.hear(isReplyStart)
    await expect.poll(() => replyText(twin.frames, turnId).length).toBeGreaterThan(30)
    twin.close()
    await twin.closed
    const last = twin.frames.at(-1)
    const after = last === undefined ? null : 'seq' in last ? last.seq : last[0]
    const back = await openTwin({ platformUrl: stack.platformUrl, origin: origin(), session, after })
    await back.hear(isReplyEnd)
    expect(replyText([...twin.frames, ...back.frames], turnId)).toBe(words)
  })

  it.each([
    ['answers 429', { kind: 'status', status: 429 }, 'model_rate_limited'],
    ['answers 500', { kind: 'status', status: 500 }, 'model_unavailable'],
    ['answers garbage', { kind: 'garbage' }, 'model_garbled'],
    ['is cut in the middle', { kind: 'cut', afterTokens: 5 }, 'model_cut_off'],
    ['hangs before its first word', { kind: 'hang', afterTokens: 0 }, 'model_timeout'],
    ['hangs in the middle', { kind: 'hang', afterTokens: 5 }, 'model_timeout'],
  ] as const)('says so when the model %s, and a retry works', async (_case, fault, reason) => {
    const twin = await newVisitor()
    const script = { text: 'one two three four five six seven eight', tokensPerSecond: 200, fault }
    stack.model.next(script)
    twin.say({ type: 'message-send', messageId: 'm-1', text: 'Will this fail?' })
    const end = await twin.hear(isReplyEnd)
    expect(end).toMatchObject({ outcome: 'failed', reason })
    stack.model.next({ text: 'Now it went well.' })
    const heard = twin.frames.length
    twin.say({ type: 'reply-retry', turnId: end.turnId })
    const again = await twin.hear(
      (frame): frame is typeof end => isReplyEnd(frame) && twin.frames.indexOf(frame) >= heard,
    )
    expect(again).toMatchObject({ outcome: 'answered', turnId: end.turnId })
    expect(replyText(twin.frames, end.turnId)).toBe('Now it went well.')
  })

  it('falls back to the built-in model when a retry fails as well', async () => {
    const twin = await newVisitor()
    stack.model.next({ fault: { kind: 'status', status: 500 } })
    twin.say({ type: 'message-send', messageId: 'm-1', text: 'What is in your flask at half-time?' })
    const end = await twin.hear(isReplyEnd)
    stack.model.always({ fault: { kind: 'status', status: 500 } })
    const heard = twin.frames.length
    twin.say({ type: 'reply-retry', turnId: end.turnId })
    const again = await twin.hear(
      (frame): frame is typeof end => isReplyEnd(frame) && twin.frames.indexOf(frame) >= heard,
    )
    stack.model.always({})
    expect(again).toMatchObject({ outcome: 'answered' })
    expect(replyText(twin.frames, end.turnId).length).toBeGreaterThan(20)
  })
})

function origin(): string {
  return stack.site('remyvale').slice(0, -1)
}

async function newVisitor(): Promise<TwinSocket> {
  return (await newVisitorWithSession()).twin
}

async function newVisitorWithSession(): Promise<{ session: Session; twin: TwinSocket }> {
  const deploymentId = CAST.deployments.remyWidget
  const session = await requestSession({ port: stack.ports.worker, origin: origin(), deploymentId })
  return { session, twin: await openTwin({ platformUrl: stack.platformUrl, origin: origin(), session }) }
}
