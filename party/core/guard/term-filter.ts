/**
 * Lets a stream of text pass, but not one character of a forbidden term, however the stream is cut. Holds back exactly
 * what could still become one. Pure; the text must be well-formed Unicode.
 */
import { compileTerm, type TermPattern } from './compile-term.ts'
import { BREAK, fold, isLetter, MARK, SEPARATOR } from './fold.ts'

/** What may be said, and the term that ended it. */
export interface Filtered {
  readonly safe: string
  readonly term?: string
}

export interface TermFilter {
  push(text: string): Filtered
  /** No more text comes: what was held back is decided. */
  end(): Filtered
}

interface Candidate {
  readonly pattern: TermPattern
  /** Where in the stream it begins. */
  readonly start: number
  readonly matched: number
  readonly sawGap: boolean
  /** Letters of a plural's ending seen after the term. */
  readonly suffix: '' | 'e' | 's'
  /** Open brackets of a link's address: a reader sees the words before and behind it side by side. */
  readonly addressDepth: number
}

type Step = Candidate | 'dead' | 'found'

/** A filter for one reply. */
export function termFilter(terms: readonly string[]): TermFilter {
  const patterns = terms.flatMap(compileTerm)
  let candidates: readonly Candidate[] = []
  let held = ''
  let heldFrom = 0
  let afterLetter = false
  /** Where the run of marks begins that the stream ends in now: an opening `**` shares its word's fate. */
  let marksFrom: number | undefined
  let found: string | undefined
  let previous = ''

  function read(unit: string, at: number, character: string): void {
    const next: Candidate[] = []
    const entersAddress = character === '(' && previous === ']'
    for (const candidate of candidates) {
      const step = candidate.addressDepth > 0 ? walkAddress(candidate, character) : walk(candidate, unit)
      if (entersAddress && candidate.addressDepth === 0 && !isWhole(candidate))
        next.push({ ...candidate, addressDepth: 1 })
      if (step === 'found') found ??= candidate.pattern.term
      if (step === 'found') next.push(candidate)
      else if (step !== 'dead') next.push(step)
    }
    if (isLetter(unit)) {
      for (const pattern of patterns) {
        if (pattern.letters[0] !== unit || (pattern.wholeWord && afterLetter)) continue
        const begun: Candidate = {
          pattern,
          start: marksFrom ?? at,
          matched: 1,
          sawGap: false,
          suffix: '',
          addressDepth: 0,
        }
        if (isWhole(begun) && !pattern.wholeWord) found ??= pattern.term
        next.push(begun)
      }
    }
    candidates = next
    afterLetter = isLetter(unit)
  }

  function release(to: number): string {
    const safe = held.slice(0, to - heldFrom)
    held = held.slice(safe.length)
    heldFrom = to
    return safe
  }

  function cut(term: string): Filtered {
    const safe = release(Math.min(...candidates.map(({ start }) => start)))
    held = ''
    candidates = []
    return { safe, term }
  }

  return {
    push(text) {
      if (found !== undefined) return { safe: '', term: found }
      let at = heldFrom + held.length
      held += text
      for (const character of text) {
        const units = fold(character)
        for (const unit of units) {
          read(unit, at, character)
          if (found !== undefined) return cut(found)
        }
        if (units.length > 0) marksFrom = units[0] === MARK ? (marksFrom ?? at) : undefined
        at += character.length
        previous = character
      }
      return { safe: release(Math.min(at, marksFrom ?? at, ...candidates.map(({ start }) => start))) }
    },
    end() {
      if (found !== undefined) return { safe: '', term: found }
      found = candidates.find((candidate) => isWhole(candidate) && candidate.suffix !== 'e')?.pattern.term
      if (found !== undefined) return cut(found)
      candidates = []
      return { safe: release(heldFrom + held.length) }
    },
  }
}

/** Does the text name one of the terms? For whole texts, such as a visitor's question. */
export function findTerm(terms: readonly string[], text: string): string | undefined {
  const filter = termFilter(terms)
  return filter.push(text).term ?? filter.end().term
}

function isWhole({ pattern, matched }: Candidate): boolean {
  return matched === pattern.letters.length
}

function walk(candidate: Candidate, unit: string): Step {
  if (isWhole(candidate)) return walkOn(candidate, unit)
  const { pattern, matched } = candidate
  const gap = pattern.gaps[matched]
  if (unit === MARK) return { ...candidate, sawGap: true }
  if (unit === SEPARATOR) return gap === 'none' ? 'dead' : { ...candidate, sawGap: true }
  if (unit === BREAK) return gap === 'any' ? { ...candidate, sawGap: true } : 'dead'
  if (unit !== pattern.letters[matched] || (gap === 'spelled' && !candidate.sawGap)) return 'dead'
  const step: Candidate = { ...candidate, matched: matched + 1, sawGap: false }
  return isWhole(step) && !pattern.wholeWord ? 'found' : step
}

/** Inside a link's address, up to the bracket that closes it. */
function walkAddress(candidate: Candidate, character: string): Step {
  if (character === '\n') return 'dead'
  const step = character === '(' ? 1 : character === ')' ? -1 : 0
  return step === 0 ? candidate : { ...candidate, sawGap: true, addressDepth: candidate.addressDepth + step }
}

/** After the last letter: the word must end here, or after a plural's s or es. */
function walkOn(candidate: Candidate, unit: string): Step {
  if (candidate.suffix === 'e') return unit === 's' ? { ...candidate, suffix: 's' } : unit === MARK ? candidate : 'dead'
  if (!isLetter(unit)) return 'found'
  if (candidate.suffix === '' && unit === 'e') return { ...candidate, suffix: 'e' }
  if (candidate.suffix === '' && unit === 's') return { ...candidate, suffix: 's' }
  return 'dead'
}
