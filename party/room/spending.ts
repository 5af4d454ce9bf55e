/**
 * What a room has asked a budget for, and still has to account for. A row stands before the budget is asked, so that no
 * kill forgets it; it leaves once the budget knows what the call came to. Of a call that a kill cut nobody knows: it stays
 * reserved in full. Knows no model.
 */
import type { BudgetParties } from '../../schema/domain/budget.ts'
import { parseId, type Id } from '../../schema/domain/id.ts'
import type { BudgetGate, RoomOwner } from '../core/ports.ts'
import type { RoomStorage } from './room-storage.ts'

/** A budget that does not answer in time is none: the reply waits, the message stays. */
const PATIENCE_MS = 3_000
const AWAY_SECONDS = 10
/** How long at most a "no" is taken at its word, by the room and by whoever is told: budgets are raised. */
const BELIEVED_SECONDS = 60
/** Whoever asks for a reply while the room rests has the budget asked anew, a room no oftener than this. */
const ASKED_AGAIN_MS = 1_000
const MAX_SETTLED_AT_ONCE = 100

/** Who pays, and where the question came from. */
export type Payer = Pick<BudgetParties, 'address'> & { readonly owner: RoomOwner }

export interface Spending {
  /** May this call be made? When not, the room rests. */
  reserve(callId: Id<'call'>, tokens: number, payer: Payer): Promise<boolean>
  /** What a call came to. */
  settle(callId: Id<'call'>, tokens: number): void
  /** Whatever is reserved and was never called cost nothing. Call it when no call is under way. */
  waive(): void
  /** Tells the budget what is settled. Throws when it cannot be told; asked again, it is told again. */
  account(tenantId: Id<'tenant'>): Promise<void>
  isAccounted(): boolean
  /** Asks whether a reply could begin, and remembers it. */
  look(payer: Payer): Promise<void>
  /**
   * The room rests and somebody wants a reply: resolves once the budget has been asked anew, for it may have been raised.
   * Undefined: it does not rest, or the budget has only just said so.
   */
  lookAgain(payer: Payer): Promise<void> | undefined
  /** Somebody comes: what was believed is asked anew, and nobody is sent away for it meanwhile. */
  doubt(): void
  /** The twin rests: undefined when it does not; `retryAfterSeconds` null when nobody knows for how long. */
  rest(): { readonly retryAfterSeconds: number | null } | undefined
}

export interface SpendingParts {
  readonly storage: RoomStorage
  readonly gate: BudgetGate
  now(): number
  report(error: unknown): void
}

/** The reservations in a room's storage. `cut`: the call that a former life of the room was killed in, if one was. */
export function openSpending({ storage, gate, now, report }: SpendingParts, cut: string | undefined): Spending {
  const { sql } = storage
  /** Asked about, and not yet answered: a budget that is told first what a call came to would not know of it. */
  const asked = new Set<string>()
  let resting: { readonly isTimed: boolean; readonly until: number } | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  if (cut !== undefined) sql.exec('delete from reservations where call_id = ?', cut)
  waive()

  function waive(): void {
    const open = sql.exec<{ call_id: string }>('select call_id from reservations where tokens is null').toArray()
    for (const { call_id } of open) {
      if (!asked.has(call_id)) sql.exec('update reservations set tokens = 0 where call_id = ?', call_id)
    }
  }

  function note(retryAfterSeconds: number | null): void {
    const seconds = Math.min(retryAfterSeconds ?? BELIEVED_SECONDS, BELIEVED_SECONDS)
    resting = { isTimed: retryAfterSeconds !== null, until: now() + seconds * 1_000 }
    lookedAt = now()
  }

  async function look(payer: Payer): Promise<void> {
    try {
      const answer = await within(gate.look(partiesOf(payer)))
      if (answer.granted) resting = undefined
      else note(answer.retryAfterSeconds)
    } catch (error) {
      report(error) // whoever wants a reply will be told
    }
    lookedAt = now()
  }

  const isResting = (): boolean => resting !== undefined && resting.until > now()

  return {
    async reserve(callId, tokens, payer) {
      sql.exec('insert into reservations (call_id, tokens) values (?, null)', callId)
      asked.add(callId)
      try {
        const answer = await within(gate.reserve({ callId, who: partiesOf(payer), tokens }))
        if (answer.granted) {
          resting = undefined
          return true
        }
        sql.exec('delete from reservations where call_id = ?', callId)
        note(answer.retryAfterSeconds)
      } catch (error) {
        report(error)
        note(AWAY_SECONDS) // what it would have said, nobody knows: the row stays, and costs nothing
      } finally {
        asked.delete(callId)
      }
      return false
    },
    settle: (callId, tokens) =>
      void sql.exec('update reservations set tokens = ? where call_id = ? and tokens is null', tokens, callId),
    waive,
    async account(tenantId) {
      const rows = sql
        .exec<{ call_id: string; tokens: number }>(
          'select call_id, tokens from reservations where tokens is not null limit ?',
          MAX_SETTLED_AT_ONCE,
        )
        .toArray()
      const settlements = rows.flatMap(({ call_id, tokens }) => {
        const callId = parseId<'call'>(call_id)
        return callId ? [{ callId, tokens }] : []
      })
      if (settlements.length === 0) return
      await within(gate.settle(tenantId, settlements))
      for (const { callId } of settlements) sql.exec('delete from reservations where call_id = ?', callId)
    },
    isAccounted: () => sql.exec('select 1 from reservations where tokens is not null limit 1').toArray().length === 0,
    look,
    lookAgain(payer) {
      if (!isResting()) return undefined
      if (looking === undefined && now() - lookedAt < ASKED_AGAIN_MS) return undefined
      looking ??= look(payer).finally(() => (looking = undefined))
      return looking
    },
    doubt: () => void (resting = undefined),
    rest() {
      if (!resting || !isResting()) return undefined
      const { isTimed, until } = resting
      return { retryAfterSeconds: isTimed ? Math.max(1, Math.ceil((until - now()) / 1_000)) : null }
    },
  }
}

function partiesOf({ owner, address }: Payer): BudgetParties {
  const { tenantId, celebrityId, deploymentId, campaignId, conversationId, visitorId } = owner
  return { tenantId, celebrityId, deploymentId, campaignId, conversationId, visitorId, address }
}

async function within<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The budget did not answer in time.')), PATIENCE_MS)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
