/**
 * One object a tenant: everything that is spent in its name is asked for here first, so that no limit is counted in two
 * places. Knows the plans as Neon last told them and asks again from time to time; whoever changes one says so. Where no
 * plan was ever heard of and Neon is away, nothing is granted.
 */
import { DurableObject } from 'cloudflare:workers'
import type {
  BudgetAnswer,
  BudgetAsk,
  BudgetParties,
  BudgetPlan,
  BudgetSettlement,
  BudgetUse,
} from '../../../schema/domain/budget.ts'
import { writeLog } from '../../../schema/domain/log-line.ts'
import { parsePlans } from '../../core/parse-budget-plans.ts'
import { ownLimits, rulesFor, type Day } from '../../core/budget/rules-for.ts'
import type { BudgetPlans } from '../../core/ports.ts'
import { openBudgetBook, type BudgetBook, type Verdict } from './budget-book.ts'
import { budgetDay } from './budget-day.ts'

/** A plan that was changed past the admin route is felt after so long. */
const FRESH_MS = 30_000
const MAX_TOLD = 1_000

interface Known {
  readonly plans: readonly BudgetPlan[]
  readonly at: number
}

/** The Worker's class adds where plans come from. */
export abstract class BudgetKeeperShell<Env extends Cloudflare.Env = Cloudflare.Env> extends DurableObject<Env> {
  readonly #book: BudgetBook
  readonly #told = new Set<string>()
  #known: Known | undefined
  #asking: Promise<readonly BudgetPlan[]> | undefined
  #isArmed = false

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#book = openBudgetBook(ctx.storage)
    ctx.storage.sql.exec('create table if not exists plans (id integer primary key, plans text not null) without rowid')
    ctx.storage.sql.exec(
      'create table if not exists used (name text primary key, until integer not null) without rowid',
    )
    const [row] = ctx.storage.sql.exec<{ plans: string }>('select plans from plans').toArray()
    const plans = row && parsePlans(JSON.parse(row.plans))
    if (plans) this.#known = { plans, at: 0 }
  }

  protected abstract composePlans(): BudgetPlans

  /** May this reply begin? The same call twice is one. */
  async reserve(ask: BudgetAsk): Promise<BudgetAnswer> {
    const plans = await this.#plans(ask.who)
    const now = Date.now()
    const verdict = this.#book.reserve(ask, rulesFor(plans, ask.who, daysAt(now)), now)
    this.#tell(verdict, ask.who)
    if (!this.#isArmed) {
      this.#isArmed = true
      await this.ctx.storage.setAlarm(now + 60 * 60_000)
    }
    return verdict.answer
  }

  /** Could a reply begin now? Reserves nothing. */
  async look(who: BudgetParties): Promise<BudgetAnswer> {
    const plans = await this.#plans(who)
    const now = Date.now()
    return this.#book.look(rulesFor(plans, who, daysAt(now)), now).answer
  }

  async settle(settlements: readonly BudgetSettlement[]): Promise<void> {
    this.#book.settle(settlements)
  }

  /** How the holder's own limits stand. */
  async uses(plan: BudgetPlan): Promise<readonly BudgetUse[]> {
    const now = Date.now()
    return this.#book.uses(ownLimits(plan, daysAt(now)), now)
  }

  /** A plan was changed: the next who asks is judged by the new one. */
  async planChanged(): Promise<void> {
    if (this.#known) this.#known = { ...this.#known, at: 0 }
    this.#asking = undefined // what is being answered may be what was
    this.#told.clear()
  }

  /** True for the first who takes it: what may be used once is remembered where all come together. */
  async take(name: string, until: number): Promise<boolean> {
    const { sql } = this.ctx.storage
    sql.exec('delete from used where until <= ?', Date.now())
    const { rowsWritten } = sql.exec('insert into used (name, until) values (?, ?) on conflict do nothing', name, until)
    return rowsWritten > 0 && until > Date.now()
  }

  /** Expires and forgets. */
  override async alarm(): Promise<void> {
    const next = this.#book.tidy(Date.now())
    this.#isArmed = next !== null
    if (next !== null) await this.ctx.storage.setAlarm(Math.max(next, Date.now() + 60_000))
  }

  async #plans({ tenantId }: BudgetParties): Promise<readonly BudgetPlan[]> {
    const known = this.#known
    if (known && Date.now() - known.at < FRESH_MS) return known.plans
    this.#asking ??= this.#load(tenantId)
    const asking = this.#asking
    try {
      return await asking
    } catch (error) {
      if (!known) throw error
      this.#known = { plans: known.plans, at: Date.now() } // as it was, until the next time
      return known.plans
    } finally {
      if (this.#asking === asking) this.#asking = undefined
    }
  }

  async #load(tenantId: BudgetParties['tenantId']): Promise<readonly BudgetPlan[]> {
    const at = Date.now()
    const plans = await this.composePlans().load(tenantId)
    this.#known = { plans, at }
    this.ctx.storage.sql.exec('insert or replace into plans (id, plans) values (1, ?)', JSON.stringify(plans))
    return plans
  }

  /** For the owner, once: which limit it is. Who met it stands nowhere. */
  #tell({ exhausted }: Verdict, { deploymentId }: BudgetParties): void {
    if (!exhausted || this.#told.has(exhausted.limit.account) || this.#told.size >= MAX_TOLD) return
    this.#told.add(exhausted.limit.account)
    const { of, per } = exhausted.limit.rule
    const [holderId] = exhausted.limit.account.split(' ')
    writeLog('warn', 'budget_exhausted', { deployment: deploymentId, holder: holderId, of, per })
  }
}

function daysAt(now: number): (timeZone: string) => Day {
  return (timeZone) => budgetDay(timeZone, now)
}
