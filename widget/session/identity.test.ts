import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakePage, later, latest, sessionAnswer, settled, talk } from './testing/fake-page.ts'
import { FakeSocket } from './testing/fake-socket.ts'
import { memoryStorage } from './testing/memory-storage.ts'

let page: FakePage
beforeEach(() => void (page = new FakePage()))
afterEach(() => page.leave())

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
/** What a page would sign. */
const proof = (claims: unknown): string => `${part({ alg: 'HS256' })}.${part(claims)}.sig-nature_`

describe('a signed-in person', () => {
  it('is proved at each new session, and has a place of their own', async () => {
    const identity = vi.fn(async () => proof({ sub: 'zoë:7', exp: 9 }))
    const session = page.session({ identity })
    await page.welcomed(session, { messages: talk })
    expect(page.asked()).toMatchObject([{ identity: proof({ sub: 'zoë:7', exp: 9 }), conversation: 0 }])
    expect(page.keys().length).toBeGreaterThan(1)
    for (const key of page.keys()) expect(key).toMatch(/^twin:d@zo%C3%AB%3A7:/)
    latest().end(4_401)
    await settled()
    expect(identity).toHaveBeenCalledTimes(2)
  })

  it('keeps what they wrote before the page said who they are, and nothing of it is anybody else’s', async () => {
    let tell = (_token: string): void => {}
    const session = page.session({ identity: () => new Promise((resolve) => (tell = resolve)) })
    session.send('Am I still in time?')
    await settled()
    expect([session.state.messages.length, page.keys(), FakeSocket.made.length]).toEqual([1, [], 0])
    tell(proof({ sub: 'a' }))
    const socket = await page.welcomed(session)
    expect(socket.frames.at(-1)).toMatchObject({ text: 'Am I still in time?' })
    expect(page.keys().some((key) => key.startsWith('twin:d@a:outbox:0:'))).toBe(true)
    expect(session.state.messages).toHaveLength(1)
  })

  it('finds their conversation again after a reload, and another person another', async () => {
    const first = page.session({ identity: async () => proof({ sub: 'a' }) })
    await page.welcomed(first, { messages: talk })
    first.startAnew()
    await settled()
    first.close()
    const again = page.session({ identity: async () => proof({ sub: 'a' }) })
    await page.welcomed(again)
    const other = page.session({ identity: async () => proof({ sub: 'b' }) })
    await page.welcomed(other)
    const anybody = page.session()
    await page.welcomed(anybody)
    expect(page.asked().map((body) => Object(body).conversation)).toEqual([0, 1, 1, 0, 0])
    const secrets = new Set(page.asked().map((body) => Object(body).visitorSecret))
    expect(secrets.size).toBe(3)
  })

  it('who turns out to be another begins with nothing of the last', async () => {
    let sub = 'a'
    const session = page.session({ identity: async () => proof({ sub }) })
    const socket = await page.welcomed(session, { messages: talk })
    session.send('For a alone')
    sub = 'b'
    page.answers = [() => sessionAnswer('d.e.f', 'other')]
    socket.end(4_401)
    await settled()
    expect(session.state.messages).toEqual([])
    latest().accept()
    latest().say({
      type: 'welcome',
      seq: 0,
      conversationId: 'other',
      resumed: false,
      messages: [],
      before: null,
      activeTurnId: null,
      placesLeft: 9,
    })
    expect(latest().frames).toEqual([{ type: 'hello', after: null }])
  })

  it('whose new conversation was begun on another device goes on to the next one, with what was written', async () => {
    const session = page.session({ identity: async () => proof({ sub: 'a' }) })
    await page.welcomed(session, { messages: talk })
    session.startAnew()
    session.send('Something new')
    await page.welcomed(session, {
      conversationId: 'one',
      messages: talk.map((each) => ({ ...each, text: 'Elsewhere' })),
    })
    const socket = await page.welcomed(session, { conversationId: 'two' })
    expect(page.asked().map((body) => Object(body).conversation)).toEqual([0, 1, 2])
    expect(socket.frames).toMatchObject([{ type: 'hello' }, { type: 'message-send', text: 'Something new' }])
    expect(session.conversations().map(({ number, title }) => [number, title])).toEqual(
      expect.arrayContaining([
        [2, 'Something new'],
        [1, 'Elsewhere'],
        [0, 'Who scored?'],
      ]),
    )
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no token', 'hello'],
    ['a token of two parts', 'a.b'],
    ['a token that is no JSON', 'a.b.c'],
    ['a token of nobody', proof({ exp: 9 })],
    ['a token of a number', proof({ sub: 7 })],
    ['a token of an empty name', proof({ sub: '' })],
    ['a token of half an emoji', proof({ sub: '\ud83d' })],
  ])('is refused when the page gives %s', async (_case, token) => {
    const session = page.session({ identity: (async () => token) as () => Promise<string> })
    session.send('Hello?')
    await settled()
    expect(session.state).toMatchObject({ line: 'closed', refusal: { code: 'identity_invalid' } })
    expect([page.fetched.mock.calls.length, page.keys()]).toEqual([0, []])
  })

  it.each<[string, () => Promise<string>]>([
    ['rejects', () => Promise.reject(new Error('signed out'))],
    [
      'throws',
      () => {
        throw new Error('signed out')
      },
    ],
    ['does not answer', () => new Promise(() => {})],
  ])('is asked for again, more and more slowly, when the page %s', async (_case, identity) => {
    const asked = vi.fn(identity)
    const session = page.session({ identity: asked })
    session.open()
    await settled()
    await later(200_000)
    expect(asked.mock.calls.length).toBeGreaterThan(5)
    expect(asked.mock.calls.length).toBeLessThan(25)
    expect(session.state.line).toBe('reconnecting')
    expect(page.fetched).not.toHaveBeenCalled()
  })

  it('is not waited for without end by whoever deletes', async () => {
    let answer = async (): Promise<string> => proof({ sub: 'a' })
    const session = page.session({ identity: () => answer() })
    await page.welcomed(session, { messages: talk })
    answer = () => new Promise(() => {})
    const refused = expect(session.delete(0)).rejects.toThrow('service_unavailable')
    await settled()
    await later(15_000)
    await refused
  })

  it('cannot delete what another has meanwhile become', async () => {
    let sub = 'a'
    const session = page.session({ identity: async () => proof({ sub }) })
    await page.welcomed(session, { messages: talk })
    sub = 'b'
    await expect(session.delete(0)).rejects.toThrow('service_unavailable')
    expect(page.fetched).toHaveBeenCalledTimes(1)
  })
})

