/** What full runs found, added chunk by chunk to a table that people read and the next run counts. */
import { appendFile, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { DONE, NOTHING, WRONG } from './tally.ts'
import type { Counts, Done, Tally, Wrong } from './tally.ts'

export const RESULTS_FILE = fileURLToPath(new URL('../RESULTS.md', import.meta.url))

const COLUMNS = [...DONE, ...WRONG] as const
const WAITS = ['caught_up_after_drop', 'caught_up_after_restart', 'stop_cancel'] as const
const HEAD = `# What full runs of the benches found

## faults

Each row is one chunk of \`npm run bench -- faults --full\`, as it was measured. p99 in milliseconds, of the run so far.

| date | seed | suite | ${COLUMNS.join(' | ')} | caught up after drop p99 | after restart p99 | stop to cancel p99 |
|---|---|---|${COLUMNS.map(() => '--:|').join('')}--:|--:|--:|
`
const ROW = /^\| \d{4}-\d\d-\d\d \| [\w.-]+ \| [a-z-]+ \|(?<counts>(?: \d+ \|)+)/

export interface Chunk {
  readonly suite: string
  readonly seed: string
  /** The counts when the chunk began. */
  readonly before: Counts
  readonly tally: Tally
}

export async function appendResult({ suite, seed, before, tally }: Chunk, file = RESULTS_FILE): Promise<void> {
  const known = await readFile(file, 'utf8').catch(() => '')
  const counts = COLUMNS.map((column) => tally.counts[column] - before[column])
  const waits = WAITS.map((wait) => tally.p99(wait) ?? '–')
  const row = [new Date().toISOString().slice(0, 10), seed, suite, ...counts, ...waits]
  await appendFile(file, `${known === '' ? HEAD : ''}| ${row.join(' | ')} |\n`)
}

/** Of every chunk there ever was. */
export async function readTotals(file = RESULTS_FILE): Promise<Counts> {
  const totals: Record<Done | Wrong, number> = { ...NOTHING }
  for (const line of (await readFile(file, 'utf8').catch(() => '')).split('\n')) {
    const counts = ROW.exec(line)?.groups?.['counts']?.split('|').map(Number)
    if (!counts) continue
    for (const [at, column] of COLUMNS.entries()) totals[column] += counts[at] ?? 0
  }
  return totals
}
