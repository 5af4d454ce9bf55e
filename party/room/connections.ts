/** The sockets of a room: who they are, which have said hello, how fast they may be. Knows no conversation. */
import type { Connection } from 'partyserver'
import type { ConnectionClaims } from '../../schema/domain/claims.ts'
import type { ErrorFrame } from '../../schema/wire/frames.ts'
import { takeToken, type Bucket, type Rate } from '../core/token-bucket.ts'

/** Kept with the socket, so that it survives hibernation. */
export interface SocketState {
  readonly claims: ConnectionClaims
  readonly greeted: boolean
}

export type TwinConnection = Connection<SocketState>

const FRAME_RATE: Rate = { burst: 40, perSecond: 20 }
/** A room's, not a socket's: more tabs or new sockets make nobody faster. */
const MESSAGE_RATE: Rate = { burst: 8, perSecond: 0.5 }

export interface Connections {
  greet(connection: TwinConnection, claims: ConnectionClaims): void
  forget(connection: TwinConnection): void
  send(connection: TwinConnection, frame: string): void
  sendError(connection: TwinConnection, error: Omit<ErrorFrame, 'type'>): void
  /** To everybody who has said hello. */
  broadcast(frames: readonly string[]): void
  /** Seconds to wait, 0 when the frame may pass. */
  frameWaitSeconds(connection: TwinConnection, now: number): number
  messageWaitSeconds(now: number): number
}

/** The connections of a room that just woke: hibernated sockets that were greeted still are. */
export function roomConnections(awake: Iterable<TwinConnection>): Connections {
  const greeted = new Set<TwinConnection>()
  const buckets = new Map<string, Bucket>() // refilled by the sleep of a room, which takes longer than refilling
  let messages: Bucket | undefined
  for (const connection of awake) if (connection.state?.greeted) greeted.add(connection)

  function send(connection: TwinConnection, frame: string): void {
    try {
      connection.send(frame)
    } catch {
      greeted.delete(connection) // closing; what it misses is replayed when it returns
    }
  }

  return {
    greet(connection, claims) {
      connection.setState({ claims, greeted: true })
      greeted.add(connection)
    },
    forget(connection) {
      greeted.delete(connection)
      buckets.delete(connection.id)
    },
    send,
    sendError(connection, error) {
      send(connection, JSON.stringify({ type: 'error', ...error } satisfies ErrorFrame))
    },
    broadcast(frames) {
      for (const frame of frames) for (const connection of greeted) send(connection, frame)
    },
    frameWaitSeconds(connection, now) {
      const { bucket, retryAfterSeconds } = takeToken(buckets.get(connection.id), FRAME_RATE, now)
      buckets.set(connection.id, bucket)
      return retryAfterSeconds
    },
    messageWaitSeconds(now) {
      const { bucket, retryAfterSeconds } = takeToken(messages, MESSAGE_RATE, now)
      messages = bucket
      return retryAfterSeconds
    },
  }
}
