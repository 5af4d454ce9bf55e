/** Registers `<vibethink-twin>`, once however often this is loaded. The loader brings this on intent. */
import { register } from './register.ts'
import type { TwinElement } from './twin-element.ts'
import { warnOnce } from './warn-once.ts'

declare global {
  interface HTMLElementTagNameMap {
    'vibethink-twin': TwinElement
  }
}

register('vibethink-twin')

/** What a page may ask for by `window.VibeThinkTwin`. */
const VERBS = /^(open|close|toggle|send|stop|setContext|identify|logout|newConversation|destroy)$/

/** Shows the twin for the loader: for a person, or again as it was before a reload. */
export async function show(host: HTMLElement, again: boolean): Promise<void> {
  if (isTwin(host)) await (again ? host.resume() : host.open({ byPerson: true }))
}

/** (Also one of another copy of this script, which was registered first.) */
const isTwin = (host: HTMLElement): host is TwinElement => host.localName === 'vibethink-twin' && 'resume' in host

let before: Promise<unknown> = Promise.resolve()

/** Carries out what a page has put there, such as `['open']` or `['send', 'Hello']`, one after the other. */
export function obey(command: unknown): void {
  const [verb, ...rest]: unknown[] = Array.isArray(command) ? command : []
  before = before
    .then(() => {
      const twin = document.querySelector('vibethink-twin')
      if (typeof verb !== 'string' || !VERBS.test(verb)) throw new TypeError(`it does not understand "${String(verb)}"`)
      return twin && Reflect.apply(Reflect.get(twin, verb), twin, rest)
    })
    .catch((error: unknown) => warnOnce(String(error)))
}
