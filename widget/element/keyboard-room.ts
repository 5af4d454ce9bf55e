/**
 * On a phone the keyboard covers the page without resizing it: gives the sheet the height and offset that are really
 * to be seen. A page that is zoomed in is left alone. Comes only to where fingers type.
 */

/** Watches until `left`. */
export function keepAboveKeyboard(panel: () => HTMLElement | null, left: AbortSignal): void {
  const seen = globalThis.visualViewport
  const fit = (): void => {
    if (!seen) return
    const covered = seen.scale === 1 && innerHeight - seen.height > 80
    const { style } = panel() ?? {}
    style?.setProperty('--_height', covered ? `${seen.height}px` : '100dvh')
    style?.setProperty('--_top', covered ? `${seen.offsetTop}px` : '0px')
  }
  for (const change of ['resize', 'scroll']) seen?.addEventListener(change, fit, { signal: left })
}
