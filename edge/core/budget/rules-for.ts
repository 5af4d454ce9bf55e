/**
 * Plans -> the limits of one reply, each with the name of the account it is counted on. Pure; the days are handed in.
 *
 * An account's name holds whose plan it is, who is counted, and when its period began: a limit that is changed finds what
 * was counted, and a new day begins with nothing.
 */
import type { BudgetParties, BudgetPlan, BudgetRule, BudgetSubject } from '../../../schema/domain/budget.ts'
import { DEFAULT_RULES } from './default-rules.ts'

/** From midnight to midnight, in epoch milliseconds. */
export interface Day {
  readonly beginsAt: number
  readonly endsAt: number
}

export type DayIn = (timeZone: string) => Day

export interface Limit {
  /** The account's name without its period: whose plan it is, and who is counted. */
  readonly series: string
  readonly account: string
  readonly rule: BudgetRule
  /** Epoch milliseconds; null: never. */
  readonly endsAt: number | null
}

export function rulesFor(plans: readonly BudgetPlan[], who: BudgetParties, dayIn: DayIn): readonly Limit[] {
  const theirs = plans.filter((plan) => plan.holderId === holderIdOf(plan, who))
  const named = new Set(theirs.flatMap(({ holder, rules }) => rules.map(({ of }) => nameOf(holder, of))))
  const rest: BudgetPlan = {
    holder: 'deployment',
    holderId: who.deploymentId,
    timeZone: theirs.find(({ holder }) => holder === 'deployment')?.timeZone ?? 'UTC',
    rules: DEFAULT_RULES.filter(({ of }) => !named.has(nameOf('deployment', of))),
  }
  return [...theirs, rest].flatMap((plan) => plan.rules.flatMap((rule) => limitOf(plan, rule, who, dayIn) ?? []))
}

/** The limits of a plan's holder itself. */
export function ownLimits(plan: BudgetPlan, dayIn: DayIn): readonly Limit[] {
  return plan.rules.filter(({ of }) => of === 'holder').map((rule) => limit(plan, rule, plan.holderId, dayIn))
}

function limitOf(plan: BudgetPlan, rule: BudgetRule, who: BudgetParties, dayIn: DayIn): Limit | undefined {
  const subject = subjectId(plan, rule, who)
  return subject === null ? undefined : limit(plan, rule, subject, dayIn)
}

function limit({ holderId, timeZone }: BudgetPlan, rule: BudgetRule, subject: string, dayIn: DayIn): Limit {
  const day = rule.per === 'day' ? dayIn(timeZone) : undefined
  const series = [holderId, rule.of, subject].join(' ')
  return { series, account: `${series} ${day?.beginsAt ?? 'ever'}`, rule, endsAt: day?.endsAt ?? null }
}

/** A campaign's own limit is no deployment's; what is said of visitors is said of visitors, whoever says it. */
function nameOf(holder: BudgetPlan['holder'], of: BudgetSubject): string {
  return of === 'holder' ? holder : of
}

function holderIdOf({ holder }: BudgetPlan, { celebrityId, deploymentId, campaignId }: BudgetParties): string | null {
  switch (holder) {
    case 'celebrity':
      return celebrityId
    case 'deployment':
      return deploymentId
    case 'campaign':
      return campaignId
  }
}

function subjectId({ holderId }: BudgetPlan, { of }: BudgetRule, who: BudgetParties): string | null {
  switch (of) {
    case 'holder':
      return holderId
    case 'conversation':
      return who.conversationId
    case 'visitor':
      return who.visitorId
    case 'address':
      return who.address
  }
}
