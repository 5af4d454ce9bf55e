/** A language as the views speak it: its words filled in, its numbers, days and times, and the way it runs. */
import { RTL_LOCALES, type Locale } from '../../schema/wire/locales.ts'
import type { Plural, WordKey, Words } from '../locales/words.ts'
import type { Say } from './tools-port.ts'

/** Words the page has put in the place of ours. */
export type OwnWords = Readonly<Partial<Record<WordKey, string | Plural>>>

export interface Speech {
  readonly say: Say
  /** BCP 47, with the reader's region where it is known. */
  readonly locale: string
  readonly dir: 'ltr' | 'rtl'
  /** Today, yesterday or the date; empty for an instant that cannot be read. */
  dayOf(at: string): string
}

/** `tag` is the language of `words`; `locale` the same language as the reader's region writes it. */
export function speechOf(words: Words, tag: Locale, locale: string, own: OwnWords = {}): Speech {
  const dir = RTL_LOCALES.includes(tag) ? 'rtl' : 'ltr'
  // It takes a phone many milliseconds to make, and an empty conversation needs none.
  let plural: Intl.PluralRules | undefined
  const date = { weekday: 'long', day: 'numeric', month: 'long' } as const
  const say: Say = (key, values = {}) => {
    const word = own[key] ?? words[key]
    const form =
      typeof word === 'string'
        ? word
        : (word[(plural ??= new Intl.PluralRules(locale)).select(Number(values['n']))] ?? word.other)
    return form.replace(/{(\w+)}/g, (_all, name: string) => {
      const value = values[name] ?? ''
      if (typeof value === 'number') return value.toLocaleString(locale)
      return dir === 'rtl' ? `\u2068${value}\u2069` : value // a name in Latin letters stands as one in an Arabic sentence
    })
  }
  return {
    say,
    locale,
    dir,
    dayOf(at) {
      if (!isInstant(at)) return ''
      const day = new Date(at)
      const today = new Date()
      const year = day.getFullYear() === today.getFullYear() ? undefined : 'numeric'
      if (isSameDay(day, today)) return say('today')
      today.setDate(today.getDate() - 1)
      if (isSameDay(day, today)) return say('yesterday')
      return new Intl.DateTimeFormat(locale, { ...date, year }).format(day)
    },
  }
}

const isInstant = (at: string): boolean => !Number.isNaN(Date.parse(at))
const isSameDay = (one: Date, other: Date): boolean => one.toDateString() === other.toDateString()
