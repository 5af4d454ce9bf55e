/** Enter sends. Not with Shift, and not the Enter that ends an input method's word (Safari says so by 229 alone). */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229
}
