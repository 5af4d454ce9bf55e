import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AT, FakePage, later, latest, talk } from './testing/fake-page.ts'
import type { FakeSocket } from './testing/fake-socket.ts'
import type { TwinSession } from './twin-session.ts'

let page: FakePage
let session: TwinSession
let socket: FakeSocket
const sent = (type: string) => latest().frames.filter((frame) => frame.type === type)

beforeEach(async () => {
  page = new FakePage()
  session = page.session()
  socket = await page.welcomed(session, { seq: 5, messages: talk })
})
afterEach(() => page.leave())

describe('an edit', () => {
  const edited = { type: 'message-edited', seq: 6, turnId: 't', text: 'Who won?', edits: 1 }

  it('is asked once, under the next number of its message, and stops nothing by itself', () => {
    session.edit('t', 'Who won?')
    expect(socket.frames.slice(1)).toEqual([{ type: 'message-edit', turnId: 't', text: 'Who won?', edits: 1 }])
    socket.say(edited)
    session.edit('t', 'Who lost?')
    expect(sent('message-edit')).toHaveLength(1)
    socket.say({ type: 'reply-start', seq: 7, position: 2, messageId: 'r', turnId: 't', at: AT })
    socket.say({ type: 'reply-end', seq: 8, turnId: 't', outcome: 'stopped' })
    expect(sent('message-edit').at(-1)).toMatchObject({ text: 'Who lost?', edits: 2 })
  })

  it('goes when the reply that was stopped has ended', () => {
    socket.say({ type: 'message-added', seq: 6, position: 3, messageId: 'n', turnId: 'u', text: 'And?', at: AT })
    session.stop()
    session.edit('u', 'And then?')
    expect(sent('message-edit')).toEqual([])
    socket.say({ type: 'reply-end', seq: 7, turnId: 'u', outcome: 'stopped' })
    expect(socket.frames.slice(1).map(({ type }) => type)).toEqual(['reply-stop', 'message-edit'])
  })

  it('is sent again after a loss, once everything missed has been repeated', async () => {
    session.edit('t', 'Who won?')
    await page.reconnected({ seq: 6 })
    expect(sent('message-edit')).toEqual([])
    latest().say({ type: 'reply-rated', seq: 6, turnId: 't', rating: 'up' })
    expect(sent('message-edit')).toMatchObject([{ edits: 1 }])
  })

  it('is not sent again when the room had it', async () => {
    session.edit('t', 'Who won?')
    await page.reconnected({ seq: 6 })
    latest().say(edited)
    expect(sent('message-edit')).toEqual([])
    expect(session.state.messages).toMatchObject([{ text: 'Who won?', edits: 1 }])
    await page.reconnected({ seq: 6 })
    expect(sent('message-edit')).toEqual([])
  })

  it('is not sent again when a snapshot shows that the room had it', async () => {
    session.edit('t', 'Who won?')
    const [question] = talk
    await page.reconnected({ resumed: false, seq: 2, messages: [{ ...question, text: 'Who won?', edits: 1 }] })
    expect(sent('message-edit')).toEqual([])
  })

  it('waits for the room while the line is away', async () => {
    socket.end(1_006)
    session.edit('t', 'Who won?')
    session.edit('t', 'Who won it?')
    await later(1_000)
    latest().accept()
    expect(sent('message-edit')).toEqual([])
    latest().say({
      type: 'welcome',
      seq: 5,
      conversationId: 'room',
      resumed: true,
      messages: [],
      before: null,
      activeTurnId: null,
      placesLeft: 9,
    })
    expect(sent('message-edit')).toEqual([{ type: 'message-edit', turnId: 't', text: 'Who won it?', edits: 1 }])
  })

  it('numbers two changes of one breath one after the other', () => {
    session.edit('t', 'Who won?')
    session.edit('t', 'Who won it?')
    expect(sent('message-edit').map(({ edits }) => edits)).toEqual([1, 2])
    socket.say(edited)
    socket.say({ ...edited, seq: 7, text: 'Who won it?', edits: 2 })
    expect(session.state.messages).toMatchObject([{ text: 'Who won it?', edits: 2 }])
  })

  it('that the room refuses is told and let go; one that comes too fast goes again', async () => {
    session.edit('t', 'Who won?')
    socket.say({ type: 'error', seq: 5, code: 'rate_limited', detail: '', turnId: 't', retryAfterSeconds: 2 })
    await later(2_000)
    expect(sent('message-edit').map(({ edits }) => edits)).toEqual([1, 2])
    socket.say({ type: 'error', seq: 5, code: 'turn_not_editable', detail: 'Too late.', turnId: 't' })
    expect(session.state.warning).toEqual({ code: 'turn_not_editable', detail: 'Too late.' })
    await page.reconnected({ seq: 5 })
    expect(sent('message-edit')).toEqual([])
  })

  it.each([
    ['nothing', ' \n', 'message_empty'],
    ['too much', 'x'.repeat(4_001), 'message_too_long'],
  ])('to %s is refused without a request', (_case, text, code) => {
    session.edit('t', text)
    expect(session.state.warning).toMatchObject({ code })
    expect(socket.frames).toHaveLength(1)
  })
})

