import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AT, FakePage, later, latest, refusal, sessionAnswer, settled, talk, welcome } from './testing/fake-page.ts'
import { FakeSocket } from './testing/fake-socket.ts'
import type { TwinSession } from './twin-session.ts'

/** A stream whose other end is a test. */
class FakeStream {
  readonly response: Response
  isCut = false
  #out: ReadableStreamDefaultController<Uint8Array> | undefined

  constructor(type = 'text/event-stream; charset=utf-8') {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => void (this.#out = controller),
    })
    this.response = new Response(body, { headers: { 'content-type': type } })
  }

  async write(text: string): Promise<void> {
    this.#out?.enqueue(new TextEncoder().encode(text))
    await later()
  }

  say(frame: unknown): Promise<void> {
    return this.write(`data: ${JSON.stringify(frame)}\n\n`)
  }

  async end(): Promise<void> {
    this.#out?.close()
    await later()
  }

  async break(): Promise<void> {
    this.cut()
    await later()
  }

  /** As a browser does when the request is aborted, or the network goes. */
  cut(): void {
    if (this.isCut) return
    this.isCut = true
    this.#out?.error(new TypeError('network error'))
  }

  /** Time passes, and the room says that it lives. */
  async lives(seconds: number): Promise<void> {
    for (let passed = 5; passed <= seconds && !this.isCut; passed += 5) {
      await later(5_000)
      if (passed % 20 === 0 && !this.isCut) await this.write(':\n\n')
    }
  }
}

let page: FakePage
let session: TwinSession
/** What the room answers a stream, a post and a session request with, in order. */
let streams: (FakeStream | Response)[]
let posts: (() => Response | Promise<Response>)[]
let sessions: (() => Response | Promise<Response>)[]

const calls = (path: string) => page.fetched.mock.calls.filter(([url]) => url.includes(path))
const posted = () =>
  calls('/frames').map(([, { body }]): { frames: Record<string, unknown>[] } => JSON.parse(String(body)))
const answers = (...frames: unknown[]) => Response.json({ frames })

/** Two sockets in a row come to nothing, although the door lets us in. */
async function blocked(): Promise<void> {
  session.open()
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await later(2_000)
    if (latest().readyState === 0) latest().end(1_006)
  }
  await later(5_000)
  await settled()
}

/** A session whose room has answered over HTTP. */
async function overHttp(override: object = {}): Promise<FakeStream> {
  const stream = new FakeStream()
  streams.push(stream)
  await blocked()
  await stream.say({ ...welcome, ...override })
  return stream
}

beforeEach(() => {
  page = new FakePage()
  streams = []
  posts = []
  sessions = []
  page.fetched.mockImplementation(async (url, { signal }) => {
    if (signal?.aborted) throw new DOMException('aborted', 'AbortError')
    if (url.includes('/stream')) {
      const next = streams.shift() ?? new FakeStream()
      if (!(next instanceof FakeStream)) return next
      signal?.addEventListener('abort', () => next.cut())
      return next.response
    }
    if (url.endsWith('/frames')) return (posts.shift() ?? answers)()
    return (sessions.shift() ?? sessionAnswer)()
  })
  session = page.session()
})
afterEach(() => page.leave())

