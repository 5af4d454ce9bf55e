/**
 * A visitor who insists: sends again what was not acknowledged, comes back when the line breaks with the last number seen,
 * and keeps a ledger of all of it. The harness breaks the line; the visitor only sees that it is broken.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { SESSION_SUBPROTOCOL_PREFIX, SUBPROTOCOL } from '../../../schema/wire/limits.ts'
import type { ClientFrame } from '../../../schema/wire/frames.ts'
import { newVisitorSecret, requestSession } from '../../wire/request-session.ts'
import type { Session } from '../../wire/request-session.ts'
import type { Chance } from './chance.ts'
import { openFrameSocket } from './frame-socket.ts'
import type { FrameSocket } from './frame-socket.ts'
import type { HeardFrame } from './hear-frame.ts'
import { openLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { writeOrder } from './order.ts'
import type { Order } from './order.ts'
import type { Tally } from './tally.ts'

export interface VisitorOptions {
  readonly name: string
  readonly tally: Tally
  readonly chance: Chance
  /** Where sessions are had; always the Worker itself. */
  readonly workerPort: number
  /** Where sockets go: the Worker, or a network in front of it. */
  readonly linePort: number
  readonly origin: string
  readonly deploymentId: string
  /** Set: a further tab of somebody who is here already. */
  readonly sameAs?: Visitor
  /** Messages that stand in the conversation already. */
  readonly placesBefore?: number
  /** Comes, or leaves. */
  readonly here?: (visitor: Visitor, isHere: boolean) => void
  /** The line was back and everything missed had come; milliseconds of the steady clock. */
  readonly caughtUp?: (brokenAt: number, now: number) => void
}

export interface Visitor {
  readonly secret: string
  readonly ledger: Ledger
  readonly conversationId: string
  /** The open line, once the room has welcomed and everything missed has come. */
  readonly line: FrameSocket | undefined
  /** One that still lasts a while. */
  session(): Promise<Session>
  /** Opens a line and keeps having one. Resolves once caught up. */
  come(): Promise<void>
  /** Ends the line and stays away. */
  leave(): void
  /** The visitor holds the line for dead, as after pings without an answer. */
  giveUp(): void
  /** Sends it now or with the next line, until it is acknowledged. */
  ask(order: Order): string
  say(frame: ClientFrame): void
  /** May the room take another message by now, as the visitor counts? */
  mayAsk(): boolean
  /** Resolves with whether it came to hold in time. */
  until(holds: () => boolean, withinMs: number): Promise<boolean>
}

/** Somewhat under the room's own rate, so that few messages are refused. */
const ASK_EVERY_MS = 2_050
const SESSION_FRESH_MS = 7 * 60_000
const SESSION_TRIES = 5
const COME_PATIENCE_MS = 60_000
const DEAD_LINE_MS = 10_000
/** Whoever waits for so many answers asks nothing more: a queue that grows proves nothing. */
const MAX_WAITING = 2

