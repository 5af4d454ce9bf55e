/**
 * Step 5: one live connection to the room, kept alive. Renews the session, reconnects with full jitter, wakes when the
 * network or the page returns, finds a line dead that looks open, and goes over HTTP where websockets do not get
 * through. Knows frames only as text, and a connection only as a {@link RoomLine}.
 */
import { PING, PONG } from '../../schema/wire/limits.ts'
import { CLOSE_SESSION_EXPIRED } from '../../schema/wire/problem.ts'
import { FAILED, type BootstrapAnswer, type Session } from './bootstrap.ts'
import type { Line, Refusal } from './conversation-state.ts'
import { SILENCE_MS, type OpenRoomLine, type RoomLine } from './room-line.ts'
import { openSocketLine } from './socket-line.ts'

export interface WirePorts {
  readonly serverUrl: string
  readonly WebSocket: typeof WebSocket | undefined
  renew(closed: AbortSignal): Promise<BootstrapAnswer>
  /** A connection stands; `conversationId` names the room. */
  onOpen(conversationId: string): void
  onText(text: string): void
  onLine(line: Line): void
  onRefused(refusal: Refusal): void
  /** In what words the room refused, when the connection was closed for good with this code. */
  explain(closeCode: number): Refusal
}

export interface Wire {
  /** Hands a text to the open connection; false when there is none. */
  send(text: string): boolean
  /** Drops the connection and makes another: something was missed on this one. */
  cycle(): void
  close(): void
}

const HEARTBEAT_MS = 25_000
/** A connection that stood this long was a good one: the next loss starts with short delays again. */
const STEADY_MS = 5_000
const FIRST_DELAY_MS = 1_000
const MAX_DELAY_MS = 30_000
/** So many connections in a row on which nothing was heard, though the door let us in: the other way is tried. */
const MAX_DEAF = 2
/** Time over HTTP after which the next connection is a websocket again. */
const DETOUR_MS = 600_000

/** Brings up the connection and keeps it up until it is refused or closed. */
export function openWire(ports: WirePorts): Wire {
  const closed = new AbortController()
  const { signal } = closed
  let attempt = new AbortController()
  let session: Session | undefined
  let line: RoomLine | undefined
  let isOpen = false
  let hasHeard = false
  let isOffline = typeof navigator !== 'undefined' && navigator.onLine === false
  let failures = 0
  let deaf = 0
  let detour: number | undefined
  let retry: Timer
  let steady: Timer
  let beat: Timer
  let silence: Timer

  const showLine = (): void => {
    if (!signal.aborted)
      ports.onLine(isOffline ? 'offline' : hasHeard ? 'open' : failures > 0 ? 'reconnecting' : 'connecting')
  }

  async function connect(): Promise<void> {
    retry = undefined
    attempt = new AbortController()
    const { signal: past } = attempt
    if (!session || session.goodUntil < Date.now()) {
      session = undefined
      // Neither the door nor the page that says who is signed in may keep us waiting.
      const late = new Promise<BootstrapAnswer>((give) => void setTimeout(give, SILENCE_MS, FAILED))
      const answer = await Promise.race([ports.renew(past), late])
      if (past.aborted) return
      if (answer.kind === 'refused') return refuse(answer.refusal)
      if (answer.kind === 'failed') {
        attempt.abort()
        deaf = 0
        return again(answer.retryAfterSeconds)
      }
      session = answer.session
    }
    let open: OpenRoomLine = openSocketLine
    if (detour !== undefined && detour < Date.now()) {
      detour = undefined
      deaf = MAX_DEAF - 1
    }
    if (detour !== undefined) {
      try {
        open = (await import('./http-line.ts')).openHttpLine
      } catch {
        detour = undefined
        return past.aborted ? undefined : again(0)
      }
      if (past.aborted) return
    }
    const { conversationId } = session
    line = open(
      { serverUrl: ports.serverUrl, session, WebSocket: ports.WebSocket },
      {
        onOpen() {
          isOpen = true
          steady = setTimeout(() => (failures = 0), STEADY_MS)
          beat = setInterval(probe, HEARTBEAT_MS)
          silence = setTimeout(cycle, SILENCE_MS)
          ports.onOpen(conversationId)
        },
        onText: heard,
        onEnd: ended,
      },
    )
  }

  function heard(text: string): void {
    clearTimeout(silence)
    silence = undefined
    // What arrives proves the network, whatever the browser believes of it.
    if (isOffline || !hasHeard) {
      hasHeard = true
      deaf = 0
      noteNetwork(true)
    }
    if (text !== PONG) ports.onText(text)
  }

  /** The connection is no more; whatever is under way for another is not wanted either. */
  function rest(): void {
    attempt.abort()
    clearTimeout(retry)
    retry = undefined
    line?.close()
    line = undefined
    isOpen = hasHeard = false
    clearTimeout(steady)
    clearInterval(beat)
    clearTimeout(silence)
    silence = undefined
  }

  function ended(code: number, retryAfterSeconds = 0): void {
    // A browser cannot read why an upgrade was refused; asking for a new session will tell.
    if (!isOpen || code === CLOSE_SESSION_EXPIRED) session = undefined
    // (A room that closes with a code of its own has been heard.)
    if (!hasHeard && code < 4_000 && ++deaf >= MAX_DEAF) {
      deaf = 0
      detour = detour === undefined ? Date.now() + DETOUR_MS : undefined
    }
    rest()
    if (code === CLOSE_SESSION_EXPIRED && failures === 0) {
      failures = 1
      return void connect()
    }
    if (code >= 4400 && code < 4500 && code !== CLOSE_SESSION_EXPIRED) return refuse(ports.explain(code))
    again(retryAfterSeconds)
  }

  /** Full jitter: many visitors lose one server at once, and must not return at once. */
  function again(atLeastSeconds: number): void {
    const cap = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failures)
    failures += 1
    clearTimeout(retry)
    retry = setTimeout(() => void connect(), Math.max(Math.random() * cap, atLeastSeconds * 1_000))
    showLine()
  }

  function refuse(refusal: Refusal): void {
    close()
    ports.onRefused(refusal)
  }

  /** Asks whether somebody is there; no answer means a dead line. */
  function probe(): void {
    if (!isOpen) return
    line?.send(PING)
    silence ??= setTimeout(cycle, SILENCE_MS)
  }

  function cycle(): void {
    if (isOpen) ended(1_006)
  }

  /** The network or the page came back: waiting any longer helps nobody. */
  function wake(): void {
    if (retry !== undefined) {
      clearTimeout(retry)
      void connect()
    } else probe()
  }

  function noteNetwork(isThere: boolean): void {
    isOffline = !isThere
    showLine()
  }

  function close(): void {
    closed.abort()
    rest()
  }

  const listen = { signal }
  addEventListener('offline', () => noteNetwork(false), listen)
  addEventListener('online', () => (noteNetwork(true), wake()), listen)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake(), listen)
  // A page that is put away keeps no connection, and may be brought back as it was.
  addEventListener('pagehide', rest, listen)
  addEventListener('pageshow', ({ persisted }) => persisted && void connect(), listen)
  showLine()
  void connect()

  return { send: (text) => isOpen && (line?.send(text) ?? false), cycle, close }
}

type Timer = ReturnType<typeof setTimeout> | undefined
