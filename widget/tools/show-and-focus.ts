import type { ReactiveControllerHost } from 'lit'

/** Room for a ring of focus. */
const MARGIN_PX = 8

/** Shows what has changed, then takes the focus to the first of these that is there. */
export async function showAndFocus(
  host: ReactiveControllerHost & HTMLElement,
  ...places: readonly string[]
): Promise<void> {
  host.requestUpdate()
  await host.updateComplete
  for (const place of places) {
    const found = host.shadowRoot?.querySelector<HTMLElement>(place)
    if (!found) continue
    found.focus()
    if (found instanceof HTMLTextAreaElement) found.setSelectionRange(found.value.length, found.value.length)
    if (found instanceof HTMLInputElement) found.select()
    return
  }
}

/** Brings what has just opened into view, once a log that follows its newest line has done so. Moves the log alone. */
export async function showWhole(host: ReactiveControllerHost & HTMLElement, place: string): Promise<void> {
  await host.updateComplete
  for (let frames = 0; frames < 2; frames++) await new Promise((done) => requestAnimationFrame(done))
  const opened = host.shadowRoot?.querySelector(place)
  const log = opened?.closest('.log')
  if (!opened || !log) return
  const [box, view] = [opened.getBoundingClientRect(), log.getBoundingClientRect()]
  const above = box.top - view.top - MARGIN_PX
  const below = box.bottom - view.bottom + MARGIN_PX
  if (above < 0) log.scrollTop += above
  else if (below > 0) log.scrollTop += Math.min(above, below)
}

/** The button of one act of one message, to which the focus returns. */
export function actButton(messageId: string, act: string): string {
  return `[data-message="${CSS.escape(messageId)}"] [data-act=${act}]`
}
