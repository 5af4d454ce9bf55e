/**
 * VibeThink's kill switch, asked of the row in the moment in which it is written: what was read a moment before may have
 * been suspended since.
 */
import { notInArray } from 'drizzle-orm'
import type { Column, SQL } from 'drizzle-orm'
import { HELD_STATUSES, mayResume } from '../../core/admin/actor.ts'
import type { Actor } from '../../core/admin/actor.ts'
import type { Refusal } from '../../core/refusal.ts'

/** For the `where` of an update that sets a status: no row that only VibeThink brings back. */
export function unlessHeld(actor: Actor, patch: { readonly status?: unknown }, status: Column): SQL | undefined {
  const held = HELD_STATUSES.filter((word) => !mayResume(actor, word))
  return patch.status === undefined || held.length === 0 ? undefined : notInArray(status, held)
}

export function heldByPlatform(status: string): Refusal {
  return { reason: 'conflict', detail: `This is ${status}: VibeThink alone changes that.` }
}
