import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { LEGAL_WORDS } from '../../edge/core/legal-words.ts'
import { LOCALES, type Locale } from '../../schema/wire/locales.ts'
import en from './en.ts'
import { LOCKED_WORDS } from './words.ts'

type Said = string | Readonly<Record<string, string>>
type AllSaid = Readonly<Record<string, Said>>

/** How each language says "artificial intelligence", as its readers know it. */
const AI: Readonly<Record<Locale, RegExp>> = {
  en: /\bAI\b/,
  es: /\bIA\b/,
  pt: /\bIA\b/,
  fr: /\bIA\b/,
  de: /\bKI-/,
  it: /\bIA\b/,
  nl: /\bAI-/,
  pl: /\bAI\b/,
  ru: /ИИ-/,
  uk: /ШІ-/,
  cs: /\bAI\b/,
  sv: /\bAI-/,
  da: /\bAI-/,
  nb: /\bKI-/,
  fi: /tekoäly/i,
  hu: /\bMI-/,
  ro: /\bIA\b/,
  el: /τεχνητής νοημοσύνης/,
  tr: /yapay zekâ/i,
  ar: /الذكاء الاصطناعي/,
  he: /בינה (?:ה?מלאכותית)/,
  fa: /هوش مصنوعی/,
  ur: /اے آئی/,
  hi: /AI/,
  id: /\bAI\b/,
  vi: /\bAI\b/,
  th: /AI/,
  ja: /AI/,
  ko: /AI/,
  zh: /AI/,
}

/** What a text is written with, where that is not Latin. */
const SCRIPTS: Readonly<Partial<Record<Locale, RegExp>>> = {
  ru: /\p{Script=Cyrillic}/u,
  uk: /\p{Script=Cyrillic}/u,
  el: /\p{Script=Greek}/u,
  he: /\p{Script=Hebrew}/u,
  ar: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  ur: /\p{Script=Arabic}/u,
  hi: /\p{Script=Devanagari}/u,
  th: /\p{Script=Thai}/u,
  ko: /\p{Script=Hangul}/u,
  zh: /\p{Script=Han}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
}

/** What really is the same word as in English. */
const SAME: Readonly<Partial<Record<Locale, readonly string[]>>> = {
  it: ['privacy'],
  nl: ['privacy'],
  da: ['send'],
  nb: ['send'],
}

/** Labels of buttons that stand beside each other on a phone. */
const BUTTONS =
  'retry change latest start_anew_short consent_yes consent_no copy submit save_and_ask cancel rename save delete export_text export_json dismiss'.split(
    ' ',
  )

const others = LOCALES.filter((locale) => locale !== 'en')
const english: AllSaid = en

