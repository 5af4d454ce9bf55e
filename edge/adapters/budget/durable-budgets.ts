/** The way to a tenant's keeper: for rooms that want to spend, and for the admin route. */
import type {
  BudgetAnswer,
  BudgetAsk,
  BudgetParties,
  BudgetSettlement,
  BudgetUse,
  BudgetPlan,
} from '../../../schema/domain/budget.ts'
import type { Id } from '../../../schema/domain/id.ts'
import type { BudgetDesk } from '../../core/admin/ports.ts'
import { StoreUnavailable, type SingleUse } from '../../core/ports.ts'

/** What of a keeper is asked from afar. */
interface Keeper {
  reserve(ask: BudgetAsk): Promise<BudgetAnswer>
  look(who: BudgetParties): Promise<BudgetAnswer>
  settle(settlements: readonly BudgetSettlement[]): Promise<void>
  uses(plan: BudgetPlan): Promise<readonly BudgetUse[]>
  planChanged(): Promise<void>
  take(name: string, until: number): Promise<boolean>
}

/** What of the namespace is needed here. */
export interface Keepers {
  getByName(name: string): Keeper
}

interface DurableBudgets extends BudgetDesk, SingleUse {
  reserve(ask: BudgetAsk): Promise<BudgetAnswer>
  look(who: BudgetParties): Promise<BudgetAnswer>
  settle(tenantId: Id<'tenant'>, settlements: readonly BudgetSettlement[]): Promise<void>
}

export function durableBudgets(keepers: Keepers): DurableBudgets {
  return {
    reserve: (ask) => keepers.getByName(ask.who.tenantId).reserve(ask),
    look: (who) => keepers.getByName(who.tenantId).look(who),
    settle: (tenantId, settlements) => keepers.getByName(tenantId).settle(settlements),
    uses: ({ tenantId, plan }) => keepers.getByName(tenantId).uses(plan),
    async take(tenantId, name, until) {
      try {
        return await keepers.getByName(tenantId).take(name, until)
      } catch (error) {
        throw new StoreUnavailable('the keeper did not answer', { cause: error })
      }
    },
    planChanged: (tenantId) => keepers.getByName(tenantId).planChanged(),
  }
}
