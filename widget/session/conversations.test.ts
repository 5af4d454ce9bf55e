import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AT, FakePage, later, latest, refusal, sessionAnswer, settled, talk } from './testing/fake-page.ts'
import { FakeSocket } from './testing/fake-socket.ts'
import type { TwinSession } from './twin-session.ts'

let page: FakePage
let session: TwinSession
const titles = (of = session) => of.conversations().map(({ number, title, current }) => [number, title, current])
const gone = () => new Response(null, { status: 204 })
const deletions = () => page.fetched.mock.calls.filter(([, { method }]) => method === 'DELETE')
const deleted = { type: 'error', seq: 0, code: 'conversation_deleted', detail: 'Begin a new one.' }

beforeEach(() => {
  page = new FakePage()
  session = page.session()
})
afterEach(() => page.leave())

describe('the list of conversations', () => {
  it('has the one that is shown before anything was said, and tells when it knows of more', async () => {
    const earlier = page.session()
    await page.welcomed(earlier, { messages: talk })
    await settled()
    const told = vi.fn()
    session.subscribe(told)
    FakeSocket.made = []
    expect(session.conversations()).toEqual([{ number: 0, title: '', at: AT, current: true }])
    await settled()
    expect([told.mock.calls.length, titles()]).toEqual([1, [[0, 'Who scored?', true]]])
    expect(FakeSocket.made).toEqual([])
  })

  it('has one that nothing was said in', async () => {
    expect(session.conversations()).toEqual([{ number: 0, title: '', at: AT, current: true }])
    expect(FakeSocket.made).toEqual([])
  })

  it('names each by its first question, also one that an earlier version began', async () => {
    await page.welcomed(session, { messages: talk })
    expect(titles()).toEqual([[0, 'Who scored?', true]])
    page.answers = [() => sessionAnswer('d.e.f', 'next')]
    await later(1_000)
    session.startAnew()
    await later()
    expect(titles()).toEqual([
      [1, '', true],
      [0, 'Who scored?', false],
    ])
    session.send('And who cried?')
    expect(titles()).toEqual([
      [1, 'And who cried?', true],
      [0, 'Who scored?', false],
    ])
  })

  it('keeps nothing of somebody who left while it was on its way', async () => {
    session.send('Nia was here')
    session.forget()
    await settled()
    expect(page.keys()).toEqual([])
  })

  it('follows a first question that is changed', async () => {
    const socket = await page.welcomed(session, { messages: talk })
    socket.say({ type: 'message-edited', seq: 1, turnId: 't', text: 'Who won?', edits: 1 })
    expect(titles()).toEqual([[0, 'Who won?', true]])
  })

  it('keeps the title when only newer messages are shown', async () => {
    await page.welcomed(session, { messages: talk })
    const later = talk.map((one) => ({
      ...one,
      messageId: `${one.messageId}2`,
      text: 'Newer',
      position: one.position + 50,
    }))
    await page.reconnected({ resumed: false, seq: 9, messages: later, before: 51 })
    expect(titles()).toEqual([[0, 'Who scored?', true]])
  })

  it('takes a name, tells whoever looks, and gives it back', async () => {
    await page.welcomed(session, { messages: talk })
    const told = vi.fn()
    await later()
    session.subscribe(told)
    session.rename(0, 'The final')
    await later()
    expect([told.mock.calls.length, titles()]).toEqual([1, [[0, 'The final', true]]])
    session.rename(0, ' ')
    expect(titles()).toEqual([[0, 'Who scored?', true]])
  })

  it('shows another of them, whose unsent words are still there', async () => {
    session.send('Who scored?')
    session.startAnew()
    session.send('And who cried?')
    expect(session.state.messages).toMatchObject([{ text: 'And who cried?' }])
    session.switchTo(0)
    expect(session.state.messages).toMatchObject([{ text: 'Who scored?', delivery: 'pending' }])
    const socket = await page.welcomed(session)
    expect(socket.frames).toMatchObject([
      { type: 'hello', after: null },
      { type: 'message-send', text: 'Who scored?' },
    ])
    expect(page.asked().at(-1)).toMatchObject({ conversation: 0 })
    session.startAnew()
    expect(titles()[0]).toEqual([2, '', true])
  })

  it.each([-1, 0.5, 10_000, 0])('stays where it is when told to show %d', async (number) => {
    const socket = await page.welcomed(session)
    session.switchTo(number)
    expect([socket.readyState, session.state.line]).toEqual([FakeSocket.OPEN, 'open'])
  })
})

