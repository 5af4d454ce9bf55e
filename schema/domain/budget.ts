/**
 * What may be spent, and on whom. A plan belongs to a celebrity, a deployment or a campaign, and names limits for itself
 * and for whoever talks there. Every limit that applies to a reply must have something left; none replaces another.
 */
import type { Id } from './id.ts'

/** Whose plan it is. A celebrity's holds for the whole tenant. */
export const BUDGET_HOLDERS = ['celebrity', 'deployment', 'campaign'] as const
export type BudgetHolder = (typeof BUDGET_HOLDERS)[number]

/** What is counted: the holder itself, or each who talks there. An address is known by a keyed digest alone. */
export const BUDGET_SUBJECTS = ['holder', 'conversation', 'visitor', 'address'] as const
export type BudgetSubject = (typeof BUDGET_SUBJECTS)[number]

/** `day`: of the plan's time zone, from midnight to midnight. `ever`: it does not come back by itself. */
export const BUDGET_PERIODS = ['day', 'ever'] as const
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number]

export interface BudgetRule {
  readonly of: BudgetSubject
  readonly per: BudgetPeriod
  /** Replies that may begin; null: as many as there are tokens for. */
  readonly messages: number | null
  /** Of prompts and replies together; null: not counted against anything. */
  readonly tokens: number | null
}

export interface BudgetPlan {
  readonly holder: BudgetHolder
  readonly holderId: string
  /** IANA name: whose midnight it is. */
  readonly timeZone: string
  readonly rules: readonly BudgetRule[]
}

/** One reply that is about to be paid for. */
export interface BudgetAsk {
  /** Of the call it would be; the same id twice is one call. */
  readonly callId: Id<'call'>
  readonly who: BudgetParties
  /** More than the call can come to. */
  readonly tokens: number
}

/** Everybody whose budget a reply is counted against. */
export interface BudgetParties {
  readonly tenantId: Id<'tenant'>
  readonly celebrityId: Id<'celebrity'>
  readonly deploymentId: Id<'deployment'>
  readonly campaignId: Id<'campaign'> | null
  readonly conversationId: Id<'conversation'>
  readonly visitorId: Id<'visitor'>
  /** Digest of where the visitor's line came from, where that is known. */
  readonly address: string | null
}

/** What one call came to. The first of an id counts. */
export interface BudgetSettlement {
  readonly callId: Id<'call'>
  readonly tokens: number
}

export type BudgetAnswer =
  | { readonly granted: true }
  /** `retryAfterSeconds` null: nobody knows when. */
  | { readonly granted: false; readonly retryAfterSeconds: number | null }

/** How a holder's own limit stands. */
export interface BudgetUse {
  readonly rule: BudgetRule
  readonly messages: number
  /** Counted by providers, or what a call that was never settled could have come to. */
  readonly tokens: number
  /** Reserved for calls under way. */
  readonly held: number
  readonly exhausted: boolean
  /** ISO 8601; null: not by itself. */
  readonly resetsAt: string | null
}