describe('the words of the element', () => {
  it('are in exactly the languages we speak', async () => {
    const files = (await readdir(import.meta.dirname)).flatMap((name) => /^([a-z]{2,3})\.ts$/.exec(name)?.[1] ?? [])
    expect(files.toSorted()).toEqual([...LOCALES].toSorted())
  })

  it('lock only words that there are', () => {
    expect(Object.keys(english)).toEqual(expect.arrayContaining([...LOCKED_WORDS]))
  })

  describe.each(LOCALES)('in %s', (locale) => {
    it('are all there, and no others', async () => {
      expect(Object.keys(await wordsOf(locale)).toSorted()).toEqual(Object.keys(english).toSorted())
    })

    it('have the plural forms of the language where English has plural forms', async () => {
      const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted()
      for (const [key, said] of Object.entries(await wordsOf(locale))) {
        const forms = typeof said === 'string' ? [] : Object.keys(said).toSorted()
        expect({ [key]: forms }).toEqual({ [key]: typeof english[key] === 'string' ? [] : categories })
      }
    })

    it('hold the placeholders that are filled in, and no others', async () => {
      for (const [key, said] of Object.entries(await wordsOf(locale))) {
        const filled = placeholders(english[key] ?? '')
        for (const [category, text] of Object.entries(formsOf(said))) {
          const found = placeholders(text)
          const unknown = found.filter((name) => !filled.includes(name))
          const missing = filled.filter((name) => !found.includes(name))
          const spared = isOneNumber(locale, category) ? ['n'] : []
          expect({ key, category, unknown, missing: missing.filter((name) => !spared.includes(name)) }).toEqual({
            key,
            category,
            unknown: [],
            missing: [],
          })
        }
      }
    })

    it('are set as type is set: no stray blanks, no typewriter marks', async () => {
      for (const [key, text] of await texts(locale)) {
        expect({ key, text }).toEqual({ key, text: text.trim() })
        expect({ key, text }).not.toMatchObject({ text: expect.stringMatching(/\.\.\.|['"`]| {2}|[<>&\\]|\p{Cc}/u) })
        if (locale === 'fr')
          expect({ key, text }).not.toMatchObject({ text: expect.stringMatching(/(?:^|[\w ])[?!:;]/) })
      }
    })

    it('say in the locked words, the disclosure and the invitation that this is an AI', async () => {
      const words = await wordsOf(locale)
      const legal = LEGAL_WORDS[locale]
      for (const text of [words['ai_twin_of'], words['message_to'], legal?.disclosure, legal?.invitation]) {
        expect(text).toMatch(AI[locale])
      }
    })

    it('fit the buttons they stand on', async () => {
      const words = await wordsOf(locale)
      for (const key of BUTTONS) expect(String(words[key]).length, key).toBeLessThanOrEqual(32)
    })
  })

  it.each(others)('are not English in %s', async (locale) => {
    const left = (await texts(locale)).filter(([key, text]) =>
      Object.values(formsOf(english[key] ?? '')).includes(text),
    )
    const keys = left.map(([key]) => key).filter((key) => /\p{L}/u.test(String(english[key]).replace(/{\w+}/g, '')))
    expect(keys).toEqual(SAME[locale] ?? [])
  })

  it.each(others)('are written in the script of %s', async (locale) => {
    const own = SCRIPTS[locale] ?? /\p{Script=Latin}/u
    for (const [key, text] of await texts(locale)) {
      const letters = text.replace(/{\w+}|JSON/g, '')
      if (!/\p{L}/u.test(letters)) continue
      expect({ key, text, own: own.test(letters) }).toEqual({ key, text, own: true })
      if (!SCRIPTS[locale])
        expect({ key, text, foreign: /(?!\p{Script=Latin})\p{L}/u.test(letters) }).toMatchObject({ foreign: false })
    }
  })
})

async function wordsOf(locale: Locale): Promise<AllSaid> {
  const module: { readonly default: AllSaid } = await import(/* @vite-ignore */ `./${locale}.ts`)
  return module.default
}

/** Every text of a language with its key, each plural form by itself. */
async function texts(locale: Locale): Promise<(readonly [key: string, text: string])[]> {
  const all = Object.entries(await wordsOf(locale))
  return all.flatMap(([key, said]) => Object.values(formsOf(said)).map((text) => [key, text] as const))
}

function formsOf(said: Said): Readonly<Record<string, string>> {
  return typeof said === 'string' ? { other: said } : said
}

function placeholders(said: Said): string[] {
  const names = Object.values(formsOf(said)).flatMap((text) =>
    [...text.matchAll(/{(\w*)}/g)].map(([, name]) => name ?? ''),
  )
  return [...new Set(names)].toSorted()
}

/** The category stands for a single number, such as Arabic's "two": its text may say the number in a word. */
function isOneNumber(locale: Locale, category: string): boolean {
  const rules = new Intl.PluralRules(locale)
  const numbers = Array.from({ length: 130 }, (_, number) => number).filter(
    (number) => rules.select(number) === category,
  )
  return numbers.length === 1
}
