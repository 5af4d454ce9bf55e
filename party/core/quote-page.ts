/** What a page states about itself, as a block of data for a prompt: only names the deployment allows. Pure. */
import type { PageContext } from '../../schema/wire/frames.ts'
import { modelText } from './model-text.ts'

/** Line and paragraph separators too: a fact is one line. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu

/**
 * The facts between marks, or undefined where none may pass. The nonce is newer than the facts, and a value is a quoted
 * line of its own, so nothing inside ends the block. Facts that do not fit are left out whole.
 */
export function quotePage(
  page: PageContext,
  contextKeys: readonly string[],
  nonce: string,
  fits: (text: string) => boolean,
): string | undefined {
  const block = (facts: readonly string[]): string => [`<page-${nonce}>`, ...facts, `</page-${nonce}>`].join('\n')
  const facts = contextKeys
    .filter((name) => Object.hasOwn(page, name))
    .map((name): [string, string] => [name, modelText((page[name] ?? '').replace(CONTROLS, ' ')).trim()])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .reduce<readonly string[]>((kept, fact) => (fits(block([...kept, fact])) ? [...kept, fact] : kept), [])
  return facts.length > 0 ? block(facts) : undefined
}
