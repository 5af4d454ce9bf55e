/** A tenant's plans out of Neon, through the tenant's door. */
import type { Database } from '../../../schema/db/database.ts'
import { budgets } from '../../../schema/db/tables/budgets.ts'
import { withTenant } from '../../../schema/db/with-tenant.ts'
import { parsePlans } from '../../core/parse-budget-plans.ts'
import type { BudgetPlans } from '../../core/ports.ts'
import { inTime } from '../in-time.ts'

export function neonBudgetPlans(database: Database): BudgetPlans {
  return {
    async load(tenantId) {
      const { holder, holderId, timeZone, rules } = budgets
      const query = database.select({ holder, holderId, timeZone, rules }).from(budgets)
      const [rows] = await inTime(withTenant(database, tenantId, query))
      const plans = parsePlans(rows)
      if (!plans) throw new Error('The database holds a budget that is none.')
      return plans
    },
  }
}
