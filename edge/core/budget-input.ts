/** A plan of what may be spent, as `PUT …/budgets` takes it. */
import { BUDGET_PERIODS, BUDGET_SUBJECTS, type BudgetRule } from '../../schema/domain/budget.ts'
import { ok } from '../../schema/domain/result.ts'
import { timeZone } from './admin/campaign-moment.ts'
import { integer, list, nullable, refine, shape, word, type Checked, type Rule } from './validate.ts'

const MAX_RULES = 12

export const budgetRules: Rule<readonly BudgetRule[]> = refine(
  list(
    refine(
      shape({
        of: word(BUDGET_SUBJECTS),
        per: word(BUDGET_PERIODS),
        messages: nullable(integer({ min: 0, max: 1_000_000_000 })),
        tokens: nullable(integer({ min: 0, max: 1_000_000_000_000 })),
      }),
      ({ of, per, messages, tokens }) => {
        if (messages === null && tokens === null) return 'must limit messages or tokens'
        // who talked here once is not counted for ever
        return per === 'ever' && (of === 'visitor' || of === 'address')
          ? 'must be a day’s: visitors are not remembered for longer'
          : undefined
      },
    ),
    { max: MAX_RULES },
  ),
  (rules) =>
    new Set(rules.map(({ of, per }) => `${of} ${per}`)).size < rules.length
      ? 'must name each pair of `of` and `per` once'
      : undefined,
)

export const budgetInput = shape({
  timeZone: (value: unknown) => (value === undefined ? ok('UTC') : timeZone(value)),
  rules: budgetRules,
})
export type BudgetInput = Checked<typeof budgetInput>
