/** `text-contents`: a page's own words for ours, as JSON. Comes only to a page that has some. */
import { LOCKED_WORDS, type Plural, type WordKey, type Words } from '../locales/words.ts'
import type { OwnWords } from './speech.ts'
import { warnOnce } from './warn-once.ts'

/** What of it can be said: known words, texts or plural forms, and never those that say this is an AI, or a person's yes and no. */
export function ownWords(json: string, words: Words): OwnWords {
  const own: { [Key in WordKey]?: string | Plural } = {}
  for (const [key, value] of Object.entries(fieldsOf(json))) {
    const form = formOf(value)
    if (!isKey(key, words)) warnOnce(`text-contents: "${key}" is no word of it`)
    else if (LOCKED_WORDS.includes(key))
      warnOnce(`text-contents: "${key}" is not for a page to say, and stays as it is`)
    else if (form === undefined) warnOnce(`text-contents: "${key}" is neither a text nor plural forms with "other"`)
    else own[key] = form
  }
  return own
}

function fieldsOf(json: string): object {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Said below.
  }
  warnOnce('text-contents is no JSON object of words')
  return {}
}

function formOf(value: unknown): string | Plural | undefined {
  if (typeof value === 'string') return value
  const { other, ...more }: Record<string, unknown> = { ...Object(value) }
  if (typeof other !== 'string') return undefined
  const { zero, one, two, few, many } = more
  return {
    other,
    ...(typeof zero === 'string' && { zero }),
    ...(typeof one === 'string' && { one }),
    ...(typeof two === 'string' && { two }),
    ...(typeof few === 'string' && { few }),
    ...(typeof many === 'string' && { many }),
  }
}

const isKey = (key: string, words: Words): key is WordKey => Object.hasOwn(words, key)
