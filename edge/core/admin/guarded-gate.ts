/**
 * The admin gate with a watch beside it: where too many wrong keys came from, nothing is looked at for a while; and what
 * somebody should hear of is written down, a few lines and not one a guess.
 */
import { fail } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import type { Refusal } from '../refusal.ts'
import type { Actor } from './actor.ts'
import type { AdminGate, AdminWatch, SecurityReports } from './ports.ts'

interface GuardParts {
  readonly gate: AdminGate
  readonly watch: AdminWatch
  readonly reports: SecurityReports
}

export interface GuardedGate {
  /** `address`: where the request came from, when that is known. */
  open(key: string, address: string | undefined): Promise<Result<Actor, Refusal>>
  /** A good key asked for what is not for it. */
  refused(actor: Actor, route: string): Promise<void>
}

export function guardedGate({ gate, watch, reports }: GuardParts): GuardedGate {
  return {
    async open(key, address) {
      const name = await gate.nameOf(key)
      const before = await watch.look(address, name)
      if (before.wait > 0) return fail({ reason: 'locked_out', retryAfterSeconds: before.wait })
      const shown = await gate.open(key)
      if (shown.ok) {
        if (before.hear) await watch.hit(address, name)
        return shown
      }
      const { wait, tell, from } = await watch.miss(address, name, shown.failure.key !== null)
      if (tell) await reports.wrongKey({ ...shown.failure, from, wait })
      return wait > 0 ? fail({ reason: 'locked_out', retryAfterSeconds: wait }) : fail({ reason: 'unauthorized' })
    },

    async refused(actor, route) {
      if (actor.keyId !== null && (await watch.refused(actor.keyId))) await reports.refusedRoute(actor, route)
    },
  }
}
