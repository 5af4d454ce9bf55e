/** Whoever prints before all earlier messages were made gets them all: the browser waits for what a listener sets going. */
import type { ToolsPorts } from '../element/tools-port.ts'

export function printWhole({ host, shown }: ToolsPorts): void {
  const made = (): number => host.shadowRoot?.querySelectorAll('[data-message]').length ?? 0

  /** Without a moment of rest: paper is drawn before the next task. */
  async function makeAll(): Promise<void> {
    for (let before = -1; made() > before && made() < shown().messages.length;) {
      before = made()
      host.requestUpdate('rest', null)
      await host.updateComplete
    }
    host.shadowRoot?.dispatchEvent(new Event('beforeprint')) // what was never looked at is on paper, too
  }

  let left: AbortController | undefined
  host.addController({
    hostConnected() {
      left = new AbortController()
      addEventListener('beforeprint', () => void makeAll(), left)
    },
    hostDisconnected: () => left?.abort(),
  })
}
