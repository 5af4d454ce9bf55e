/** A way to a room: one connection that opens once and ends once. A websocket is one, and so is a stream beside posts. */
import type { Session } from './bootstrap.ts'

export interface RoomLine {
  /** False when the connection is not open any more. */
  send(text: string): boolean
  /** Ends it without a word to the ports. */
  close(): void
}

export interface RoomLinePorts {
  onOpen(): void
  onText(text: string): void
  /** With a websocket's close code, also where there is no websocket. Nothing follows it. */
  onEnd(code: number, retryAfterSeconds?: number): void
}

/** Connects to a session's room, and calls no port before it has returned. */
export type OpenRoomLine = (
  way: { readonly serverUrl: string; readonly session: Session; readonly WebSocket: typeof WebSocket | undefined },
  ports: RoomLinePorts,
) => RoomLine

/** Silence after a ping, or an attempt to connect, that means a dead line. */
export const SILENCE_MS = 10_000
