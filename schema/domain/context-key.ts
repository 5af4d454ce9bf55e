/** Names of page context: plain words, so that they can stand in a prompt and be nothing else there. */
import { MAX_CONTEXT_KEY_CHARS } from '../wire/limits.ts'

const CONTEXT_KEY = /^[A-Za-z][A-Za-z0-9_.-]*$/

export function isContextKey(text: string): boolean {
  return text.length <= MAX_CONTEXT_KEY_CHARS && CONTEXT_KEY.test(text)
}