describe('a network without websockets', () => {
  it('is talked over by a stream and posts, the same frames in the same order', async () => {
    session.send('Who scored?')
    const [stream] = (streams = [new FakeStream()])
    await blocked()
    const [[url, init] = []] = calls('/stream')
    expect(url).toBe('https://cdn.example/v1/conversations/room/stream')
    expect(init).toMatchObject({ credentials: 'omit', headers: { authorization: 'Bearer a.b.c' } })
    expect(session.state.line, 'nobody has answered yet').toBe('reconnecting')
    await stream?.say(welcome)
    expect(session.state.line).toBe('open')
    expect(posted()).toMatchObject([{ frames: [{ type: 'message-send', text: 'Who scored?' }] }])
    expect(calls('/frames')[0]?.[1]).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } })
    await stream?.write(':\n\n')
    await stream?.say({ type: 'message-added', seq: 1, position: 1, messageId: 'm', turnId: 't', text: 'x', at: AT })
    await stream?.say({ type: 'reply-start', seq: 2, position: 2, messageId: 'r', turnId: 't', at: AT })
    await stream?.say([3, 'I did.'])
    expect(session.state.messages.at(-2)).toMatchObject({ role: 'twin', text: 'I did.', streaming: true })
    expect(FakeSocket.made).toHaveLength(2)
  })

  it.each<[string, () => void]>([
    [
      'the browser cannot even make one',
      () => {
        session = page.session({
          WebSocket: class {
            constructor() {
              throw new Error('SecurityError')
            }
          } as unknown as typeof WebSocket,
        })
      },
    ],
    ['they open, and nothing comes through', () => {}],
  ])('is also one where %s', async (_case, prepare) => {
    prepare()
    const stream = new FakeStream()
    streams.push(stream)
    session.open()
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await later(2_000)
      if (FakeSocket.made.at(-1)?.readyState === 0) latest().accept()
      await later(12_000)
    }
    await settled()
    expect(calls('/stream').length).toBeGreaterThan(0)
  })

  it('is not taken for one when there is no network at all', async () => {
    const socket = await page.welcomed(session)
    const isAway = { now: true }
    page.fetched.mockImplementation(async (url) => {
      if (url.endsWith('/v1/sessions') && isAway.now) throw new TypeError('Failed to fetch')
      return sessionAnswer()
    })
    socket.end(1_006)
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await later(10_000)
      if (latest().readyState === 0) latest().end(1_006)
      // Now and then the door answers, and a socket is lost before the next word.
      isAway.now = attempt % 4 !== 3
    }
    expect(calls('/stream')).toEqual([])
    expect(FakeSocket.made.length).toBeGreaterThan(2)
  })

  it('is not taken for one when a room that was heard goes away', async () => {
    await page.welcomed(session)
    for (let attempt = 0; attempt < 4; attempt += 1) await page.reconnected()
    expect(calls('/stream')).toEqual([])
  })

  it('that lets sockets through again is found out in time, and tried with one attempt', async () => {
    const stream = await overHttp({ seq: 4 })
    const next = new FakeStream()
    streams = [next]
    await stream.lives(700)
    await next.say({ ...welcome, seq: 4, resumed: true })
    await next.lives(700)
    expect(FakeSocket.made).toHaveLength(3)
    expect(next.isCut).toBe(true)
    latest().accept()
    expect(latest().frames).toEqual([{ type: 'hello', after: 4 }])
    latest().end(1_006)
    await later(5_000)
    await settled()
    expect(calls('/stream')).toHaveLength(3)
    expect(calls('/stream').at(-1)?.[0]).toMatch(/\/stream\?after=4$/)
  })

  it('where the stream is held back too is not stuck on it', async () => {
    streams = [new FakeStream('text/html'), new Response('<h1>Log in</h1>', { status: 403 })]
    await blocked()
    await later(10_000)
    await settled()
    await later(20_000)
    expect(calls('/stream')).toHaveLength(2)
    expect(FakeSocket.made.length).toBeGreaterThan(2)
  })
})

