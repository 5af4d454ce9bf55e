/** A websocket as a line of the room. What it remembers is kept with the socket, which outlives a room's sleep. */
import type { Connection } from 'partyserver'
import { CLOSE_TOO_SLOW } from '../../schema/wire/problem.ts'
import type { LineHolder } from '../core/line-holder.ts'
import type { PacedListener } from './connections.ts'
import { FRESH, pacedLine, type Pace } from './paced-line.ts'

export interface SocketState {
  readonly holder: LineHolder
  readonly greeted: boolean
  /** Epoch milliseconds. */
  readonly openedAt: number
  readonly pace: Pace
}

export type TwinConnection = Connection<SocketState>

/** What a socket's listener asks of its room. */
export interface LineHost {
  now(): number
  /** A line was asked for a mark. */
  asked(): void
  /** Epoch milliseconds of the last ping that the runtime answered for the room; null before the first. */
  pingedAt(connection: TwinConnection): number | null
}

/** One listener a socket and wake: whoever is greeted, counted and forgotten must be the same. */
const listeners = new WeakMap<TwinConnection, PacedListener>()

/** What is kept with a socket that was let in. */
export function openedSocket(holder: LineHolder, now: number): SocketState {
  return { holder, greeted: false, openedAt: now, pace: FRESH }
}

/** The listener of a socket whose holder is known; undefined for one that was never let in. */
export function socketListener(connection: TwinConnection, host: LineHost): PacedListener | undefined {
  const known = listeners.get(connection)
  const state = connection.state
  if (known || !state) return known
  const made = listen(connection, state, host)
  listeners.set(connection, made)
  return made
}

function listen(connection: TwinConnection, first: SocketState, host: LineHost): PacedListener {
  const { holder, openedAt } = first
  let state = first
  let heardAt = openedAt

  function keep(change: Partial<SocketState>): void {
    state = { ...state, ...change }
    connection.setState(state)
  }

  function write(frame: string): boolean {
    try {
      connection.send(frame)
      return true
    } catch {
      return false // closing
    }
  }

  function drop(): void {
    connection.close(CLOSE_TOO_SLOW, 'too_slow')
  }

  const line = pacedLine({
    pace: first.pace,
    write,
    keep: (pace) => keep({ pace }),
    now: () => host.now(),
    asked: () => host.asked(),
    drop,
  })
  // What this line was owed slept away with the room: it comes back, and asks again for what was not acknowledged.
  if (first.pace.asked?.owes) drop()

  return {
    id: connection.id,
    holder,
    get isGreeted() {
      return state.greeted
    },
    get isOpen() {
      return connection.readyState === WebSocket.OPEN
    },
    get askedAt() {
      return line.askedAt()
    },
    get heardAt() {
      return Math.max(heardAt, host.pingedAt(connection) ?? 0)
    },
    heard() {
      heardAt = host.now()
    },
    begin: (opening, missed) => line.begin(opening, missed),
    hear: (frame) => line.hear(frame),
    send: (frame) => line.send(frame),
    confirm: (seq, missedAfter) => line.confirm(seq, missedAfter),
    greet: () => keep({ greeted: true }),
    drop,
    end({ closeCode, code }, frame) {
      write(frame)
      connection.close(closeCode, code)
    },
  }
}
