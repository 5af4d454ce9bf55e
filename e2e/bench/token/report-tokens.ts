/** Medians of the rounds side by side, the ratios, and the budgets they are held to. */
import { reportBudgets, share } from '../browser/report.ts'
import { printTable } from '../print-table.ts'
import type { LoadResult, Target } from './load-order.ts'
import { median } from './statistics.ts'

/** One round of one target. */
export interface TokenRun {
  readonly target: Target
  readonly conversations: number
  readonly relayMs: LoadResult['relayMs']
  readonly cpuMsPer1k: number
  readonly bytesPer1k: number
}

type Figures = Readonly<Record<Target, number | null>>

const TARGETS = ['ours', 'proxy', 'aichat'] as const
/** Where processor time and bytes are compared. */
const USUAL = 50
const MANY = 100
/** Shares of the peer that we may cost, and what we may add to the proxy's relay. */
const CPU_SHARE = 0.4
const FIRST_TOKEN_SHARE = 0.4
const RELAY_FACTOR = 2
const RELAY_EXTRA_MS = 10

/** Prints the tables; answers the bench's last line. */
export function reportTokens(
  first: ReadonlyMap<Target, LoadResult>,
  runs: readonly TokenRun[],
  aichatMissing: string | null,
): object {
  const at = (conversations: number, of: (run: TokenRun) => number): Figures =>
    eachTarget((target) => {
      const own = runs.filter((run) => run.target === target && run.conversations === conversations)
      return own.length === 0 ? null : median(own.map(of))
    })
  const firstTokens = (q: 'median' | 'p95'): Figures =>
    eachTarget((target) => first.get(target)?.firstTokenOverheadMs[q] ?? null)
  const cpu = at(USUAL, (run) => run.cpuMsPer1k)
  const relayAtMany = at(MANY, (run) => run.relayMs.p95)
  const bytes = at(USUAL, (run) => run.bytesPer1k)
  const counts = [...new Set(runs.map(({ conversations }) => conversations))]

  console.log(
    `CPU is workerd's alone, without what it uses idle; the last line has that of ${USUAL} conversations.\n` +
      `Bytes: frames with their headers before deflate, the proxy's the event stream.\n`,
  )
  printTable(
    ['', ...TARGETS, 'ours / proxy', 'ours / aichat', 'of all rounds'],
    [
      row('first token, overhead ms, median', firstTokens('median'), 2),
      row('first token, overhead ms, p95', firstTokens('p95'), 2),
      ...counts.map((count) =>
        row(
          `CPU ms per 1,000 tokens at ${count}`,
          at(count, (run) => run.cpuMsPer1k),
          0,
          spread(runs, count),
        ),
      ),
      ...counts.flatMap((count) => [
        row(
          `relay ms at ${count}, median`,
          at(count, (run) => run.relayMs.median),
          2,
        ),
        row(
          `relay ms at ${count}, p95`,
          at(count, (run) => run.relayMs.p95),
          2,
        ),
      ]),
      row('bytes received per 1,000 tokens', bytes, 0),
    ],
  )
  if (aichatMissing !== null) console.log(`aichat: not measured. ${aichatMissing}`)

  const cpuToAichat = share(cpu.ours, cpu.aichat)
  const firstTokenToAichat = share(firstTokens('median').ours, firstTokens('median').aichat)
  const relayAtMost = relayAtMany.proxy === null ? 0 : rounded(RELAY_FACTOR * relayAtMany.proxy + RELAY_EXTRA_MS)
  const kept = reportBudgets([
    { what: 'cpu_to_aichat', value: cpuToAichat, atMost: CPU_SHARE },
    { what: 'first_token_to_aichat', value: firstTokenToAichat, atMost: FIRST_TOKEN_SHARE },
    {
      what: 'relay_p95_ms_at_100',
      value: relayAtMany.ours === null ? null : rounded(relayAtMany.ours),
      atMost: relayAtMost,
    },
  ])
  return {
    ttft_overhead_ms: allRounded(firstTokens('median')),
    cpu_ms_per_1k_tokens: allRounded(cpu),
    relay_p95_ms_at_100: allRounded(relayAtMany),
    socket_bytes_per_1k_tokens: bytes.ours === null ? null : Math.round(bytes.ours),
    cpu_to_aichat: cpuToAichat,
    first_token_to_aichat: firstTokenToAichat,
    kept,
    ...(aichatMissing !== null && { aichat_missing: aichatMissing }),
  }
}

function row(what: string, { ours, proxy, aichat }: Figures, digits: number, remark = ''): string[] {
  const cells = [ours, proxy, aichat].map((value) => value?.toFixed(digits) ?? '')
  const ratios = [share(ours, proxy), share(ours, aichat)].map((ratio) =>
    ratio === null ? '' : `${ratio.toFixed(2)}x`,
  )
  return [what, ...cells, ...ratios, remark]
}

/** The lowest and the highest round of each. */
function spread(runs: readonly TokenRun[], conversations: number): string {
  return TARGETS.flatMap((target) => {
    const own = runs.filter((run) => run.target === target && run.conversations === conversations)
    const values = own.map(({ cpuMsPer1k }) => cpuMsPer1k)
    return own.length === 0 ? [] : [`${target} ${Math.min(...values).toFixed(0)}-${Math.max(...values).toFixed(0)}`]
  }).join(', ')
}

function eachTarget(of: (target: Target) => number | null): Figures {
  return { ours: of('ours'), proxy: of('proxy'), aichat: of('aichat') }
}

function allRounded({ ours, proxy, aichat }: Figures): Figures {
  const orNull = (value: number | null): number | null => (value === null ? null : rounded(value))
  return { ours: orNull(ours), proxy: orNull(proxy), aichat: orNull(aichat) }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
