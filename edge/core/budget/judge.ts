/**
 * May one more reply begin? Pure. Only what is spent and reserved is looked at, never what this one would cost: a budget
 * can be used to its end, and since whatever is under way is reserved in full, no more than one call goes over it.
 */
import type { BudgetRule } from '../../../schema/domain/budget.ts'
import type { Limit } from './rules-for.ts'

/** What an account has. */
export interface Balance {
  readonly messages: number
  readonly tokens: number
  readonly held: number
}

export const EMPTY: Balance = { messages: 0, tokens: 0, held: 0 }

/** Calls under way end within seconds, and most cost less than was reserved. */
const BUSY_SECONDS = 5

export interface Exhausted {
  readonly limit: Limit
  /** Null: nobody knows when. */
  readonly retryAfterSeconds: number | null
}

/** The limit that is used up for longest, or undefined: the reply may begin. */
export function judge(accounts: readonly (readonly [Limit, Balance])[], now: number): Exhausted | undefined {
  const exhausted = accounts.flatMap(([limit, balance]) =>
    hasLeft(limit.rule, balance) ? [] : [{ limit, retryAfterSeconds: waitSeconds(limit, balance, now) }],
  )
  return exhausted.reduce<Exhausted | undefined>(
    (longest, one) => (longest && lasts(longest) >= lasts(one) ? longest : one),
    undefined,
  )
}

export function hasLeft({ messages, tokens }: BudgetRule, balance: Balance): boolean {
  if (messages !== null && balance.messages >= messages) return false
  return tokens === null || balance.tokens + balance.held < tokens
}

function waitSeconds({ rule, endsAt }: Limit, balance: Balance, now: number): number | null {
  if (hasLeft(rule, { ...balance, held: 0 })) return BUSY_SECONDS
  return endsAt === null ? null : Math.max(1, Math.ceil((endsAt - now) / 1000))
}

function lasts({ retryAfterSeconds }: Exhausted): number {
  return retryAfterSeconds ?? Number.POSITIVE_INFINITY
}
