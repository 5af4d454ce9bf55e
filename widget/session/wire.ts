/**
 * Step 5: one live connection to the room, kept alive. Renews the session, reconnects with full jitter, wakes when the
 * network or the page returns, and finds a line dead that looks open. Knows frames only as text.
 *
 * partysocket carries one connection at a time; when the next is made is decided here. By itself it retries without
 * jitter, sleeps through `online`, hides the close code of a failed attempt (it reports 1000), and ignores `reconnect()`
 * while it waits. So it is told never to reconnect on its own and is started anew each time. Its core is enough: the rest
 * would build our one address, guess wss for `*.localhost`, and put an id into it.
 */
import PartySocket from 'partysocket/ws'
import { PING, PONG, SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../schema/wire/limits.ts'
import { CLOSE_SESSION_EXPIRED } from '../../schema/wire/problem.ts'
import type { BootstrapAnswer, Session } from './bootstrap.ts'
import type { Line, Refusal } from './conversation-state.ts'

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
/** Silence after a ping, or after opening, that means a dead line. */
const SILENCE_MS = 10_000
/** A connection that stood this long was a good one: the next loss starts with short delays again. */
const STEADY_MS = 5_000
const FIRST_DELAY_MS = 1_000
const MAX_DELAY_MS = 30_000

/** Brings up the connection and keeps it up until it is refused or closed. */
export function openWire(ports: WirePorts): Wire {
  const closed = new AbortController()
  const { signal } = closed
  const rooms = `${ports.serverUrl.replace(/^http/, 'ws')}/parties/twin-room/`
  let session: Session | undefined
  let socket: PartySocket | undefined
  let socketRoom: string | undefined
  let isOpen = false
  let isOffline = typeof navigator !== 'undefined' && navigator.onLine === false
  let failures = 0
  let retry: Timer
  let steady: Timer
  let beat: Timer
  let silence: Timer

  const showLine = (): void => {
    if (!signal.aborted)
      ports.onLine(isOffline ? 'offline' : isOpen ? 'open' : failures > 0 ? 'reconnecting' : 'connecting')
  }

  async function attempt(): Promise<void> {
    retry = undefined
    if (!session || session.goodUntil < Date.now()) {
      session = undefined
      const answer = await ports.renew(signal)
      if (signal.aborted) return
      if (answer.kind === 'refused') return refuse(answer.refusal)
      if (answer.kind === 'failed') return again(answer.retryAfterSeconds)
      session = answer.session
    }
    if (socket && socketRoom !== session.conversationId) socket = drop(socket)
    socket ??= socketTo((socketRoom = session.conversationId))
    socket.reconnect()
  }

  function socketTo(room: string): PartySocket {
    // Asked for at each connection: the session may be another by then.
    const protocols = async (): Promise<string[]> => [SUBPROTOCOL, SESSION_SUBPROTOCOL_PREFIX + (session?.token ?? '')]
    const made = new PartySocket(rooms + room, protocols, {
      startClosed: true,
      // Its queue would be flushed before `hello`; what must not be lost is in the outbox.
      maxEnqueuedMessages: 0,
      connectionTimeout: SILENCE_MS,
      shouldReconnectOnClose: () => false,
      ...(ports.WebSocket && { WebSocket: ports.WebSocket }),
    })
    made.onopen = () => {
      isOpen = true
      steady = setTimeout(() => (failures = 0), STEADY_MS)
      beat = setInterval(probe, HEARTBEAT_MS)
      silence = setTimeout(cycle, SILENCE_MS)
      ports.onOpen(room)
      showLine()
    }
    made.onmessage = ({ data }) => {
      clearTimeout(silence)
      silence = undefined
      // What arrives proves the network, whatever the browser believes of it.
      if (isOffline) noteNetwork(true)
      if (typeof data === 'string' && data !== PONG) ports.onText(data)
    }
    made.onclose = ({ code }) => ended(code)
    // A socket that could not even be made closes nothing, and partysocket would go on alone.
    made.onerror = () => {
      if (isOpen || retry !== undefined) return
      made.close()
      if (retry === undefined) ended(1_006)
    }
    return made
  }

  function drop(old: PartySocket): undefined {
    old.onopen = old.onmessage = old.onclose = old.onerror = null
    old.close()
    rest()
  }

  function rest(): void {
    isOpen = false
    clearTimeout(steady)
    clearInterval(beat)
    clearTimeout(silence)
    silence = undefined
  }

  function ended(code: number): void {
    if (signal.aborted) return
    // A browser cannot read why an upgrade was refused; asking for a new session will tell.
    if (!isOpen || code === CLOSE_SESSION_EXPIRED) session = undefined
    rest()
    if (code === CLOSE_SESSION_EXPIRED && failures === 0) {
      failures = 1
      return void attempt()
    }
    if (code >= 4400 && code < 4500 && code !== CLOSE_SESSION_EXPIRED) return refuse(ports.explain(code))
    again(0)
  }

  /** Full jitter: many visitors lose one server at once, and must not return at once. */
  function again(atLeastSeconds: number): void {
    const cap = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failures)
    failures += 1
    clearTimeout(retry)
    retry = setTimeout(() => void attempt(), Math.max(Math.random() * cap, atLeastSeconds * 1_000))
    showLine()
  }

  function refuse(refusal: Refusal): void {
    close()
    ports.onRefused(refusal)
  }

  /** Asks whether somebody is there; no answer means a dead line. */
  function probe(): void {
    if (!isOpen) return
    socket?.send(PING)
    silence ??= setTimeout(cycle, SILENCE_MS)
  }

  function cycle(): void {
    if (!isOpen) return
    socket?.close()
    // partysocket says nothing about a connection that is already closing.
    if (isOpen) ended(1_006)
  }

  /** The network or the page came back: waiting any longer helps nobody. */
  function wake(): void {
    if (retry !== undefined) {
      clearTimeout(retry)
      void attempt()
    } else probe()
  }

  function noteNetwork(isThere: boolean): void {
    isOffline = !isThere
    showLine()
  }

  function close(): void {
    closed.abort()
    clearTimeout(retry)
    if (socket) socket = drop(socket)
  }

  const listen = { signal }
  addEventListener('offline', () => noteNetwork(false), listen)
  addEventListener('online', () => (noteNetwork(true), wake()), listen)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake(), listen)
  showLine()
  void attempt()

  return { send: (text) => isOpen && (socket?.send(text) ?? false), cycle, close }
}

type Timer = ReturnType<typeof setTimeout> | undefined