describe('the line over HTTP', () => {
  it('posts one request at a time and gathers what is said meanwhile', async () => {
    await overHttp({ messages: talk })
    let release = (): void => {}
    posts = [() => new Promise((resolve) => (release = () => resolve(answers())))]
    session.rate('t', 'up')
    await later()
    session.retry('t')
    for (let count = 0; count < 25; count += 1) session.send(`Line ${count}`)
    await later()
    expect(posted()).toHaveLength(1)
    release()
    await later()
    expect(posted().map(({ frames }) => frames.length)).toEqual([1, 20, 6])
    expect(
      posted()
        .flatMap(({ frames }) => frames)
        .at(-1),
    ).toMatchObject({ text: 'Line 24' })
  })

  it('posts no more bytes than a room reads', async () => {
    await overHttp()
    for (let count = 0; count < 8; count += 1) session.send('試'.repeat(4_000))
    await later()
    const sizes = calls('/frames').map(([, { body }]) => Buffer.byteLength(String(body)))
    expect(sizes.length).toBeGreaterThan(1)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024)
    expect(posted().flatMap(({ frames }) => frames)).toHaveLength(8)
  })

  it('takes the answers to its posts as the room’s', async () => {
    await overHttp({ seq: 9, messages: talk.map((one) => ({ ...one, position: one.position + 2 })), before: 3 })
    posts = [
      () =>
        answers(
          {
            type: 'history-page',
            seq: 9,
            messages: talk.map((one) => ({ ...one, messageId: `${one.messageId}0`, turnId: 's' })),
            before: null,
          },
          7,
          null,
        ),
    ]
    session.loadOlder()
    await later()
    expect(session.state).toMatchObject({ hasOlder: false, messages: [{ position: 1 }, {}, {}, { position: 4 }] })
  })

  it('resumes behind the last number when the stream ends or breaks', async () => {
    const stream = await overHttp({ seq: 2 })
    await stream.say([3, 'x'])
    const next = new FakeStream()
    streams = [next]
    await stream.end()
    expect(session.state.line).toBe('reconnecting')
    await later(5_000)
    expect(calls('/stream').at(-1)?.[0]).toMatch(/\?after=3$/)
    await next.say({ ...welcome, seq: 3, resumed: true })
    expect(session.state.line).toBe('open')
    await next.break()
    expect(session.state.line).toBe('reconnecting')
    await later(5_000)
    expect(calls('/stream')).toHaveLength(3)
  })

  it('sends what a failed post carried again, under the same id', async () => {
    const stream = await overHttp()
    posts = [() => Promise.reject(new TypeError('Failed to fetch'))]
    const next = new FakeStream()
    streams = [next]
    const messageId = session.send('Still there?')
    await later(5_000)
    expect(stream.isCut).toBe(true)
    await next.say({ ...welcome, resumed: true })
    expect(posted().map(({ frames }) => frames[0]?.['messageId'])).toEqual([messageId, messageId])
  })

  it('is found dead when not even a comment comes, and alive while they do', async () => {
    const stream = await overHttp()
    await stream.lives(120)
    expect(session.state.line).toBe('open')
    expect(calls('/stream')).toHaveLength(1)
    await later(20_000)
    expect(stream.isCut).toBe(false)
    await later(40_000)
    expect(stream.isCut).toBe(true)
    expect(calls('/stream').length).toBeGreaterThan(1)
  })

  it('is not given up for a comment that comes late', async () => {
    const stream = await overHttp()
    for (let count = 0; count < 10; count += 1) {
      await later(28_000)
      await stream.write(':\n\n')
    }
    expect(stream.isCut).toBe(false)
  })

  it('gives up a post that is never answered', async () => {
    await overHttp()
    posts = [() => new Promise(() => {})]
    session.send('Hello')
    await later(15_000)
    expect(session.state.line).toBe('reconnecting')
  })

  it('renews its session between two posts, and shows nothing of it', async () => {
    const stream = await overHttp()
    sessions = [() => sessionAnswer('d.e.f')]
    const next = new FakeStream()
    streams = [next]
    await stream.lives(560)
    expect([session.state.line, stream.isCut]).toEqual(['open', false])
    await later(12_000)
    expect(calls('/stream').at(-1)?.[1].headers).toMatchObject({ authorization: 'Bearer d.e.f' })
    expect(session.state.line).toBe('open')
  })

  it('asks for a new session when the room calls the old one expired', async () => {
    await overHttp()
    posts = [() => refusal(401, 'session_expired')]
    sessions = [() => sessionAnswer('d.e.f')]
    session.send('Hello')
    await later(5_000)
    expect(calls('/stream').at(-1)?.[1].headers).toMatchObject({ authorization: 'Bearer d.e.f' })
  })

  it.each([
    [410, 'campaign_ended'],
    [404, 'twin_not_found'],
    [403, 'session_invalid'],
    [403, 'origin_not_allowed'],
  ])('takes a %i as final and shows its words', async (status, code) => {
    await overHttp()
    posts = [() => refusal(status, code)]
    session.send('Hello')
    await later(60_000)
    expect(session.state).toMatchObject({ line: 'closed', refusal: { code, detail: 'Why.' } })
    expect(calls('/stream')).toHaveLength(1)
  })

  it('moves on from a conversation that was deleted', async () => {
    const stream = await overHttp({ messages: talk })
    await stream.say({ type: 'error', seq: 0, code: 'conversation_deleted', detail: '' })
    streams = [refusal(410, 'conversation_deleted')]
    await stream.end()
    await later(5_000)
    expect(session.conversations()).toMatchObject([{ number: 1, title: '' }])
  })

  it.each([
    [429, 'rate_limited'],
    [503, 'service_unavailable'],
    [404, 'not_found'],
  ])('comes back after a %i, no sooner than told', async (status, code) => {
    await overHttp()
    const body = JSON.stringify({ type: 'x', title: 'x', status, code, detail: '' })
    posts = [() => new Response(body, { status, headers: { 'retry-after': '20' } })]
    session.send('Hello')
    await later(19_000)
    expect(calls('/stream')).toHaveLength(1)
    expect(session.state.line).toBe('reconnecting')
    await later(2_000)
    expect(calls('/stream')).toHaveLength(2)
  })

  it('is left by a session that is closed', async () => {
    const stream = await overHttp()
    session.close()
    await later(60_000)
    expect([stream.isCut, calls('/stream').length]).toEqual([true, 1])
  })
})
