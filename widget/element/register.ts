/** Gives the element its name on this page, once: a second copy of the script finds it taken, and steps back. */
import { TwinElement } from './twin-element.ts'
import { warnOnce } from './warn-once.ts'

export function register(tag: string): void {
  const known = customElements.get(tag)
  if (known === TwinElement) return
  if (known) return warnOnce(`<${tag}> came twice, from two scripts: the first one speaks`)
  try {
    customElements.define(tag, TwinElement)
  } catch {
    // Somebody has put a wrapper around it that fails; the browser's own is still there.
    CustomElementRegistry.prototype.define.call(customElements, tag, TwinElement)
  }
}
