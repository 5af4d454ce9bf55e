/** Every suite by its name, and how much of it makes a handful, a short run and a full one. */
import { archive } from './archive.ts'
import { cap } from './cap.ts'
import { drops } from './drops.ts'
import { kills } from './kills.ts'
import { model } from './model.ts'
import { resumes } from './resumes.ts'
import { stops } from './stops.ts'
import { storms } from './storms.ts'
import type { Amount, Suite } from './suite.ts'
import type { Done } from './tally.ts'

export const SUITES = ['drops', 'kills', 'resumes', 'stops', 'cap', 'storms', 'archive', 'model'] as const
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
    tiny: { conversations: 12, times: 2 },
    short: { conversations: 30, times: 16 },
    full: { conversations: 30, times: 60 },
    shortSeconds: 110,
  },
  resumes: {
    run: resumes,
    goal: { of: 'resumes', times: 10_000 },
    tiny: { conversations: 3, times: 60 },
    short: { conversations: 12, times: 1_500 },
    full: { conversations: 12, times: 2_500 },
    shortSeconds: 60,
  },
  stops: {
    run: stops,
    goal: { of: 'stops', times: 1_000 },
    tiny: { conversations: 8, times: 14 },
    short: { conversations: 30, times: 200 },
    full: { conversations: 30, times: 400 },
    shortSeconds: 45,
  },
  cap: {
    run: cap,
    goal: { of: 'cap_rounds', times: 1_000 },
    tiny: { conversations: 3, times: 3 },
    short: { conversations: 24, times: 24 },
    full: { conversations: 40, times: 200 },
    shortSeconds: 60,
  },
  storms: {
    run: storms,
    tiny: { conversations: 6, times: 2 },
    short: { conversations: 80, times: 6 },
    full: { conversations: 120, times: 20 },
    shortSeconds: 45,
  },
  archive: {
    run: archive,
    tiny: { conversations: 4, times: 2 },
    short: { conversations: 20, times: 10 },
    full: { conversations: 30, times: 25 },
    shortSeconds: 80,
  },
  model: {
    run: model,
    tiny: { conversations: 6, times: 6 },
    short: { conversations: 18, times: 54 },
    full: { conversations: 30, times: 180 },
    shortSeconds: 40,
  },
}
