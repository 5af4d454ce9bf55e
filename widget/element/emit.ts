import type { Happening } from './happenings.ts'

/** Tells the page: bubbles, and crosses shadow roots. False when the page has said no to what it may say no to. */
export function emit(host: EventTarget, { name, detail }: Happening): boolean {
  const cancelable = name === 'twin:before-send'
  return host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }))
}
