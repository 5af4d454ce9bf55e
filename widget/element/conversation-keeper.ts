/**
 * Holds the session of one element: opened by a person's act, closed when the element has really left the page, opened
 * again should it come back, and shown at most once a frame however fast the reply comes.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { initialState, type ConversationState } from '../session/conversation-state.ts'
import type { TwinSession } from '../session/twin-session.ts'

export interface Keeping {
  /** Makes the session; called at the first act. */
  readonly openSession: () => TwinSession
  /** At once, and once for each change. */
  readonly onChange: (before: ConversationState, after: ConversationState) => void
  /** Before an earlier conversation is seen: what it takes comes first. */
  readonly onBegin: () => Promise<unknown>
  /** Once a frame, with what is to be seen. */
  readonly onFrame: (seen: ConversationState) => void
}

/** So long an earlier conversation waits for what sets it. */
const PATIENCE_MS = 1_000

export class ConversationKeeper implements ReactiveController {
  /** The session, if somebody has acted. */
  session: TwinSession | undefined
  readonly #host: ReactiveControllerHost & Node
  readonly #keeping: Keeping
  #unsubscribe: (() => void) | undefined
  #latest: ConversationState = initialState
  #isAwaited = false
  /** The element left the page in the middle of a conversation. */
  #hasLeft = false

  constructor(host: ReactiveControllerHost & Node, keeping: Keeping) {
    this.#host = host
    this.#keeping = keeping
    host.addController(this)
  }

  /** The session, brought up if this is the first act. */
  act(): TwinSession {
    if (!this.session) {
      this.session = this.#keeping.openSession()
      this.#unsubscribe = this.session.subscribe((state) => this.#take(state))
      this.session.open()
      this.#take(this.session.state)
    }
    return this.session
  }

  /** Closes the session; the next act brings up another. */
  drop(): void {
    this.#unsubscribe?.()
    this.session?.close()
    this.session = undefined
    this.#hasLeft = false
    this.#take(initialState)
  }

  /** Forgets the visitor, also one of an earlier page. */
  forget(): void {
    this.session ??= this.#keeping.openSession()
    this.session.forget()
    this.drop()
  }

  hostConnected(): void {
    if (this.#hasLeft) this.act()
    this.#hasLeft = false
  }

  hostDisconnected(): void {
    // Moved within the page is not gone: frameworks take elements out and put them back in one breath.
    setTimeout(() => {
      if (this.#host.isConnected) return
      const wasTalking = this.session !== undefined
      this.drop()
      this.#hasLeft = wasTalking
    })
  }

  #take(state: ConversationState): void {
    const before = this.#latest
    if (state === before) return
    this.#latest = state
    this.#keeping.onChange(before, state)
    if (this.#isAwaited) return
    this.#isAwaited = true
    const show = (): void => {
      this.#isAwaited = false
      this.#keeping.onFrame(this.#latest)
    }
    // One message is the visitor's own, and stands at once.
    if (before.messages.length > 0 || state.messages.length < 2) requestAnimationFrame(show)
    else {
      setTimeout(show, PATIENCE_MS)
      this.#keeping.onBegin().then(show, show)
    }
  }
}
