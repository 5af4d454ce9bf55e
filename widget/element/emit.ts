import type { Happening } from './happenings.ts'

/** Tells the page: bubbles, and crosses shadow roots. */
export function emit(host: EventTarget, { name, detail }: Happening): void {
  host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }))
}
