/**
 * How long it takes to open on a long conversation, with every script loaded: from `show()`, which makes a peer's element
 * with its history, and presses our launcher.
 *
 * `open_ms`: until the newest message was painted in view and the field takes the focus, which is what somebody who opens
 * it waits for; `all_ms`: until all 500 stand in the page besides. A peer that makes all before it shows any has one time
 * for both; ours makes a window full, shows it, and makes the earlier ones above it while nobody waits. `_1000_`: the same
 * with 1,000. `_as_met_`: as visitors meet ours, whose room never sends more than 50 at once; in the others it sends all.
 * `cpu_ms` is of everything, to the end.
 *
 * Ours goes its whole way: a session asked for, a socket, frames as text, checked and reduced; but door and room stand in
 * the page, since a server's time is no widget's. A peer gets its messages as it documents.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { BenchOptions } from '../bench-options.ts'
import { benchPage } from './bench-page.ts'
import type { Candidate, Entry } from './candidate.ts'
import { gather } from './gather.ts'
import { countMainThread } from './main-thread.ts'
import { conversationOf } from './reply-text.ts'
import { reportBudgets, reportRuns, share } from './report.ts'
import { rounds } from './rounds.ts'
import { heapOf, visitPage } from './visit-page.ts'
import type { World } from './world.ts'

const RUNS = 7
const SIZES = { full: [500, 1_000], tiny: [20, 40] } as const
/** As many as a room sends at once. */
const NEWEST = 50
const CALM_MS = 500
const SETTLE_MS = 1_000

interface Opened {
  readonly openMs: number
  readonly allMs: number
  readonly cpuMs: number
  readonly heapBytes: number
}
interface Run {
  readonly usual: Opened
  readonly twice: Opened
  /** Only where a widget does not show all at once. */
  readonly asMet: Opened | null
}

/** Takes three to five minutes. */
export async function history(world: World, options: BenchOptions): Promise<object> {
  const [usual, twice] = SIZES[options.tiny ? 'tiny' : 'full']
  const entries = await gather(world, { words: [], wordsPerSecond: 1 }, options)
  const able = entries.filter(({ name }) => name !== 'ours-inline').map(ableToRecall)
  const outcomes = await rounds(able, options.runs ?? RUNS, async (candidate, round) => {
    if (round === 0) await measure(world, candidate, NEWEST)
    return {
      usual: await measure(world, candidate, usual),
      twice: await measure(world, candidate, twice),
      asMet: candidate.name === 'ours' ? await measure(world, candidate, usual, NEWEST) : null,
    }
  })
  console.log(`Opening on ${usual} messages, and on ${twice}; median (lowest-highest)\n`)
  const figures = reportRuns(outcomes, [
    { key: 'open_ms', digits: 0, of: (run: Run) => run.usual.openMs },
    { key: 'open_1000_ms', digits: 0, of: (run) => run.twice.openMs },
    { key: 'open_as_met_ms', digits: 0, of: (run) => run.asMet?.openMs ?? null },
    { key: 'all_ms', digits: 0, of: (run) => run.usual.allMs },
    { key: 'all_1000_ms', digits: 0, of: (run) => run.twice.allMs },
    { key: 'all_as_met_ms', digits: 0, of: (run) => run.asMet?.allMs ?? null },
    { key: 'cpu_ms', digits: 0, of: (run) => run.usual.cpuMs },
    { key: 'cpu_1000_ms', digits: 0, of: (run) => run.twice.cpuMs },
    { key: 'heap_mb', digits: 1, of: (run) => run.usual.heapBytes / 1e6 },
  ])
  const { ours, 'deep-chat': deepChat } = figures
  const ratios = {
    open_to_deep_chat: share(ours?.['open_ms'], deepChat?.['open_ms']),
    open_1000_to_500: share(ours?.['open_1000_ms'], ours?.['open_ms']),
    open_1000_to_deep_chat_500: share(ours?.['open_1000_ms'], deepChat?.['open_ms']),
    open_as_met_to_deep_chat: share(ours?.['open_as_met_ms'], deepChat?.['open_ms']),
    all_to_deep_chat: share(ours?.['all_ms'], deepChat?.['all_ms']),
    all_1000_to_500: share(ours?.['all_1000_ms'], ours?.['all_ms']),
    all_as_met_to_deep_chat: share(ours?.['all_as_met_ms'], deepChat?.['all_ms']),
  }
  console.log(`\n${JSON.stringify(ratios)}`)
  const budgets_met = reportBudgets([
    { what: 'open_to_deep_chat', value: ratios.open_to_deep_chat, atMost: 0.5 },
    { what: 'open_1000_to_500', value: ratios.open_1000_to_500, atMost: 1.3 },
  ])
  return { history: figures, ratios, budgets_met }
}

function ableToRecall(entry: Entry): Entry {
  return 'recalls' in entry && 'reason' in entry.recalls ? { name: entry.name, reason: entry.recalls.reason } : entry
}

async function measure(world: World, { recalls, field }: Candidate, count: number, newest = count): Promise<Opened> {
  if ('reason' in recalls) throw new Error(recalls.reason)
  const html = benchPage(recalls.page(conversationOf(count), newest))
  const { page, cdp, end } = await visitPage(world, html, { cpu: 1 })
  try {
    await page.evaluate(() => window.twinBench.called('show'))
    await page.evaluate(() => window.ready())
    await pause(CALM_MS)
    const used = await countMainThread(cdp)
    const before = await used()
    const shown = Math.min(count, newest)
    const [openMs, allMs] = await page.evaluate(
      async ([items, least, words, where]) => {
        const began = performance.now()
        window.show()
        const seen = await window.twinBench.listed(items, least, words, where)
        return [seen.newest - began, seen.all - began] as const
      },
      [recalls.items, shown, `line ${count}.`, field] as const,
    )
    await pause(SETTLE_MS)
    const after = await used()
    const { script } = await heapOf(cdp)
    return { openMs, allMs, cpuMs: after.taskMs - before.taskMs, heapBytes: script }
  } finally {
    await end()
  }
}
