/** What the element may do with a conversation; `openTwinSession` makes one. */
import type { PageContext, Rating, RatingReason } from '../../schema/wire/frames.ts'
import type { ConversationState, ShownMessage } from './conversation-state.ts'

/** A conversation of this visitor as their browser remembers it; the words are the room's. */
export interface KeptConversation {
  /** Which of the visitor's conversations, from 0. */
  readonly number: number
  /** What the visitor called it, or the beginning of their first question; empty when nothing was said. */
  readonly title: string
  /** When something was last said, ISO 8601. */
  readonly at: string
  /** It is the one that is shown. */
  readonly current: boolean
}

/** Where the visitor's secret, list and outbox are kept: for good, for this tab, or not at all. */
export type Persistence = 'local' | 'session' | 'none'

export interface TwinSession {
  readonly state: ConversationState
  /** Calls back after every change, at most once a microtask; returns the way to stop listening. */
  subscribe(listener: (state: ConversationState) => void): () => void
  /** The person acted: brings up the session and the socket. Idempotent. */
  open(): void
  /** Puts a message into the outbox (survives a reload until acknowledged) and returns its id, its own if none is given. */
  send(text: string, messageId?: string): string
  /** Changes the visitor's last message; its reply is given anew. While it is being answered, this waits for the end. */
  edit(turnId: string, text: string): void
  /** Says what the visitor thinks of a reply; null takes it back. */
  rate(turnId: string, rating: Rating | null, reason?: RatingReason, comment?: string): void
  /** Tells whoever is there that the visitor is writing; says nothing to anybody otherwise. */
  typing(): void
  stop(): void
  retry(turnId: string): void
  loadOlder(): void
  /** Begins the visitor's next conversation. */
  startAnew(): void
  /**
   * The visitor's conversations, newest first. The list is brought when it is first asked for: until then it is the one
   * that is shown, and subscribers are told when the rest is there.
   */
  conversations(): readonly KeptConversation[]
  /** Shows another of them. */
  switchTo(number: number): void
  /** Gives it a name; an empty one brings back the beginning of the first question. */
  rename(number: number, title: string): void
  /** Erases it for good, in the room and in the archive; rejects when that could not be done. */
  delete(number: number): Promise<void>
  /**
   * Every message of the conversation that is shown, oldest first; rejects when not all could be fetched. What had to be
   * fetched is part of the state from then on.
   */
  everything(): Promise<readonly ShownMessage[]>
  /** Forgets this visitor here: secret, list, outbox and what was shown. */
  forget(): void
  /** Closes the socket and every listener; storage stays. */
  close(): void
}

export interface TwinSessionOptions {
  /** Origin of the Worker, such as `https://cdn.example`. */
  readonly serverUrl: string
  readonly deploymentId: string
  /** The page's proof of who is signed in, asked for at every new session. */
  readonly identity?: (() => Promise<string>) | undefined
  /** Version of the consent the visitor gave. */
  readonly consent?: string | undefined
  /** By default `local`. */
  readonly persist?: Persistence | undefined
  /** The page's context, sent along with each message. */
  readonly context?: (() => PageContext) | undefined
  /** Another socket class than the browser's, for pages that wrap it and for tests. */
  readonly WebSocket?: typeof WebSocket | undefined
}
