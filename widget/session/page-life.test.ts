import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakePage, later, latest, sessionAnswer, talk, welcome } from './testing/fake-page.ts'
import { FakeSocket } from './testing/fake-socket.ts'
import type { TwinSession } from './twin-session.ts'

let page: FakePage
let session: TwinSession
beforeEach(() => {
  page = new FakePage()
  session = page.session()
})
afterEach(() => page.leave())

describe('a page that is put away', () => {
  it('keeps no connection, and goes on behind the last number when it is brought back', async () => {
    const socket = await page.welcomed(session, { seq: 7, messages: talk })
    page.fire('pagehide', { persisted: true })
    expect(socket.readyState).toBe(FakeSocket.CLOSED)
    page.fire('online')
    await later(60_000)
    expect(FakeSocket.made).toHaveLength(1)
    page.fire('pageshow', { persisted: true })
    await later()
    latest().accept()
    expect(latest().frames).toEqual([{ type: 'hello', after: 7 }])
    expect(page.fetched).toHaveBeenCalledTimes(1)
    latest().say({ ...welcome, seq: 7, resumed: true })
    expect(session.state).toMatchObject({ line: 'open', messages: [{ messageId: 'm' }, { messageId: 'r' }] })
  })

  it('asks for a new session when the old one ended meanwhile', async () => {
    await page.welcomed(session)
    page.fire('pagehide', { persisted: true })
    await later(700_000)
    page.fire('pageshow', { persisted: true })
    await later()
    expect(page.fetched).toHaveBeenCalledTimes(2)
  })

  it('lets go of a session request that is under way', async () => {
    page.answers = [() => new Promise<Response>((resolve) => setTimeout(() => resolve(sessionAnswer()), 3_000))]
    session.open()
    await later(1_000)
    page.fire('pagehide', { persisted: true })
    expect(page.fetched.mock.calls[0]?.[1].signal?.aborted).toBe(true)
    await later(5_000)
    expect(FakeSocket.made).toHaveLength(0)
    page.fire('pageshow', { persisted: true })
    await later()
    expect(FakeSocket.made).toHaveLength(1)
  })

  it('does not connect when a page merely shows itself', async () => {
    await page.welcomed(session)
    page.fire('pageshow', { persisted: false })
    await later(1_000)
    expect(FakeSocket.made).toHaveLength(1)
  })

  it('stays refused when it comes back', async () => {
    const socket = await page.welcomed(session)
    socket.end(4_404)
    page.fire('pagehide', { persisted: true })
    page.fire('pageshow', { persisted: true })
    await later(60_000)
    expect([session.state.line, FakeSocket.made.length]).toEqual(['closed', 1])
  })
})

describe('a page that is only prerendered', () => {
  it('does nothing before somebody sees it', async () => {
    page.document.prerendering = true
    session.open()
    await later(60_000)
    expect([page.fetched.mock.calls.length, page.keys(), session.state.line]).toEqual([0, [], 'idle'])
    page.document.prerendering = false
    page.document.dispatchEvent(new Event('prerenderingchange'))
    await later()
    expect(FakeSocket.made).toHaveLength(1)
  })

  it('does nothing at all when the session was closed before', async () => {
    page.document.prerendering = true
    session.open()
    session.close()
    page.document.prerendering = false
    page.document.dispatchEvent(new Event('prerenderingchange'))
    await later()
    expect(FakeSocket.made).toHaveLength(0)
  })
})
