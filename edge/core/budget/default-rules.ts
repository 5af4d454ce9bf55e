/** What holds where no plan says anything: far above what people do, far below what would hurt. */
import type { BudgetRule } from '../../../schema/domain/budget.ts'

/** Of a deployment. A plan that names a subject puts its own limits in the place of these. */
export const DEFAULT_RULES: readonly BudgetRule[] = [
  { of: 'visitor', per: 'day', messages: 2_000, tokens: 10_000_000 },
  { of: 'address', per: 'day', messages: 20_000, tokens: 50_000_000 },
  { of: 'conversation', per: 'ever', messages: null, tokens: 50_000_000 },
  { of: 'holder', per: 'day', messages: 200_000, tokens: 300_000_000 },
]