describe('consent', () => {
  it('is said with each session request', async () => {
    await page.welcomed(page.session({ consent: '2026-10' }))
    await page.welcomed(page.session())
    expect(page.asked()).toMatchObject([{ consent: '2026-10' }, {}])
    expect(page.asked()[1]).not.toHaveProperty('consent')
  })
})

describe('what is kept', () => {
  it.each([
    ['local', ['localStorage']],
    ['session', ['sessionStorage']],
    ['none', []],
  ] as const)('is kept %s alone', async (persist, areas) => {
    const storages = { localStorage: memoryStorage(), sessionStorage: memoryStorage() }
    for (const [name, storage] of Object.entries(storages)) vi.stubGlobal(name, storage)
    const session = page.session({ persist })
    const socket = await page.welcomed(session, { messages: talk })
    session.send('Hello')
    expect(socket.frames.at(-1)).toMatchObject({ text: 'Hello' })
    session.startAnew()
    const used = Object.entries(storages).filter(([, storage]) => storage.length > 0)
    expect(used.map(([name]) => name)).toEqual(areas)
  })

  it('does not stop a conversation when it cannot be kept', async () => {
    vi.stubGlobal('localStorage', {
      ...memoryStorage(),
      setItem: () => {},
      getItem: () => ({}),
      key: () => 7,
      length: 3,
    })
    const session = page.session()
    session.send('Hello')
    const socket = await page.welcomed(session)
    expect(socket.frames.at(-1)).toMatchObject({ text: 'Hello' })
    expect(session.conversations()).toMatchObject([{ number: 0, title: 'Hello' }])
  })

  it('is forgotten when told, and what the page or another deployment keeps stays', async () => {
    page.storage.setItem('cart', '1')
    page.storage.setItem('twin:d2:secret', 'x')
    page.storage.setItem('twin:d@b:secret', 'x')
    const anybody = page.session()
    await page.welcomed(anybody, { messages: talk })
    anybody.close()
    const session = page.session({ identity: async () => proof({ sub: 'a' }) })
    const socket = await page.welcomed(session, { messages: talk })
    session.send('Hello')
    session.forget()
    expect(page.keys().sort()).toEqual(['cart', 'twin:d2:secret', 'twin:d@b:secret'])
    expect(session.state).toMatchObject({ line: 'idle', messages: [], refusal: null })
    expect(socket.readyState).toBe(FakeSocket.CLOSED)
    await later(60_000)
    expect(FakeSocket.made).toHaveLength(2)
  })

  it('is forgotten of everybody when nobody says who is signed in', () => {
    page.storage.setItem('twin:d:secret', 'x')
    page.storage.setItem('twin:d@b:secret', 'x')
    page.storage.setItem('twin:d2@b:secret', 'x')
    page.session().forget()
    expect(page.keys()).toEqual(['twin:d2@b:secret'])
  })

  it('is another visitor’s after forgetting', async () => {
    const session = page.session()
    await page.welcomed(session, { messages: talk })
    session.forget()
    await page.welcomed(session)
    const [before, after] = page.asked().map((body) => Object(body).visitorSecret)
    expect(after).not.toBe(before)
    expect(session.conversations()).toMatchObject([{ number: 0, title: '' }])
  })
})
