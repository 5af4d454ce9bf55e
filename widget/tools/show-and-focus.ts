import type { ReactiveControllerHost } from 'lit'

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

/** The button of one act of one message, to which the focus returns. */
export function actButton(messageId: string, act: string): string {
  return `[data-message="${CSS.escape(messageId)}"] [data-act=${act}]`
}
