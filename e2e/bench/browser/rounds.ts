/** Measures everybody in turn, round after round, so that what the machine does besides meets all alike. */
import type { Candidate, Entry } from './candidate.ts'

/** What the runs of one candidate came to, or why there are none. */
export type Outcome<Run> =
  | { readonly name: string; readonly runs: readonly Run[] }
  | { readonly name: string; readonly reason: string }

/** `measure` rejects when a candidate cannot be measured; it is left out from then on, and the others go on. */
export async function rounds<Run>(
  entries: readonly Entry[],
  count: number,
  measure: (candidate: Candidate, round: number) => Promise<Run>,
): Promise<Outcome<Run>[]> {
  const reasons = new Map<string, string>()
  const runs = new Map<string, Run[]>()
  for (const entry of entries) if ('reason' in entry) reasons.set(entry.name, entry.reason)
  for (let round = 0; round < count; round += 1) {
    for (const entry of entries) {
      if ('reason' in entry || reasons.has(entry.name)) continue
      try {
        const run = await measure(entry, round)
        runs.set(entry.name, [...(runs.get(entry.name) ?? []), run])
      } catch (failure) {
        if (entry.name === 'ours') throw failure
        reasons.set(entry.name, failure instanceof Error ? (failure.message.split('\n')[0] ?? '') : String(failure))
      }
    }
    process.stderr.write(`round ${round + 1} of ${count}\n`)
  }
  return entries.map(({ name }) => {
    const reason = reasons.get(name)
    return reason === undefined ? { name, runs: runs.get(name) ?? [] } : { name, reason }
  })
}
