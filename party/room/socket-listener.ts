/** A websocket as a line of the room. What it remembers is kept with the socket, which outlives a room's sleep. */
import type { Connection } from 'partyserver'
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import type { Listener } from './connections.ts'

export interface SocketState {
  readonly claims: ConnectionClaims
  readonly greeted: boolean
}

export type TwinConnection = Connection<SocketState>

/** One listener a socket and wake: whoever is greeted, counted and forgotten must be the same. */
const listeners = new WeakMap<TwinConnection, Listener>()

/** The listener of a socket whose claims are known; undefined for one that was never let in. */
export function socketListener(connection: TwinConnection): Listener | undefined {
  const known = listeners.get(connection)
  const state = connection.state
  if (known || !state) return known
  const made = listen(connection, state)
  listeners.set(connection, made)
  return made
}

function listen(connection: TwinConnection, { claims, greeted }: SocketState): Listener {
  let isGreeted = greeted

  function send(frame: string): boolean {
    try {
      connection.send(frame)
      return true
    } catch {
      return false // closing
    }
  }

  return {
    id: connection.id,
    claims,
    get isGreeted() {
      return isGreeted
    },
    get isOpen() {
      return connection.readyState === WebSocket.OPEN
    },
    send,
    greet() {
      connection.setState({ claims, greeted: true })
      isGreeted = true
    },
    end({ closeCode, code }, frame) {
      send(frame)
      connection.close(closeCode, code)
    },
  }
}
