/** A budget that never ends, for those who test or measure something else. */
import type { BudgetGate } from '../core/ports.ts'

export const PLENTY: BudgetGate = {
  reserve: () => Promise.resolve({ granted: true }),
  look: () => Promise.resolve({ granted: true }),
  settle: () => Promise.resolve(),
}
