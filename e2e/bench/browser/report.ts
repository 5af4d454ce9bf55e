/** Medians of the runs with their range, and budgets beside what was measured. */
import { printTable } from '../print-table.ts'
import { median } from '../token/statistics.ts'
import type { Outcome } from './rounds.ts'

/** One figure of a candidate; `digits` behind the point. */
export interface Column<Run> {
  readonly key: string
  readonly digits: number
  readonly of: (run: Run) => number | null
}

export interface Budget {
  readonly what: string
  readonly value: number | null
  readonly atMost: number
}

type Figures = Readonly<Record<string, number | null>>

/** Prints a row a candidate and answers with an object a candidate; null for one that could not be measured. */
export function reportRuns<Run>(
  outcomes: readonly Outcome<Run>[],
  columns: readonly Column<Run>[],
): Record<string, Figures | null> {
  const figures: Record<string, Figures | null> = {}
  const rows: string[][] = []
  for (const outcome of outcomes) {
    const runs = 'runs' in outcome ? outcome.runs : []
    const cells = columns.map((column) => cellOf(runs, column))
    rows.push([outcome.name, ...('runs' in outcome ? cells.map(({ text }) => text) : columns.map(() => ''))])
    figures[outcome.name] =
      'runs' in outcome ? Object.fromEntries(columns.map(({ key }, at) => [key, cells[at]?.value ?? null])) : null
  }
  printTable(['', ...columns.map(({ key }) => key)], rows)
  for (const outcome of outcomes)
    if ('reason' in outcome) console.log(`${outcome.name}: not measured. ${outcome.reason}`)
  return figures
}

function cellOf<Run>(runs: readonly Run[], { of, digits }: Column<Run>): { value: number | null; text: string } {
  const values = runs.map(of).filter((value) => value !== null)
  if (values.length === 0) return { value: null, text: '' }
  const value = round(median(values), digits)
  const [low, high] = [Math.min(...values).toFixed(digits), Math.max(...values).toFixed(digits)]
  return { value, text: low === high ? value.toFixed(digits) : `${value.toFixed(digits)} (${low}-${high})` }
}

/** Prints each budget and answers whether it was kept; null where there was nothing to compare with. */
export function reportBudgets(budgets: readonly Budget[]): Record<string, boolean | null> {
  console.log()
  printTable(
    ['budget', 'measured', 'at most', ''],
    budgets.map(({ what, value, atMost }) => [
      what,
      value === null ? 'unknown' : String(value),
      String(atMost),
      value === null ? '' : value <= atMost ? 'kept' : 'NOT KEPT',
    ]),
  )
  return Object.fromEntries(budgets.map(({ what, value, atMost }) => [what, value === null ? null : value <= atMost]))
}

/** One figure of ours as a share of a peer's; null where either is missing. */
export function share(ours: number | null | undefined, theirs: number | null | undefined): number | null {
  return typeof ours === 'number' && typeof theirs === 'number' && theirs > 0 ? round(ours / theirs, 3) : null
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
