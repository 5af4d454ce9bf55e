/** What the element may do with a conversation; `openTwinSession` makes one. */
import type { ConversationState } from './conversation-state.ts'

export interface TwinSession {
  readonly state: ConversationState
  /** Calls back after every change, at most once a microtask; returns the way to stop listening. */
  subscribe(listener: (state: ConversationState) => void): () => void
  /** The person acted: brings up the session and the socket. Idempotent. */
  open(): void
  /** Puts a message into the outbox (survives a reload until acknowledged) and returns its id. */
  send(text: string): string
  stop(): void
  retry(turnId: string): void
  loadOlder(): void
  /** Begins the visitor's next conversation. */
  startAnew(): void
  /** Closes the socket and every listener; storage stays. */
  close(): void
}

export interface TwinSessionOptions {
  /** Origin of the Worker, such as `https://cdn.example`. */
  readonly serverUrl: string
  readonly deploymentId: string
  /** Another socket class than the browser's, for pages that wrap it and for tests. */
  readonly WebSocket?: typeof WebSocket | undefined
}