export async function newVisitor(options: VisitorOptions): Promise<Visitor> {
  const { name, tally, chance, workerPort, linePort, origin, deploymentId, sameAs } = options
  const secret = sameAs?.secret ?? newVisitorSecret()
  const ledger = openLedger(name, tally, options.placesBefore ?? sameAs?.ledger.placesBefore)
  const waiters = new Set<() => void>()
  let session: Session = await newSession()
  let sessionAt = performance.now()
  let staying = false
  let line: FrameSocket | undefined
  let attempt: { kill(): void } | undefined
  let brokenAt: number | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let failures = 0
  let generation = 0

  function waiting(): number {
    const isWaiting = (turnId: string | undefined): boolean => ledger.turns.get(turnId ?? '')?.outcome === undefined
    return Array.from(ledger.sent.values()).filter(({ turnId, refused }) => !refused && isWaiting(turnId)).length
  }

  function changed(): void {
    for (const look of Array.from(waiters)) look()
  }

  async function renew(): Promise<Session> {
    if (performance.now() - sessionAt < SESSION_FRESH_MS) return session
    session = await newSession()
    sessionAt = performance.now()
    return session
  }

  /** A machine under load may be late with the first answer. */
  async function newSession(tries = SESSION_TRIES): Promise<Session> {
    try {
      return await requestSession({ port: workerPort, origin, deploymentId, visitorSecret: secret })
    } catch (failure) {
      if (tries === 1) throw failure
      tally.refused('session')
      await pause(500)
      return newSession(tries - 1)
    }
  }

  function comeBack(): void {
    if (!staying) return
    const mine = (generation += 1)
    const waitMs = Math.min(250, failures === 0 ? 0 : 20 * 2 ** Math.min(4, failures)) * (0.5 + chance.next() / 2)
    failures += 1
    pause(waitMs)
      .then(renew)
      .then(() => {
        if (staying && mine === generation) open(mine)
      })
      .catch(() => comeBack())
  }

  function open(mine: number): void {
    let target = Number.POSITIVE_INFINITY
    let socket: FrameSocket | undefined
    const isMine = (): boolean => mine === generation
    const dead = setTimeout(() => attempt?.kill(), DEAD_LINE_MS)

    const arrived = (): void => {
      if (line || !socket || ledger.last < target) return
      clearTimeout(dead)
      line = socket
      failures = 0
      const now = performance.now()
      if (brokenAt !== undefined) options.caughtUp?.(brokenAt, now)
      brokenAt = undefined
      for (const { messageId, text, turnId, refused } of ledger.sent.values())
        if (turnId === undefined && !refused) transmit({ type: 'message-send', messageId, text })
    }

    attempt = openFrameSocket({
      port: linePort,
      path: `/parties/twin-room/${session.conversationId}`,
      protocols: [SUBPROTOCOL, `${SESSION_SUBPROTOCOL_PREFIX}${session.token}`],
      origin,
      open(opened) {
        socket = opened
        opened.send(JSON.stringify({ type: 'hello', after: ledger.last } satisfies ClientFrame))
      },
      text(raw) {
        if (!isMine()) return
        const frame = ledger.hear(raw)
        if (!frame) return
        if (frame.type === 'welcome') {
          if (frame.fields['resumed'] !== true || frame.seq < ledger.last)
            tally.wrong('lost', `${name}: the room knows ${frame.seq} frames of ${ledger.last}`)
          target = frame.seq
        }
        if (frame.type === 'mark') opened(socket, { type: 'mark', seq: frame.seq })
        if (frame.type === 'error') refused(frame)
        arrived()
        changed()
      },
      closed(code) {
        clearTimeout(dead)
        if (!isMine()) return
        if (code !== 0 && code !== 1000 && code !== 1002) tally.refused(`closed ${code}`)
        if (code === 4401 || code === 401) sessionAt = Number.NEGATIVE_INFINITY
        broken()
        changed()
        comeBack()
      },
    })
  }

  function broken(): void {
    line = undefined
    brokenAt ??= performance.now()
  }

  function refused(frame: HeardFrame): void {
    tally.refused(String(frame.fields['code']))
    const mine = ledger.sent.get(String(frame.fields['messageId']))
    const waitSeconds = Number(frame.fields['retryAfterSeconds'] ?? 1)
    if (!mine || mine.refused) return
    setTimeout(() => {
      const { messageId, text } = mine
      if (mine.turnId === undefined) transmit({ type: 'message-send', messageId, text })
    }, waitSeconds * 1000)
  }

  function transmit(frame: ClientFrame): void {
    opened(line, frame)
  }

  function until(holds: () => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (holds()) settle(true)
      }
      const settle = (result: boolean): void => {
        clearTimeout(patience)
        waiters.delete(look)
        resolve(result)
      }
      const patience = setTimeout(() => settle(holds()), withinMs)
      waiters.add(look)
      look()
    })
  }

  const visitor: Visitor = {
    secret,
    ledger,
    conversationId: session.conversationId,
    session: renew,
    get line() {
      return line
    },
    async come() {
      staying = true
      options.here?.(visitor, true)
      failures = 0
      comeBack()
      if (!(await until(() => line !== undefined, COME_PATIENCE_MS))) tally.wrong('lost', `${name} found no way in`)
    },
    leave() {
      staying = false
      options.here?.(visitor, false)
      generation += 1
      line = undefined
      brokenAt = undefined
      attempt?.kill()
    },
    giveUp() {
      generation += 1
      broken()
      attempt?.kill()
      comeBack()
    },
    ask(order) {
      const messageId = crypto.randomUUID()
      const { text } = ledger.send(messageId, order, writeOrder(order))
      askedAt = performance.now()
      transmit({ type: 'message-send', messageId, text })
      return messageId
    },
    say: transmit,
    mayAsk: () => performance.now() - askedAt > ASK_EVERY_MS && waiting() < MAX_WAITING,
    until,
  }
  return visitor
}

function opened(socket: FrameSocket | undefined, frame: ClientFrame): void {
  socket?.send(JSON.stringify(frame))
}
