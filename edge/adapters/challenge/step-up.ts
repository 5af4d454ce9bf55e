/** The challenges that there are, as one: work always, since it needs nothing of a page; Turnstile beside it where we have a key. */
import { readProof } from '../../core/challenge.ts'
import type { Challenges } from '../../core/ports.ts'
import type { TurnstileChallenge } from './turnstile-challenge.ts'
import type { WorkChallenge } from './work-challenge.ts'

interface StepUpParts {
  readonly work: WorkChallenge
  readonly turnstile: TurnstileChallenge | undefined
}

export function stepUp({ work, turnstile }: StepUpParts): Challenges {
  return {
    async offer(to, bits, now) {
      const token = await work.offer(to, bits, now)
      return { token, bits, ...(turnstile && { turnstile: turnstile.siteKey }) }
    },
    async accepts(proof, from, now) {
      const brought = readProof(proof)
      switch (brought?.kind) {
        case 'work':
          return work.accepts(brought.words, from, now)
        case 'turnstile':
          return turnstile ? turnstile.accepts(brought.words, from) : false
        case undefined:
          return false
      }
    },
  }
}
