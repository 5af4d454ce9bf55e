/** Plans as they were kept, read field by field: one bad one is one too many, for it may have been the one that says no. */
import { BUDGET_HOLDERS, type BudgetPlan } from '../../schema/domain/budget.ts'
import { budgetRules } from './budget-input.ts'
import { timeZone } from './admin/campaign-moment.ts'
import { check, list, shape, text, word, type Rule } from './validate.ts'

const MAX_PLANS = 10_000

const planShape: Rule<BudgetPlan> = shape({
  holder: word(BUDGET_HOLDERS),
  holderId: text({ max: 36 }),
  timeZone,
  rules: budgetRules,
})

export function parsePlans(value: unknown): readonly BudgetPlan[] | undefined {
  const plans = check(list(planShape, { max: MAX_PLANS }), value)
  return plans.ok ? plans.value : undefined
}
