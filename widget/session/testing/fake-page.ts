/** A page around a session: its storage, its events, its sockets, and a server whose answers a test gives. */
import { expect, vi } from 'vitest'
import { openTwinSession } from '../open-twin-session.ts'
import type { TwinSession, TwinSessionOptions } from '../twin-session.ts'
import { FakeSocket } from './fake-socket.ts'
import { memoryStorage } from './memory-storage.ts'

export const AT = '2026-06-14T18:00:00.000Z'
export const welcome = {
  type: 'welcome',
  seq: 0,
  conversationId: 'room',
  resumed: false,
  messages: [],
  before: null,
  activeTurnId: null,
  placesLeft: 1_000,
}
/** A question and its reply, as a snapshot holds them. */
export const talk = [
  { position: 1, messageId: 'm', turnId: 't', role: 'visitor', text: 'Who scored?', at: AT },
  { position: 2, messageId: 'r', turnId: 't', role: 'twin', text: 'I did.', at: AT, outcome: 'answered' },
]

export const sessionAnswer = (token = 'a.b.c', conversationId = 'room'): Response =>
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
export const refusal = (status: number, code: string): Response =>
  Response.json({ type: 'x', title: 'x', status, code, detail: 'Why.' }, { status })

/** The socket made last. */
export const latest = (): FakeSocket => FakeSocket.made.at(-1) ?? expect.fail('no socket was made')
export const later = async (ms = 0): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms))

export type Answer = () => Response | Promise<Response>

export class FakePage {
  /** What the server answers next; a good session when there is nothing. */
  answers: Answer[] = []
  readonly fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>()
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible', prerendering: false })
  storage = memoryStorage()
  readonly sessions: TwinSession[] = []

  constructor() {
    vi.useFakeTimers({ now: Date.parse(AT) })
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    FakeSocket.made = []
    this.fetched.mockImplementation(async () => (this.answers.shift() ?? sessionAnswer)())
    const view = new EventTarget()
    vi.stubGlobal('fetch', this.fetched)
    vi.stubGlobal('WebSocket', FakeSocket)
    vi.stubGlobal('localStorage', this.storage)
    vi.stubGlobal('document', this.document)
    vi.stubGlobal('navigator', { onLine: true })
    vi.stubGlobal('addEventListener', view.addEventListener.bind(view))
    vi.stubGlobal('dispatchEvent', view.dispatchEvent.bind(view))
  }

  /** A session that nobody has acted upon yet. */
  session(options: Partial<TwinSessionOptions> = {}): TwinSession {
    const made = openTwinSession({ serverUrl: 'https://cdn.example', deploymentId: 'd', ...options })
    this.sessions.push(made)
    return made
  }

  /** Opens it; its room answers. */
  async welcomed(session: TwinSession, override: object = {}): Promise<FakeSocket> {
    session.open()
    await settled()
    latest().accept()
    latest().say({ ...welcome, ...override })
    await settled()
    return latest()
  }

  /** The line is lost and comes back. */
  async reconnected(override: object = {}): Promise<FakeSocket> {
    latest().end(1_006)
    await later(5_000)
    latest().accept()
    latest().say({ ...welcome, resumed: true, ...override })
    return latest()
  }

  /** An event of the window. */
  fire(type: string, more: object = {}): void {
    globalThis.dispatchEvent(Object.assign(new Event(type), more))
  }

  /** Bodies of the session requests so far. */
  asked(): unknown[] {
    return this.fetched.mock.calls
      .filter(([url]) => url.endsWith('/v1/sessions'))
      .map(([, { body }]): unknown => JSON.parse(String(body)))
  }

  keys(): string[] {
    return Array.from({ length: this.storage.length }, (_none, at) => this.storage.key(at) ?? '')
  }

  leave(): void {
    for (const session of this.sessions) session.close()
    vi.useRealTimers()
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  }
}

/** Modules that are brought on demand come in their own time, which no fake clock turns. */
export async function settled(): Promise<void> {
  await vi.dynamicImportSettled()
  await later()
}