describe('another tab', () => {
  const shared = (name: string) => page.fire('storage', { key: `twin:d:${name}`, newValue: 'x' })

  it('shows what this one shows', async () => {
    await page.welcomed(session, { messages: talk })
    const other = page.session()
    await page.welcomed(other, { messages: talk })
    session.startAnew()
    shared('conversation')
    expect(other.state.messages).toEqual([])
    await settled()
    session.switchTo(0)
    shared('conversation')
    await settled()
    expect(page.asked().map((body) => Object(body).conversation)).toEqual([0, 0, 1, 1, 0, 0])
  })

  it('hears of a new name, and of nothing that is not the twin’s', async () => {
    await page.welcomed(session, { messages: talk })
    const told = vi.fn()
    await later()
    session.subscribe(told)
    page.session().rename(0, 'The final')
    page.fire('storage', { key: 'cart', newValue: '1' })
    page.fire('storage', { key: 'twin:d2:secret', newValue: null })
    await later()
    expect(told).not.toHaveBeenCalled()
    shared('talk:0')
    await later()
    expect([told.mock.calls.length, titles()]).toEqual([1, [[0, 'The final', true]]])
  })

  it.each([
    ['has forgotten the visitor', { key: 'twin:d:secret', newValue: null }],
    ['has cleared the storage', { key: null, newValue: null }],
  ])('%s: nothing is shown here either', async (_case, event) => {
    const socket = await page.welcomed(session, { messages: talk })
    page.fire('storage', event)
    await later(60_000)
    expect(session.state).toMatchObject({ line: 'idle', messages: [] })
    expect([socket.readyState, FakeSocket.made.length]).toEqual([FakeSocket.CLOSED, 1])
  })
})

describe('deleting', () => {
  it('asks with a session of that very conversation, and only then removes it here', async () => {
    await page.welcomed(session, { messages: talk })
    session.startAnew()
    await page.welcomed(session, { conversationId: 'next' })
    page.answers = [() => sessionAnswer('g.h.i', 'old'), gone]
    const done = session.delete(0)
    expect(titles()).toHaveLength(2)
    await done
    expect(page.asked().at(-1)).toMatchObject({ conversation: 0 })
    expect(deletions()).toMatchObject([
      ['https://cdn.example/v1/conversations/old', { credentials: 'omit', headers: { authorization: 'Bearer g.h.i' } }],
    ])
    expect(titles()).toEqual([[1, '', true]])
    expect(session.state.line).toBe('open')
  })

  it.each<[string, (() => Response | Promise<Response>)[]]>([
    ['the network is away', [() => Promise.reject(new TypeError('Failed to fetch'))]],
    ['the door refuses', [() => refusal(403, 'origin_not_allowed')]],
    ['the room is away', [() => sessionAnswer(), () => refusal(503, 'service_unavailable')]],
    ['a portal answers', [() => sessionAnswer(), () => new Response('<h1>Log in</h1>')]],
    ['the line breaks', [() => sessionAnswer(), () => Promise.reject(new TypeError('Failed to fetch'))]],
  ])('rejects and removes nothing when %s', async (_case, answers) => {
    await page.welcomed(session, { messages: talk })
    page.answers = [...answers]
    await expect(session.delete(0)).rejects.toThrow()
    expect(titles()).toEqual([[0, 'Who scored?', true]])
    expect(session.state.messages).toHaveLength(2)
  })

  it.each<[string, (() => Response)[]]>([
    ['room', [() => sessionAnswer(), () => refusal(410, 'conversation_deleted')]],
    ['door', [() => refusal(410, 'conversation_deleted')]],
  ])('is done when the %s says that it was', async (_case, answers) => {
    await page.welcomed(session, { messages: talk })
    page.answers = answers
    await session.delete(0)
    expect(titles()).toEqual([[1, '', true]])
  })

  it('of the one that is shown moves to the newest other, with its words', async () => {
    await page.welcomed(session, { messages: talk })
    session.startAnew()
    await page.welcomed(session, { conversationId: 'next', messages: talk.map((one) => ({ ...one, text: 'Two' })) })
    page.answers = [() => sessionAnswer(), gone]
    await session.delete(1)
    expect(session.state.messages).toEqual([])
    expect(titles()).toEqual([[0, 'Who scored?', true]])
    await settled()
    expect(page.asked().at(-1)).toMatchObject({ conversation: 0 })
    session.startAnew()
    expect(titles()[0]?.[0], 'no number is used twice').toBe(2)
  })

  it('leaves alone whoever came after the visitor was forgotten', async () => {
    await page.welcomed(session, { messages: talk })
    let erase = (): void => {}
    page.answers = [() => sessionAnswer(), () => new Promise((resolve) => (erase = () => resolve(gone())))]
    const done = session.delete(0)
    await settled()
    session.forget()
    await page.welcomed(session, { messages: talk })
    erase()
    await done
    await settled()
    expect(titles()).toEqual([[0, 'Who scored?', true]])
    expect(session.state.line).toBe('open')
  })

  it('is heard of on the open line, on every tab, and moves on', async () => {
    const socket = await page.welcomed(session, { messages: talk })
    session.send('Never to arrive')
    socket.say(deleted)
    socket.end(4_410)
    await later()
    expect(session.state).toMatchObject({ refusal: null, messages: [], line: 'connecting' })
    expect(titles()).toEqual([[1, '', true]])
    await settled()
    expect(page.asked().at(-1)).toMatchObject({ conversation: 1 })
    expect(page.keys().filter((key) => key.includes('outbox'))).toEqual([])
  })

  it('does not run from one deleted conversation to the next for ever', async () => {
    session.open()
    for (let count = 0; count < 60; count += 1) {
      await settled()
      if (latest().readyState !== 0) break
      latest().accept()
      latest().say(deleted)
      latest().end(4_410)
    }
    expect(FakeSocket.made.length).toBeLessThan(30)
    expect(session.state).toMatchObject({ line: 'closed', refusal: { code: 'conversation_deleted' } })
  })
})

