/**
 * What a contract reserves beside its other campaigns: for a time, a category of brands belongs to one brand, or to none.
 * The database reads these rules and refuses what collides with them (`exclusivity_collisions`); nothing else decides it.
 */
import type { Id } from './id.ts'

export interface ExclusivityRule {
  /** A brand's category, such as `soft-drinks`; null: every category. */
  readonly category: string | null
  /** The one brand that may; null: no brand at all. */
  readonly brandId: Id<'brand'> | null
  /** ISO 8601; null: as long as the contract. */
  readonly startsAt: string | null
  readonly endsAt: string | null
}

/** As a contract keeps it. */
export interface ContractExclusivity {
  readonly rules?: readonly ExclusivityRule[]
}
