import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openTwinSession } from './open-twin-session.ts'
import { FakeSocket } from './testing/fake-socket.ts'
import { memoryStorage } from './testing/memory-storage.ts'
import type { TwinSession } from './twin-session.ts'

const AT = '2026-06-14T18:00:00.000Z'
const welcome = {
  type: 'welcome',
  seq: 0,
  conversationId: 'room',
  resumed: false,
  messages: [],
  before: null,
  activeTurnId: null,
  placesLeft: 1_000,
}

let page: EventTarget & { visibilityState: string }
let answers: (() => Response | Promise<Response>)[]
let session: TwinSession
const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>()

const sessionAnswer = (token = 'a.b.c', conversationId = 'room') =>
  Response.json(
    {
      token,
      ticket: `twin.session.${token}`,
      conversationId,
      visitorId: 'v',
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    },
    { status: 201 },
  )
const refusal = (status: number, code: string) =>
  Response.json({ type: 'x', title: 'x', status, code, detail: 'Why.' }, { status })
const latest = (): FakeSocket => FakeSocket.made.at(-1) ?? expect.fail('no socket was made')
const later = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

/** A session whose room has answered. */
async function welcomed(override: object = {}): Promise<FakeSocket> {
  session.open()
  await later()
  latest().accept()
  latest().say({ ...welcome, ...override })
  return latest()
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(AT) })
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  FakeSocket.made = []
  answers = []
  fetched.mockReset()
  fetched.mockImplementation(async () => (answers.shift() ?? sessionAnswer)())
  const view = new EventTarget()
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('localStorage', memoryStorage())
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('addEventListener', view.addEventListener.bind(view))
  vi.stubGlobal('dispatchEvent', view.dispatchEvent.bind(view))
  session = openTwinSession({ serverUrl: 'http://twin.marlow.localhost:8787/ignored', deploymentId: 'd' })
})
afterEach(() => {
  session.close()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('before a person acts', () => {
  it('there is no storage, no socket and no request', async () => {
    const touched = vi.fn()
    Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: touched })
    const quiet = openTwinSession({ serverUrl: 'https://cdn.example', deploymentId: 'd' })
    quiet.subscribe(() => {})
    await later(60_000)
    expect(quiet.state.line).toBe('idle')
    expect([touched.mock.calls.length, fetched.mock.calls.length, FakeSocket.made.length]).toEqual([0, 0, 0])
  })
})

