/**
 * How the package brings a language. The served panel makes an address and a hash of it; a bundler would not find the
 * files that way, so here each language is an import of its own, with its name written out.
 */
import { LOCALES } from '../../../schema/wire/locales.ts'

/** The module in the place of `widget/locales/load-words.ts`, with the same export. */
export function wordsSwitch(): string {
  const cases = LOCALES.map((locale) => `    case '${locale}': return import('./${locale}.js')`)
  return `/** Brings a language: one chunk, once a page. */
const brought = new Map()

/** The words of a language; rejects when they cannot be fetched, and may then be asked again. */
export function loadWords(tag) {
  const known = brought.get(tag)
  if (known) return known
  const coming = fetchWords(tag).then(
    (module) => module.default,
    (error) => {
      brought.delete(tag)
      throw error
    },
  )
  brought.set(tag, coming)
  return coming
}

async function fetchWords(tag) {
  switch (tag) {
${cases.join('\n')}
    default: throw new RangeError(\`\${tag} is no language of the element\`)
  }
}
`
}
