/**
 * On a phone the keyboard covers the page without resizing it: gives the sheet the height and offset that are really
 * to be seen. A page that is zoomed in is left alone.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit'

export class KeyboardRoom implements ReactiveController {
  readonly #panel: () => HTMLElement | null
  #watch: AbortController | undefined

  constructor(host: ReactiveControllerHost, panel: () => HTMLElement | null) {
    this.#panel = panel
    host.addController(this)
  }

  hostConnected(): void {
    const seen = globalThis.visualViewport
    if (!seen) return
    this.#watch = new AbortController()
    const fit = (): void => {
      const panel = this.#panel()
      const covered = seen.scale === 1 && innerHeight - seen.height > 80
      panel?.style.setProperty('--_height', covered ? `${seen.height}px` : '100dvh')
      panel?.style.setProperty('--_top', covered ? `${seen.offsetTop}px` : '0px')
    }
    for (const change of ['resize', 'scroll']) seen.addEventListener(change, fit, { signal: this.#watch.signal })
  }

  hostDisconnected(): void {
    this.#watch?.abort()
  }
}