describe('opening', () => {
  it('asks for a session without credentials and offers it in the subprotocol, never in the address', async () => {
    session.open()
    session.open()
    await later()
    const [url, init] = fetched.mock.calls[0] ?? []
    expect(url).toBe('http://twin.marlow.localhost:8787/v1/sessions')
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit' })
    expect(JSON.parse(String(init?.body))).toMatchObject({ deploymentId: 'd', conversation: 0 })
    expect(FakeSocket.made.length).toBe(1)
    expect(latest().url).toBe('ws://twin.marlow.localhost:8787/parties/twin-room/room')
    expect(latest().protocols).toEqual(['twin.v1', 'twin.session.a.b.c'])
  })

  it('says hello before anything else, and sends messages only when the room has answered', async () => {
    session.send('Who scored?')
    await later()
    latest().accept()
    session.send('And when?')
    expect(latest().frames).toEqual([{ type: 'hello', after: null }])
    latest().say(welcome)
    expect(
      latest()
        .frames.slice(1)
        .map(({ text }) => text),
    ).toEqual(['Who scored?', 'And when?'])
    expect(session.state).toMatchObject({ line: 'open', messages: [{ delivery: 'pending' }, { delivery: 'pending' }] })
  })

  it.each([
    [404, 'twin_not_found'],
    [403, 'origin_not_allowed'],
    [403, 'campaign_not_started'],
    [410, 'campaign_ended'],
  ])('shows a refusal with status %i and asks no more', async (status, code) => {
    answers = [() => refusal(status, code)]
    session.open()
    await later(120_000)
    expect(session.state).toMatchObject({ line: 'closed', refusal: { code, detail: 'Why.' } })
    expect(fetched).toHaveBeenCalledTimes(1)
    session.send('Anybody?')
    expect(session.state.messages).toMatchObject([{ delivery: 'refused', problem: code }])
  })

  it.each<[string, () => Response | Promise<Response>]>([
    ['the network is away', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['the Worker is broken', () => refusal(503, 'service_unavailable')],
    ['too many ask', () => refusal(429, 'rate_limited')],
    ['a portal answers in its place', () => new Response('<h1>Log in</h1>', { status: 403 })],
    [
      'the answer is no session',
      () => Response.json({ token: 'a.b.c', ticket: 'has space', conversationId: 'room', expiresAt: AT }),
    ],
    [
      'the room would leave its path',
      () => Response.json({ token: 'a.b.c', ticket: 'a', conversationId: '../x', expiresAt: AT }),
    ],
  ])('tries again when %s', async (_case, answer) => {
    answers = [answer]
    session.open()
    await later()
    expect(session.state).toMatchObject({ line: 'reconnecting', refusal: null })
    expect(FakeSocket.made.length).toBe(0)
    await later(2_000)
    expect(FakeSocket.made.length).toBe(1)
  })

  it('gives up a request that is never answered, and tries again', async () => {
    answers = [
      () => new Promise<Response>((_resolve, reject) => setTimeout(() => reject(new Error('aborted')), 10_000)),
    ]
    session.open()
    await later(9_999)
    expect(session.state.line).toBe('connecting')
    await later(3_000)
    expect(FakeSocket.made.length).toBe(1)
    expect(fetched.mock.calls[0]?.[1].signal?.aborted).toBe(true)
  })

  it('waits longer after each failure, at random, and never for minutes', async () => {
    const times: number[] = []
    fetched.mockImplementation(async () => {
      times.push(Date.now())
      throw new TypeError('Failed to fetch')
    })
    session.open()
    await later(200_000)
    const waits = times.slice(1).map((time, at) => time - (times[at] ?? 0))
    expect(waits.slice(0, 7)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  })
})

describe('a message', () => {
  it('is resent under the same id on the next connection until it is acknowledged', async () => {
    const first = await welcomed()
    const messageId = session.send('Still there?')
    first.end(1_006)
    await later(1_000)
    latest().accept()
    latest().say({ ...welcome, resumed: true })
    expect(latest().frames).toMatchObject([
      { type: 'hello', after: 0 },
      { type: 'message-send', messageId },
    ])
    latest().say({ type: 'ack', seq: 0, messageId, turnId: 't' })
    latest().end(1_006)
    await later(2_000)
    latest().accept()
    latest().say({ ...welcome, resumed: true })
    expect(latest().frames).toMatchObject([{ type: 'hello' }])
    expect(session.state.messages).toMatchObject([{ messageId, delivery: 'sent' }])
  })

  it('survives a reload', async () => {
    session.send('Before the reload')
    session.close()
    session = openTwinSession({ serverUrl: 'https://cdn.example', deploymentId: 'd' })
    const socket = await welcomed()
    expect(session.state.messages).toMatchObject([{ text: 'Before the reload', delivery: 'pending' }])
    expect(socket.frames).toMatchObject([{ type: 'hello' }, { type: 'message-send', text: 'Before the reload' }])
  })

  it.each([
    ['empty', ' \n ', 'message_empty'],
    ['too long', 'x'.repeat(4_001), 'message_too_long'],
  ])('that is %s is refused without a request', async (_case, text, problem) => {
    const socket = await welcomed()
    session.send(text)
    expect(session.state.messages).toMatchObject([{ delivery: 'refused', problem }])
    expect(socket.frames).toHaveLength(1)
  })

  it('loses half an emoji, not itself', async () => {
    const socket = await welcomed()
    session.send('Goal \ud83d')
    expect(socket.frames.at(-1)).toMatchObject({ text: 'Goal \ufffd' })
  })

  it('goes again after "not now", and is given up in the end', async () => {
    const socket = await welcomed()
    const messageId = session.send('Hello')
    const sent = () => socket.frames.filter((frame) => frame.type === 'message-send').length
    socket.say({ type: 'error', seq: 0, code: 'rate_limited', detail: 'Slowly.', messageId, retryAfterSeconds: 7 })
    expect(session.state).toMatchObject({ warning: { code: 'rate_limited' }, messages: [{ delivery: 'pending' }] })
    await later(6_999)
    expect(sent()).toBe(1)
    await later(1)
    expect(sent()).toBe(2)
    for (let at = 0; at < 5; at += 1) {
      socket.say({ type: 'error', seq: 0, code: 'internal_error', detail: '' })
      await later(3_000)
    }
    expect(sent()).toBe(6)
    expect(session.state.messages).toMatchObject([{ delivery: 'refused', problem: 'internal_error' }])
  })

  it('keeps its place among the others while the room says "not now", and all of them arrive', async () => {
    const socket = await welcomed()
    const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
    words.forEach((text) => session.send(text))
    const sent = () => socket.frames.filter((frame) => frame.type === 'message-send')
    const notNow = (messageId: unknown) =>
      socket.say({ type: 'error', seq: 0, code: 'rate_limited', detail: '', messageId, retryAfterSeconds: 2 })
    for (const { messageId } of sent()) notNow(messageId)
    session.send('nine')
    expect(sent()).toHaveLength(8)
    const taken: unknown[] = []
    while (taken.length < 9) {
      await later(2_000)
      const { text, messageId } = sent().at(-1) ?? {}
      taken.push(text)
      const before = sent().length
      socket.say({ type: 'ack', seq: 0, messageId, turnId: `t${before}` })
      expect(sent().length - before, 'at most one tries').toBeLessThan(2)
      if (sent().length > before) notNow(sent().at(-1)?.['messageId'])
    }
    expect(taken).toEqual([...words, 'nine'])
    expect(session.state.messages.every(({ delivery }) => delivery === 'sent')).toBe(true)
  })

  it('is marked when the room refuses it for good, and not sent again', async () => {
    const socket = await welcomed()
    const messageId = session.send('Hello')
    socket.say({ type: 'error', seq: 0, code: 'conversation_full', detail: '', messageId })
    await later(20_000)
    expect(socket.frames.filter((frame) => frame.type === 'message-send')).toHaveLength(1)
    expect(session.state.messages).toMatchObject([{ delivery: 'refused', problem: 'conversation_full' }])
  })
})

describe('the line', () => {
  it('is reconnecting after a loss and resumes behind the last number', async () => {
    const socket = await welcomed({ seq: 41 })
    socket.say([42, 'text'])
    socket.end(1_006)
    expect(session.state.line).toBe('reconnecting')
    await later(1_000)
    latest().accept()
    expect(latest().frames).toEqual([{ type: 'hello', after: 42 }])
    expect(session.state.line, 'nobody has answered yet').toBe('reconnecting')
    latest().say({ ...welcome, seq: 42, resumed: true })
    expect(session.state.line).toBe('open')
    expect(fetched).toHaveBeenCalledTimes(1)
  })

  it('comes back with the ticket that it was handed, without asking for a session', async () => {
    const socket = await welcomed({ seq: 41 })
    socket.say('twin.session.next.one.here')
    socket.say([42, 'text'])
    socket.end(1_006)
    await later(1_000)
    expect(latest().protocols).toEqual(['twin.v1', 'twin.session.next.one.here'])
    latest().accept()
    expect(latest().frames, 'a ticket is no frame').toEqual([{ type: 'hello', after: 42 }])
    expect(fetched).toHaveBeenCalledTimes(1)
  })

  it('asks for a new session when an attempt failed before it opened', async () => {
    session.open()
    await later()
    latest().end(1_006)
    answers = [() => sessionAnswer('d.e.f')]
    await later(1_000)
    expect(latest().protocols[1]).toBe('twin.session.d.e.f')
  })

  it('renews an expired session at once and shows nothing of it', async () => {
    const socket = await welcomed()
    await later(6_000)
    answers = [() => sessionAnswer('d.e.f')]
    socket.end(4_401)
    await later()
    expect(session.state.line).toBe('open')
    latest().accept()
    expect(latest().protocols[1]).toBe('twin.session.d.e.f')
    expect(latest().frames).toEqual([{ type: 'hello', after: 0 }])
  })

  it('does not spin when every new session is called expired', async () => {
    await welcomed()
    for (let at = 0; at < 20; at += 1) {
      if (latest().readyState === 0) latest().accept()
      latest().end(4_401)
      await later(100)
    }
    expect(fetched.mock.calls.length).toBeLessThan(6)
  })

  it('asks for a new session when the one it has is nearly over', async () => {
    const socket = await welcomed()
    const alive = setInterval(() => socket.say('pong'), 5_000)
    await later(575_000)
    clearInterval(alive)
    socket.end(1_001)
    await later(1_000)
    expect(fetched).toHaveBeenCalledTimes(2)
  })

  it.each([
    [4_404, 'twin_not_found'],
    [4_410, 'campaign_ended'],
    [4_429, 'rate_limited'],
    [4_403, 'session_invalid'],
  ])('takes close code %i as final', async (code, problem) => {
    const socket = await welcomed()
    socket.end(code)
    await later(120_000)
    expect(session.state).toMatchObject({ line: 'closed', refusal: { code: problem } })
    expect(FakeSocket.made.length).toBe(1)
  })

  it('shows the words of the error frame that came before a final close', async () => {
    session.open()
    await later()
    latest().accept()
    latest().say({ type: 'error', seq: 0, code: 'campaign_ended', detail: 'Over since Sunday.' })
    latest().end(4_410)
    expect(session.state.refusal).toEqual({ code: 'campaign_ended', detail: 'Over since Sunday.' })
  })

  it('is found dead when nobody answers a ping', async () => {
    const socket = await welcomed()
    await later(25_000)
    expect(socket.texts.at(-1)).toBe('ping')
    socket.say('pong')
    await later(25_000)
    expect(socket.texts.filter((text) => text === 'ping')).toHaveLength(2)
    await later(10_000)
    expect(session.state.line).toBe('reconnecting')
    await later(1_000)
    expect(FakeSocket.made.length).toBe(2)
  })

  it('is found dead when the room does not answer hello', async () => {
    session.open()
    await later()
    latest().accept()
    await later(11_000)
    expect(FakeSocket.made.length).toBe(2)
  })

  it('gives up an attempt that neither opens nor fails', async () => {
    session.open()
    await later(12_000)
    expect(FakeSocket.made.length).toBe(2)
  })

  it.each([
    ['the network', () => globalThis.dispatchEvent(new Event('online'))],
    ['the page', () => page.dispatchEvent(new Event('visibilitychange'))],
  ])('does not wait any longer when %s comes back', async (_case, wake) => {
    vi.mocked(Math.random).mockReturnValue(0.999)
    fetched.mockRejectedValue(new TypeError('Failed to fetch'))
    session.open()
    await later(40_000)
    const before = fetched.mock.calls.length
    wake()
    await later()
    expect(fetched.mock.calls.length).toBe(before + 1)
  })

  it('is offline when the browser says so, until anything arrives', async () => {
    const socket = await welcomed()
    globalThis.dispatchEvent(new Event('offline'))
    expect(session.state.line).toBe('offline')
    const messageId = session.send('Is this on?')
    expect(socket.frames.at(-1)).toMatchObject({ messageId })
    socket.say({ type: 'ack', seq: 0, messageId, turnId: 't' })
    expect(session.state.line).toBe('open')
  })

  it('asks again for what a gap swallowed', async () => {
    const socket = await welcomed()
    socket.say([3, 'lost two'])
    await later(1_000)
    expect(FakeSocket.made.length).toBe(2)
    latest().accept()
    expect(latest().frames).toEqual([{ type: 'hello', after: 0 }])
  })

  it('survives a browser that cannot make the socket', async () => {
    let broken = true
    session = openTwinSession({
      serverUrl: 'https://cdn.example',
      deploymentId: 'd',
      WebSocket: class extends FakeSocket {
        constructor(url: string, protocols: string[]) {
          if (broken) throw new Error('SecurityError')
          super(url, protocols)
        }
      } as unknown as typeof WebSocket,
    })
    session.open()
    await later(100)
    expect(session.state.line).toBe('reconnecting')
    broken = false
    await later(3_000)
    expect(FakeSocket.made.length).toBe(1)
  })
})

describe('the visitor', () => {
  it('stops a reply before the room has even named its turn', async () => {
    const socket = await welcomed()
    const messageId = session.send('Long story, please')
    session.stop()
    expect(socket.frames.at(-1)).toMatchObject({ type: 'message-send' })
    socket.say({ type: 'ack', seq: 0, messageId, turnId: 't' })
    expect(socket.frames.at(-1)).toEqual({ type: 'reply-stop', turnId: 't' })
  })

  it('retries while the line is away, and is heard when it is back', async () => {
    const socket = await welcomed()
    socket.end(1_006)
    session.retry('t')
    await later(1_000)
    latest().accept()
    latest().say({ ...welcome, resumed: true })
    expect(latest().frames.at(-1)).toEqual({ type: 'reply-retry', turnId: 't' })
  })

  it('asks for one older page at a time', async () => {
    const socket = await welcomed({ before: 51 })
    session.loadOlder()
    session.loadOlder()
    expect(socket.frames.slice(1)).toEqual([{ type: 'history-get', before: 51, limit: 50 }])
  })

  it('begins anew in the next conversation, in every tab', async () => {
    const other = openTwinSession({ serverUrl: 'https://cdn.example', deploymentId: 'd' })
    await welcomed({ messages: [{ position: 1, messageId: 'm', turnId: 't', role: 'visitor', text: 'x', at: AT }] })
    other.open()
    await later()
    answers = [() => sessionAnswer('d.e.f', 'next'), () => sessionAnswer('g.h.i', 'next')]
    session.startAnew()
    expect(session.state.messages).toEqual([])
    globalThis.dispatchEvent(Object.assign(new Event('storage'), { key: 'twin:d:conversation' }))
    await later()
    expect(JSON.parse(String(fetched.mock.lastCall?.[1].body))).toMatchObject({ conversation: 1 })
    expect(latest().url).toContain('/parties/twin-room/next')
    other.close()
  })

  it('is told of changes once a microtask, and a listener that throws harms nobody', async () => {
    const complaint = vi.spyOn(console, 'error').mockReturnValue()
    const told = vi.fn()
    session.subscribe(() => {
      throw new Error('host page')
    })
    const unsubscribe = session.subscribe(told)
    const socket = await welcomed()
    await later()
    told.mockClear()
    socket.say({ type: 'message-added', seq: 1, position: 1, messageId: 'm', turnId: 't', text: 'x', at: AT })
    socket.say({ type: 'reply-start', seq: 2, position: 2, messageId: 'r', turnId: 't', at: AT })
    socket.say([3, 'Good '])
    socket.say([4, 'evening'])
    await later()
    expect(told).toHaveBeenCalledTimes(1)
    expect(told.mock.calls[0]?.[0]).toBe(session.state)
    expect(session.state.messages[1]?.text).toBe('Good evening')
    unsubscribe()
    socket.say([5, '!'])
    await later()
    expect(told).toHaveBeenCalledTimes(1)
    expect(complaint).toHaveBeenCalled()
  })

  it('can close and open again, and goes on where it was', async () => {
    const socket = await welcomed({ seq: 9 })
    session.close()
    expect(session.state.line).toBe('idle')
    expect(socket.readyState).toBe(FakeSocket.CLOSED)
    await later(60_000)
    expect(FakeSocket.made.length).toBe(1)
    session.open()
    await later()
    latest().accept()
    expect(latest().frames).toEqual([{ type: 'hello', after: 9 }])
  })
})
