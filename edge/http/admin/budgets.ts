/** What may be spent on a celebrity's, a deployment's or a campaign's behalf, and what was. A new plan is judged by at once. */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { budgetInput } from '../../core/budget-input.ts'
import type { BudgetDesk, BudgetStore, OwnedPlan } from '../../core/admin/ports.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { BudgetHolder, BudgetPlan, BudgetUse } from '../../../schema/domain/budget.ts'
import { ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import type { EdgeContext } from '../edge-context.ts'
import { problem } from '../problem.ts'
import { answerFound, answerWritten } from './answer.ts'
import { readInput } from './read-input.ts'

const PATHS: readonly (readonly [BudgetHolder, string])[] = [
  ['celebrity', '/celebrities/:id/budgets'],
  ['deployment', '/deployments/:id/budgets'],
  ['campaign', '/campaigns/:id/budgets'],
]

interface BudgetView extends BudgetPlan {
  /** Of the limits of the holder itself. */
  readonly uses: readonly BudgetUse[]
}

export function budgetRoutes(budgets: BudgetStore, desk: BudgetDesk): Hono<EdgeContext> {
  const idOf = (c: Context<EdgeContext>): string => c.req.param('id') ?? ''
  const view = async (owned: OwnedPlan): Promise<BudgetView> => ({ ...owned.plan, uses: await desk.uses(owned) })
  const changed = async (written: Result<OwnedPlan, Refusal>): Promise<Response> => {
    if (!written.ok) return problem(written.failure)
    await desk.planChanged(written.value.tenantId)
    return answerWritten(ok(await view(written.value)))
  }
  const app = new Hono<EdgeContext>()
  for (const [holder, path] of PATHS) {
    app
      .put(path, async (c) => {
        const input = await readInput(c.req.raw, budgetInput)
        return input.ok ? changed(await budgets.set(holder, idOf(c), input.value)) : problem(input.failure)
      })
      .get(path, async (c) => {
        const found = await budgets.find(holder, idOf(c))
        return answerFound(found && (await view(found)))
      })
      .delete(path, async (c) => changed(await budgets.remove(holder, idOf(c))))
  }
  return app
}
