/** Brings a language: one file beside the panel, once a page. */
import type { Locale } from '../../schema/wire/locales.ts'
import type { Words } from './words.ts'

/** `/assets/words-<hash>/`, put in by the build. Unbuilt, a language lies beside this file. */
declare const WORDS_PATH: string | undefined

const brought = new Map<Locale, Promise<Words>>()
let failures = 0

/** The words of a language; rejects when they cannot be fetched, and may then be asked again. */
export function loadWords(tag: Locale): Promise<Words> {
  const known = brought.get(tag)
  if (known) return known
  const coming = fetchWords(tag).catch((error) => {
    failures++
    brought.delete(tag)
    throw error
  })
  brought.set(tag, coming)
  return coming
}

async function fetchWords(tag: Locale): Promise<Words> {
  const here = import.meta.url
  const file =
    typeof WORDS_PATH === 'string'
      ? new URL(`${WORDS_PATH}${tag}.js`, here).href
      : here.replace(/[\w-]+(?=\.\w+(?:[?#]|$))/, tag)
  // A browser remembers that a module failed: the next attempt has another name.
  const module: { readonly default: Words } = await import(/* @vite-ignore */ failures ? `${file}?${failures}` : file)
  return module.default
}
