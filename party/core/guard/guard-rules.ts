/** Which rules hold for a twin at its deployment. Pure. */
import type { TwinContext } from '../ports.ts'
import type { GuardRules } from './reply-guard.ts'

/** The longest reply any persona may allow: it must fit a frame, however it is escaped. */
const MAX_REPLY_CHARS = 8_000
const MIN_REPLY_CHARS = 100
/** What a long brand's disclosure leaves to the reply itself, at least: a sentence, or a line that declines. */
const MIN_OWN_CHARS = 80

/** The rules, with what code itself says before the reply already taken off its length. */
export function guardRules({ config, campaign }: TwinContext, prefixChars: number): GuardRules {
  const { maxResponseLength, bannedTopics } = config.guardrails
  const maxChars = Math.max(MIN_REPLY_CHARS, Math.min(MAX_REPLY_CHARS, Math.floor(maxResponseLength)))
  return {
    avoidTerms: campaign?.guidelines.rules.avoidTerms ?? [],
    bannedTopics,
    maxChars: Math.max(MIN_OWN_CHARS, maxChars - prefixChars),
  }
}
