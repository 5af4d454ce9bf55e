/** Every suite by its name, and how much of it makes a handful, a short run and a full one. */
import { drops } from './drops.ts'
import { kills } from './kills.ts'
import type { Amount, Suite } from './suite.ts'
import type { Done } from './tally.ts'

export const SUITES = ['drops', 'kills'] as const
export type SuiteName = (typeof SUITES)[number]

type Size = Omit<Amount, 'until'>

export interface SuitePlan {
  readonly run: Suite
  /** What is counted until a full run is complete; absent: as often as there is time. */
  readonly goal?: { readonly of: Done; readonly times: number }
  readonly tiny: Size
  readonly short: Size
  readonly full: Size
  /** Of eight minutes. */
  readonly shortSeconds: number
}

export const PLANS: Readonly<Record<SuiteName, SuitePlan>> = {
  drops: {
    run: drops,
    goal: { of: 'drops', times: 10_000 },
    tiny: { conversations: 6, times: 60 },
    short: { conversations: 40, times: 1_500 },
    full: { conversations: 40, times: 4_000 },
    shortSeconds: 90,
  },
  kills: {
    run: kills,
    goal: { of: 'kills', times: 1_000 },
    tiny: { conversations: 8, times: 2 },
    short: { conversations: 30, times: 16 },
    full: { conversations: 30, times: 60 },
    shortSeconds: 110,
  },
}
