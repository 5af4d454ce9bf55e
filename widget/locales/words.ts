/** The shape of a language: every key of English, each a text or its plural forms. */
import type en from './en.ts'

/** Forms by category of `Intl.PluralRules`; `other` is always there. */
export type Plural = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>

/** What can be said. */
export type WordKey = keyof typeof en

/** All words of one language. */
export type Words = { readonly [Key in WordKey]: (typeof en)[Key] extends string ? string : Plural }

/** Words that say that this is an AI, or a person, and those a person agrees or declines with: a page cannot put others in their place. */
export const LOCKED_WORDS: readonly WordKey[] = [
  'ai_twin_of',
  'you_said',
  'twin_said',
  'message_to',
  'by_person',
  'twin_again',
  'consent_yes',
  'consent_no',
]
