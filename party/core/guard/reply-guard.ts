/** The guardrails on the stream, in order: well-formed, no forbidden term, not too long. Pure. */
import { lengthLimit } from './length-limit.ts'
import { termFilter, type Filtered } from './term-filter.ts'
import { wellFormed } from './well-formed.ts'

export interface GuardRules {
  /** What a campaign avoids. */
  readonly avoidTerms: readonly string[]
  /** What the celebrity does not speak of. */
  readonly bannedTopics: readonly string[]
  /** In UTF-16 code units. */
  readonly maxChars: number
}

/** Why a reply ends early, and by which rule. */
export interface Breach {
  readonly reason: 'avoided_term' | 'banned_topic' | 'too_long'
  /** The term, or the limit. */
  readonly rule: string
}

/** What may be said now; `broken` ends the reply. */
export interface Guarded {
  readonly safe: string
  readonly broken?: Breach
}

export interface ReplyGuard {
  push(delta: string): Guarded
  end(): Guarded
}

/** A guard for one reply. */
export function replyGuard({ avoidTerms, bannedTopics, maxChars }: GuardRules): ReplyGuard {
  const whole = wellFormed()
  const terms = termFilter([...avoidTerms, ...bannedTopics])
  const length = lengthLimit(maxChars)

  function pass({ safe: text, term }: Filtered): Guarded {
    const { safe, cut } = length.push(text)
    if (cut) return { safe, broken: { reason: 'too_long', rule: String(maxChars) } }
    if (term === undefined) return { safe }
    return { safe: safe + length.end(), broken: { reason: reasonFor(term), rule: term } }
  }

  function reasonFor(term: string): Breach['reason'] {
    return avoidTerms.includes(term) ? 'avoided_term' : 'banned_topic'
  }

  return {
    push: (delta) => pass(terms.push(whole.push(delta))),
    end() {
      const last = pass(terms.end())
      return last.broken ? last : { safe: last.safe + length.end() }
    },
  }
}
