/** What a run did and what it found. A finding is also said in words, or nobody could look for its cause. */
import { quantile } from '../token/statistics.ts'

export const DONE = ['drops', 'kills', 'resumes', 'stops', 'cap_rounds'] as const
export const WRONG = ['lost', 'doubled', 'reordered', 'late_tokens', 'cap_overruns', 'extra_model_calls'] as const
export type Done = (typeof DONE)[number]
export type Wrong = (typeof WRONG)[number]
export type Wait =
  | 'caught_up_after_drop'
  | 'caught_up_after_restart'
  | 'caught_up_after_storm'
  | 'marked_after_restart'
  | 'alarm_archived'
  | 'stop_cancel'

export type Counts = Readonly<Record<Done | Wrong, number>>

/** Before anything was done. */
export const NOTHING: Counts = {
  drops: 0,
  kills: 0,
  resumes: 0,
  stops: 0,
  cap_rounds: 0,
  lost: 0,
  doubled: 0,
  reordered: 0,
  late_tokens: 0,
  cap_overruns: 0,
  extra_model_calls: 0,
}

export interface Tally {
  /** One more of what was to be done. */
  did(what: Done, times?: number): void
  /** Something is not as it must be. */
  wrong(what: Wrong, words: string): void
  /** How long somebody waited, in milliseconds. */
  waited(what: Wait, ms: number): void
  /** What the product refused, by its code; not wrong in itself. */
  refused(code: string): void
  readonly counts: Counts
  readonly refusals: ReadonlyMap<string, number>
  /** Rounded up to whole milliseconds; null where nobody waited. */
  p99(what: Wait): number | null
  /** Nothing wrong so far. */
  isClean(): boolean
}

/** More of a kind say nothing new. */
const WORDS_A_KIND = 8

export function openTally(say: (line: string) => void = (line) => console.error(line)): Tally {
  const counts: Record<Done | Wrong, number> = { ...NOTHING }
  const waits: Record<Wait, number[]> = {
    caught_up_after_drop: [],
    caught_up_after_restart: [],
    caught_up_after_storm: [],
    marked_after_restart: [],
    alarm_archived: [],
    stop_cancel: [],
  }
  const refusals = new Map<string, number>()
  return {
    counts,
    refusals,
    did(what, times = 1) {
      counts[what] += times
    },
    wrong(what, words) {
      counts[what] += 1
      if (counts[what] <= WORDS_A_KIND) say(`${what}: ${words}`)
    },
    waited: (what, ms) => void waits[what].push(ms),
    refused: (code) => void refusals.set(code, (refusals.get(code) ?? 0) + 1),
    p99: (what) => (waits[what].length === 0 ? null : Math.ceil(quantile(waits[what], 0.99))),
    isClean: () => WRONG.every((kind) => counts[kind] === 0),
  }
}
