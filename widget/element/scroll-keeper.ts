/**
 * Keeps the newest line in view while the reader is there, and leaves the reader alone everywhere else. Following the
 * growth of a reply is left to a ResizeObserver: it runs after layout, so no frame pays for two.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit'

const NEAR_END = 40
const NEAR_START = 160
/** As far as it goes, without asking how far. */
const FAR = 1e9

export class ScrollKeeper implements ReactiveController {
  /** The newest line is in view and followed. */
  atEnd = true
  readonly #host: ReactiveControllerHost
  readonly #onStart: () => void
  readonly #onMove: (atEnd: boolean) => void
  readonly #grown = new ResizeObserver(() => this.#keep())
  #log: HTMLElement | undefined
  #top = 0
  #first: Element | null = null
  #fromEnd = 0

  /** `onStart`: the reader came near the oldest message shown. `onMove`: they left the newest line, or are there again. */
  constructor(host: ReactiveControllerHost, onStart: () => void, onMove: (atEnd: boolean) => void) {
    this.#host = host
    this.#onStart = onStart
    this.#onMove = onMove
    host.addController(this)
  }

  /** Watches a log whose one child holds all that grows. */
  watch(log: HTMLElement): void {
    if (log === this.#log) return
    this.#grown.disconnect()
    this.#log = log
    this.#grown.observe(log)
    if (log.firstElementChild) this.#grown.observe(log.firstElementChild)
    log.addEventListener('scroll', () => this.settle(), { passive: true })
  }

  /** Moved within the page, the element has lost its place and its watch. */
  hostConnected(): void {
    this.#host.requestUpdate()
  }

  hostUpdate(): void {
    if (this.#log && !this.atEnd) this.#fromEnd = this.#log.scrollHeight - this.#log.scrollTop
  }

  hostUpdated(): void {
    const [log, before] = [this.#log, this.#first]
    this.#first = log?.querySelector('[data-message]') ?? null
    if (!log || !before || before === this.#first || !log.contains(before)) return
    // Older messages came in above: what is being read stays where it is.
    if (this.atEnd) this.#keep()
    else log.scrollTop = log.scrollHeight - this.#fromEnd
  }

  hostDisconnected(): void {
    this.#grown.disconnect()
    this.#log = undefined
  }

  /** Goes to the newest line and follows it again, from the next frame on: nothing is measured before it. */
  toEnd(smoothly = false): void {
    this.#setAtEnd(true)
    requestAnimationFrame(() => {
      if (smoothly && !matchMedia('(prefers-reduced-motion: reduce)').matches)
        this.#log?.scrollTo({ top: FAR, behavior: 'smooth' })
      else this.#keep()
    })
  }

  #keep(): void {
    // A first meeting is read from its first line.
    if (!this.#log || !this.#first || !this.atEnd) return
    this.#log.scrollTop = FAR
    // A log that has become shorter stands higher than it did, and its reader has not moved.
    this.#top = this.#log.scrollTop
  }

  /** Settles where the reader is: also before something is put above them, when the log has not told yet. */
  settle(): void {
    if (!this.#log) return
    const { scrollTop, scrollHeight, clientHeight } = this.#log
    const left = scrollHeight - scrollTop - clientHeight
    const wentUp = scrollTop < this.#top - 1
    this.#top = scrollTop
    if (wentUp && left > 4) this.#setAtEnd(false)
    else if (left < NEAR_END) this.#setAtEnd(true)
    if (wentUp && scrollTop < NEAR_START) this.#onStart()
  }

  #setAtEnd(atEnd: boolean): void {
    if (atEnd === this.atEnd) return
    this.atEnd = atEnd
    this.#onMove(atEnd)
  }
}
