/** What is typed in a field is nobody else's shortcut: neither the page's nor the panel's. */
import { isSendKey } from '../element/is-send-key.ts'

export interface FieldKeys {
  readonly onEnter?: (() => void) | undefined
  readonly onEscape: () => void
}

export function ownKeys({ onEnter, onEscape }: FieldKeys): (event: KeyboardEvent) => void {
  return (event) => {
    event.stopPropagation()
    const composing = event.isComposing || event.keyCode === 229
    if (event.key === 'Escape' && !composing) {
      event.preventDefault()
      onEscape()
    } else if (
      onEnter &&
      event.key === 'Enter' &&
      event.target instanceof HTMLElement &&
      event.target.matches('input, textarea')
    ) {
      if (isSendKey(event)) onEnter()
      // Safari would send a form of one line with the Enter that ends an input method's word.
      if (isSendKey(event) || (composing && event.target.matches('input'))) event.preventDefault()
    }
  }
}