describe('everything', () => {
  const asked = (position: number) => ({ ...talk[0], position, messageId: `m${position}`, turnId: `t${position}` })
  const pageBefore = (before: number, size = 2) => {
    const first = Math.max(1, before - size)
    const messages = Array.from({ length: before - first }, (_none, at) => asked(first + at))
    return { type: 'history-page', seq: 9, messages, before: first > 1 ? first : null }
  }
  const wanted = () => latest().frames.filter(({ type }) => type === 'history-get')

  it('is every message, however many pages', async () => {
    const socket = await page.welcomed(session, { seq: 9, messages: [asked(7), asked(8)], before: 7 })
    const all = session.everything()
    await settled()
    for (const before of [7, 5, 3]) {
      expect(wanted().at(-1)).toMatchObject({ before })
      socket.say(pageBefore(before))
      await later()
    }
    expect((await all).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('is at once what is shown, when that is all', async () => {
    await page.welcomed(session, { messages: talk })
    expect(await session.everything()).toHaveLength(2)
    expect(wanted()).toEqual([])
  })

  it('waits until what was missed has been repeated', async () => {
    await page.welcomed(session, { seq: 9, messages: talk })
    const socket = await page.reconnected({ seq: 10 })
    const all = session.everything()
    await settled()
    socket.say({ type: 'message-added', seq: 10, position: 3, messageId: 'n', turnId: 'u', text: 'And?', at: AT })
    expect(await all).toHaveLength(3)
  })

  it.each<[string, (socket: FakeSocket) => void | Promise<void>]>([
    ['the line is lost', (socket) => socket.end(1_006)],
    ['the room says no', (socket) => socket.say({ type: 'error', seq: 9, code: 'rate_limited', detail: '' })],
    ['a page does not come', () => later(10_000)],
    ['another conversation is shown', () => session.startAnew()],
    ['the session is closed', () => session.close()],
    ['the visitor is forgotten', () => session.forget()],
  ])('rejects when %s', async (_case, act) => {
    const socket = await page.welcomed(session, { seq: 9, messages: [asked(7), asked(8)], before: 7 })
    const all = session.everything()
    const refused = expect(all).rejects.toThrow('Not every message')
    await settled()
    socket.say(pageBefore(7))
    await later()
    await act(socket)
    await later()
    await refused
  })

  it('rejects on a line that was never open', async () => {
    await expect(session.everything()).rejects.toThrow('Not every message')
  })
})