describe('a rating', () => {
  it('says what the visitor thinks, with a reason and words that fit', () => {
    session.rate('t', 'down', 'inaccurate', `${'x'.repeat(499)}🏆`)
    expect(sent('reply-rate')).toEqual([
      { type: 'reply-rate', turnId: 't', rating: 'down', reason: 'inaccurate', comment: `${'x'.repeat(499)}\ufffd` },
    ])
    session.rate('t', null)
    expect(sent('reply-rate')[1]).toEqual({ type: 'reply-rate', turnId: 't', rating: null })
  })

  it('is sent again after a loss until the room has said so, the last one alone', async () => {
    session.rate('t', 'up')
    session.rate('t', 'down')
    await page.reconnected({ seq: 6 })
    latest().say({ type: 'reply-rated', seq: 6, turnId: 't', rating: 'up' })
    expect(sent('reply-rate')).toMatchObject([{ rating: 'down' }])
    latest().say({ type: 'reply-rated', seq: 7, turnId: 't', rating: 'down' })
    await page.reconnected({ seq: 7 })
    expect(sent('reply-rate')).toEqual([])
    expect(session.state.messages[1]).toMatchObject({ rating: 'down' })
  })

  it('with more words, which nobody confirms, is sent once', async () => {
    session.rate('t', 'down')
    socket.say({ type: 'reply-rated', seq: 6, turnId: 't', rating: 'down' })
    session.rate('t', 'down', 'other', 'It was me.')
    expect(sent('reply-rate')).toHaveLength(2)
    await page.reconnected({ seq: 6 })
    expect(sent('reply-rate')).toEqual([])
  })
})

describe('stop and retry', () => {
  it('are sent again after a loss, unless they were heard', async () => {
    session.retry('t')
    await page.reconnected({ seq: 5 })
    expect(sent('reply-retry')).toHaveLength(1)
    latest().say({ type: 'reply-start', seq: 6, position: 2, messageId: 'r', turnId: 't', at: AT })
    session.stop()
    await page.reconnected({ seq: 7, activeTurnId: 't' })
    expect(sent('reply-stop')).toEqual([])
    latest().say({ type: 'reply-end', seq: 7, turnId: 't', outcome: 'stopped' })
    expect(latest().frames).toHaveLength(1)
  })
})

describe('a message', () => {
  it('goes under the id that its page has heard of before', () => {
    expect(session.send('Hello', 'known-before')).toBe('known-before')
    expect(sent('message-send')).toMatchObject([{ messageId: 'known-before' }])
    expect(session.send('Hello again')).toMatch(/^[\w-]{22}$/)
  })
})

describe('context of the page', () => {
  it('goes with each message as it is when the message is sent, and survives a reload with it', async () => {
    page.leave()
    page = new FakePage()
    let section = 'match'
    const first = page.session({ context: () => ({ section }) })
    first.send('Who scored?')
    section = 'shop'
    first.send('How much?')
    first.close()
    await page.welcomed(page.session())
    expect(sent('message-send')).toMatchObject([{ context: { section: 'match' } }, { context: { section: 'shop' } }])
  })

  it.each<[string, () => unknown, unknown]>([
    [
      'cut to what the room takes',
      () => ({ a: 'x'.repeat(301), ['k'.repeat(41)]: 'x', '': 'x' }),
      { a: 'x'.repeat(300) },
    ],
    ['texts alone', () => ({ a: 'x', b: 7, c: null, d: {}, e: undefined }), { a: 'x' }],
    ['without half an emoji', () => ({ a: `${'x'.repeat(299)}🏆` }), { a: `${'x'.repeat(299)}\ufffd` }],
    ['left out when there is none', () => ({}), undefined],
    ['left out when the page has something else', () => 7, undefined],
    [
      'left out when the page fails',
      () => {
        throw new Error('host page')
      },
      undefined,
    ],
    [
      'of twenty names',
      () => Object.fromEntries(Array.from({ length: 30 }, (_none, at) => [`n${at}`, 'x'])),
      Object.fromEntries(Array.from({ length: 20 }, (_none, at) => [`n${at}`, 'x'])),
    ],
  ])('is %s', async (_case, context, expected) => {
    const other = page.session({ context: context as () => Record<string, string> })
    await page.welcomed(other, { seq: 5 })
    other.send('Hello')
    expect(sent('message-send').at(-1)?.['context']).toEqual(expected)
  })
})
