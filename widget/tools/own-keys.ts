/** What is typed in a field is nobody else's shortcut: neither the page's nor the panel's. */
import { isSendKey } from '../element/is-send-key.ts'

export interface FieldKeys {
  readonly onEnter?: (() => void) | undefined
  readonly onEscape: () => void
}

export function ownKeys({ onEnter, onEscape }: FieldKeys): (event: KeyboardEvent) => void {
  return (event) => {
    event.stopPropagation()
    const { key, target } = event
    const composing = event.isComposing || event.keyCode === 229
    if (key === 'Escape' && !composing) {
      event.preventDefault()
      onEscape()
    }
    if (key !== 'Enter' || !(target instanceof HTMLElement)) return
    // Safari would send a form of one line with the Enter that ends an input method's word.
    if (composing && target.matches('input')) event.preventDefault()
    if (onEnter && isSendKey(event) && target.matches('textarea')) {
      event.preventDefault()
      onEnter()
    }
  }
}
