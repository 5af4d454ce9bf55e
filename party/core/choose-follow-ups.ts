/**
 * Which of the owner's questions follow on from a reply: those that speak of the exchange first, the others in the
 * owner's order, never one the visitor has asked. Nothing is made up. Pure.
 */
import { MAX_FOLLOW_UPS } from '../../schema/wire/limits.ts'
import { guardRules } from './guard/guard-rules.ts'
import { findTerm } from './guard/term-filter.ts'
import type { TwinContext } from './ports.ts'
import { rankPassages } from './rank-passages.ts'

export interface Exchange {
  readonly context: TwinContext
  readonly question: string
  readonly reply: string
  /** Everything the visitor has asked here; much longer texts than the authored ones may be left out. */
  readonly asked: readonly string[]
}

/** At most {@link MAX_FOLLOW_UPS}, best first. */
export function chooseFollowUps({ context, question, reply, asked }: Exchange): readonly string[] {
  const known = new Set(asked.map(bare))
  const { avoidTerms, bannedTopics } = guardRules(context, 0)
  const open = context.questions.filter((authored) => {
    const words = bare(authored)
    if (words === '' || known.has(words)) return false
    known.add(words) // the owner may have written one twice
    return findTerm([...avoidTerms, ...bannedTopics], authored) === undefined // what would be declined is not offered
  })
  const related = rankPassages(
    open.map((text) => ({ title: '', text })),
    `${question} ${reply}`,
  ).map(({ passage }) => passage.text)
  return [...related, ...open.filter((text) => !related.includes(text))].slice(0, MAX_FOLLOW_UPS)
}

/** A question without case, spacing and punctuation. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}
