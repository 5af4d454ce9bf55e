/** Sets and removes budgets in Neon. A plan is the holder's tenant's: of a campaign's too, the celebrity's. */
import { and, eq } from 'drizzle-orm'
import { campaigns } from '../../../schema/db/tables/brands.ts'
import { budgets } from '../../../schema/db/tables/budgets.ts'
import { celebrities } from '../../../schema/db/tables/celebrities.ts'
import { deployments } from '../../../schema/db/tables/deployments.ts'
import type { BudgetHolder } from '../../../schema/domain/budget.ts'
import { parseId, type Id } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { BudgetStore } from '../../core/admin/ports.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { platformEvent } from './platform-event.ts'

const shown = { timeZone: budgets.timeZone, rules: budgets.rules }

export function neonBudgets(database: Desk): BudgetStore {
  async function tenantOf(holder: BudgetHolder, holderId: string): Promise<Id<'tenant'> | undefined> {
    const query = tenantQuery(database, holder, holderId)
    const [[row]] = query ? await askPlatform(database, query) : [[]]
    return row?.tenantId
  }
  return {
    async set(holder, holderId, input) {
      const tenantId = await tenantOf(holder, holderId)
      if (!tenantId) return fail({ reason: 'not_found' })
      const kept = { ...input, setAt: new Date() }
      await askPlatform(
        database,
        database
          .insert(budgets)
          .values({ tenantId, holderId, holder, ...kept })
          .onConflictDoUpdate({ target: [budgets.tenantId, budgets.holderId], set: kept }),
        platformEvent(database, { tenantId, action: 'updated', entity: 'budget', id: holderId, input: { ...input } }),
      )
      return ok({ tenantId, plan: { holder, holderId, ...input } })
    },

    async find(holder, holderId) {
      const tenantId = await tenantOf(holder, holderId)
      if (!tenantId) return undefined
      const query = database.select(shown).from(budgets).where(isOf(tenantId, holderId))
      const [[row = { timeZone: 'UTC', rules: [] }]] = await askPlatform(database, query)
      return { tenantId, plan: { holder, holderId, ...row } }
    },

    async remove(holder, holderId) {
      const found = await this.find(holder, holderId)
      if (!found) return fail({ reason: 'not_found' })
      const { tenantId } = found
      await askPlatform(
        database,
        database.delete(budgets).where(isOf(tenantId, holderId)),
        platformEvent(database, { tenantId, action: 'removed', entity: 'budget', id: holderId }),
      )
      return ok({ tenantId, plan: { holder, holderId, timeZone: 'UTC', rules: [] } })
    },
  }
}

function isOf(tenantId: Id<'tenant'>, holderId: string) {
  return and(eq(budgets.tenantId, tenantId), eq(budgets.holderId, holderId))
}

function tenantQuery(database: Desk, holder: BudgetHolder, holderId: string) {
  switch (holder) {
    case 'celebrity': {
      const id = parseId<'celebrity'>(holderId)
      const { tenantId } = celebrities
      return id && database.select({ tenantId }).from(celebrities).where(eq(celebrities.id, id))
    }
    case 'deployment': {
      const id = parseId<'deployment'>(holderId)
      const { tenantId } = deployments
      return id && database.select({ tenantId }).from(deployments).where(eq(deployments.id, id))
    }
    case 'campaign': {
      const id = parseId<'campaign'>(holderId)
      const tenantId = campaigns.celebrityTenantId
      return id && database.select({ tenantId }).from(campaigns).where(eq(campaigns.id, id))
    }
  }
}
