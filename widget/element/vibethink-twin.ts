/** Registers `<vibethink-twin>`, once however often this is loaded. The loader brings this on intent. */
import { TwinElement } from './twin-element.ts'

declare global {
  interface HTMLElementTagNameMap {
    'vibethink-twin': TwinElement
  }
}

if (!customElements.get('vibethink-twin')) customElements.define('vibethink-twin', TwinElement)

/** Shows the twin for the loader: for a person, or again as it was before a reload. */
export async function show(twin: HTMLElement, again: boolean): Promise<void> {
  if (twin instanceof TwinElement) await (again ? twin.resume() : twin.open({ byPerson: true }))
}

/** Carries out what a page has put into `window.VibeThinkTwin`, such as `['open']` or `['send', 'Hello']`. */
export function obey(command: unknown): void {
  const twin = document.querySelector('vibethink-twin')
  if (!twin || !Array.isArray(command)) return
  const [verb, text]: unknown[] = command
  if (verb === 'open') void twin.open()
  else if (verb === 'close') void twin.close()
  else if (verb === 'toggle') void twin.toggle()
  else if (verb === 'stop') void twin.stop()
  else if (verb === 'newConversation') void twin.newConversation()
  else if (verb === 'send' && typeof text === 'string') void twin.send(text)
}

export { TwinElement }
