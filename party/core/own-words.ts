/** The few lines that code itself says in a reply. Never one that names what it must not. Pure. */
import { findTerm } from './guard/term-filter.ts'
import type { GuardRules } from './guard/reply-guard.ts'
import type { TwinContext } from './ports.ts'

type Terms = Pick<GuardRules, 'avoidTerms' | 'bannedTopics'>

const DECLINES = [
  'I’ll leave that one there: it isn’t something I talk about here. Ask me something else?',
  'I’ll pass on that one. What else is on your mind?',
  'Let’s move on.',
  '…',
]
const FALLBACKS = [
  'I can’t reach my full voice right now, so this is what I know by heart.\n\n',
  'In short, from memory:\n\n',
]

/** In a campaign: who pays, above the first reply and part of it. Empty elsewhere. */
export function disclosureLine({ campaign }: TwinContext): string {
  return campaign ? `*Paid partnership with ${campaign.brand}.*\n\n` : ''
}

/** What stands where a guardrail spoke; as a paragraph of its own when words came before. */
export function declineLine(terms: Terms, maxChars: number, afterWords = false): string {
  const gap = afterWords ? '\n\n' : ''
  const line = allowed(DECLINES, terms).find((text) => gap.length + text.length <= maxChars)
  return line === undefined ? '' : gap + line
}

/** Opens a reply of the built-in model when the other failed twice. */
export function fallbackLine(terms: Terms): string {
  return allowed(FALLBACKS, terms)[0] ?? ''
}

function allowed(lines: readonly string[], { avoidTerms, bannedTopics }: Terms): readonly string[] {
  return lines.filter((line) => findTerm([...avoidTerms, ...bannedTopics], line) === undefined)
}
