/** A forbidden term as the filter walks it. Pure. */
import { BREAK, fold, isLetter } from './fold.ts'

/** What may stand before a letter: nothing, optionally separators, anything that is no letter, or separators by duty. */
export type Gap = 'none' | 'separators' | 'any' | 'spelled'

export interface TermPattern {
  /** The term as its owner wrote it. */
  readonly term: string
  readonly letters: readonly string[]
  /** One a letter: what may stand before it. */
  readonly gaps: readonly Gap[]
  /** Words of scripts that write no spaces may begin and end anywhere. */
  readonly wholeWord: boolean
}

const SPACELESS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const SPELLED_FROM_LETTERS = 3

/** The patterns of a term: as written, and spelled out letter by letter. None, when it has no letter. */
export function compileTerm(term: string): TermPattern[] {
  const letters: string[] = []
  const gaps: Gap[] = []
  let gap: Gap = 'none' // before the next letter
  for (const unit of Array.from(term).flatMap((character) => fold(character))) {
    if (isLetter(unit)) {
      letters.push(unit)
      gaps.push(gap)
      gap = 'none'
    } else if (letters.length > 0) {
      gap = widened(gap, unit)
    }
  }
  if (letters.length === 0) return []
  const wholeWord = !SPACELESS.test(term)
  const written: TermPattern = { term, letters, gaps, wholeWord }
  if (letters.length < SPELLED_FROM_LETTERS || !wholeWord) return [written]
  return [written, { term, letters, gaps: letters.map(() => 'spelled'), wholeWord }]
}

function widened(gap: Gap, unit: string): Gap {
  return unit === BREAK || gap === 'any' ? 'any' : 'separators'
}
