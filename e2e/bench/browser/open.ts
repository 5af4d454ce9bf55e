/**
 * What a page pays for a twin, and how soon one can write: on a machine slowed four times, over 1.6 Mbit/s with 150 ms of
 * latency, without a cache.
 *
 * `launcher_ms`: from navigation until the launcher was painted. `usable_ms`: until a field takes the focus and a key,
 * from the press on the launcher; a widget without one stands open in the page, so there it counts from navigation. The
 * ratio to deep-chat, which has no launcher, therefore takes `ours-inline`: the same element standing open in the page,
 * both from navigation. Beside it stands what a launcher costs at worst: from navigation, pressed the moment it was
 * painted, by a pointer that did not hover before.
 * `tbt_ms`: beyond fifty of each task's processor time on the main thread, until all was still. `heap_mb`: JavaScript in use with the panel open, beyond
 * the same page without a widget. `kilobytes`: all that was downloaded beside the page, compressed.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { BenchOptions } from '../bench-options.ts'
import { median } from '../token/statistics.ts'
import { benchPage } from './bench-page.ts'
import type { Candidate } from './candidate.ts'
import { countDownloads } from './count-downloads.ts'
import { gather } from './gather.ts'
import { reportBudgets, reportRuns, share } from './report.ts'
import { rounds } from './rounds.ts'
import { traceTasks } from './trace-tasks.ts'
import { heapOf, press, slow, visitPage } from './visit-page.ts'
import type { PageVisit, Slowness } from './visit-page.ts'
import type { World } from './world.ts'

const SLOW = { cpu: 4, network: { bitsPerSecond: 1_600_000, latencyMs: 150 } }
const RUNS = 7
/** What a widget still does once one can write, such as its line, belongs to its cost. */
const SETTLE_MS = { full: 2_000, tiny: 300 }
const PATIENCE_MS = 30_000
const BLOCKING_MS = 50
const KEY = 'k'

interface Run {
  readonly launcherMs: number | null
  readonly usableMs: number
  readonly usableFromNavigationMs: number
  /** Null where the browser could not trace. */
  readonly tbtMs: number | null
  readonly cls: number
  readonly heapBytes: number
  readonly bytes: number
}

/** Takes two to three minutes. */
export async function open(world: World, options: BenchOptions): Promise<object> {
  const entries = await gather(world, { words: [], wordsPerSecond: 1 }, options)
  const empty: { script: number }[] = []
  const count = options.runs ?? RUNS
  const settleMs = SETTLE_MS[options.tiny ? 'tiny' : 'full']
  const outcomes = await rounds(entries, count, async (candidate, round) => {
    // Squeezes what will be served, and shows whether it works here at all.
    if (round === 0 && !options.tiny) await measure(world, candidate, { cpu: 1 }, settleMs)
    if (candidate === entries[0]) empty.push(await emptyPage(world, settleMs))
    return measure(world, candidate, SLOW, settleMs)
  })
  const without = median(empty.map(({ script }) => script))
  console.log('4x CPU, 1.6 Mbit/s, 150 ms, no cache; median (lowest-highest)\n')
  const figures = reportRuns(outcomes, [
    { key: 'launcher_ms', digits: 0, of: (run: Run) => run.launcherMs },
    { key: 'usable_ms', digits: 0, of: (run) => run.usableMs },
    { key: 'usable_from_navigation_ms', digits: 0, of: (run) => run.usableFromNavigationMs },
    { key: 'tbt_ms', digits: 0, of: (run) => run.tbtMs },
    { key: 'cls', digits: 4, of: (run) => run.cls },
    { key: 'heap_mb', digits: 2, of: (run) => (run.heapBytes - without) / 1e6 },
    { key: 'kilobytes', digits: 1, of: (run) => run.bytes / 1e3 },
  ])
  const { ours, 'ours-inline': inPage, typebot, 'deep-chat': deepChat } = figures
  const ratios = {
    launcher_to_typebot: share(ours?.['launcher_ms'], typebot?.['launcher_ms']),
    usable_to_deep_chat: share(inPage?.['usable_ms'], deepChat?.['usable_ms']),
    usable_with_launcher_to_deep_chat: share(ours?.['usable_from_navigation_ms'], deepChat?.['usable_ms']),
  }
  const budgets_met = reportBudgets([
    { what: 'launcher_to_typebot', value: ratios.launcher_to_typebot, atMost: 0.35 },
    { what: 'usable_to_deep_chat', value: ratios.usable_to_deep_chat, atMost: 0.9 },
    { what: 'cls', value: ours?.['cls'] ?? null, atMost: 0 },
    { what: 'tbt_ms', value: ours?.['tbt_ms'] ?? null, atMost: 50 },
    { what: 'heap_mb', value: ours?.['heap_mb'] ?? null, atMost: 1.1 },
  ])
  return { open: figures, ratios, budgets_met }
}

async function emptyPage(world: World, settleMs: number): Promise<{ script: number }> {
  const visit = await visitPage(world, benchPage(''), SLOW)
  try {
    await visit.page.evaluate((path) => window.twinBench.painted(path), ['header'])
    await visit.page.mouse.click(1, 1)
    await visit.page.evaluate((path) => window.twinBench.written(path), ['input'])
    await pause(settleMs)
    return await settledHeap(visit)
  } finally {
    await visit.end()
  }
}

async function measure(
  world: World,
  { embed, launcher, field }: Candidate,
  slowness: Slowness,
  settleMs: number,
): Promise<Run> {
  const tasks = await traceTasks(world.browser)
  const visit = await visitPage(world, benchPage(embed), slowness)
  const { page, cdp } = visit
  page.setDefaultTimeout(PATIENCE_MS)
  try {
    const received = countDownloads(cdp, `${world.front.pageOrigin}/`)
    const launcherMs = launcher ? await page.evaluate((path) => window.twinBench.painted(path), launcher) : null
    if (launcher) await press(page, launcher)
    const usableAt = await page.evaluate((path) => window.twinBench.usable(path), field)
    const pressedAt = await page.evaluate(() => window.twinBench.pressedAt())
    await page.keyboard.insertText(KEY)
    await pause(settleMs)
    const typed = await page.evaluate((path) => window.twinBench.written(path), field)
    if (!typed.includes(KEY)) throw new Error('The field took the focus and no key.')
    const cls = await page.evaluate(() => window.twinBench.shift())
    const taskMs = await tasks()
    const heap = await settledHeap(visit)
    return {
      launcherMs,
      usableMs: launcher ? usableAt - pressedAt : usableAt,
      usableFromNavigationMs: usableAt,
      tbtMs: taskMs?.reduce((sum, ms) => sum + Math.max(0, ms - BLOCKING_MS), 0) ?? null,
      cls,
      heapBytes: heap.script,
      bytes: received().reduce((sum, { bytes }) => sum + bytes, 0),
    }
  } finally {
    await tasks()
    await visit.end()
  }
}

async function settledHeap({ cdp }: PageVisit): Promise<{ script: number }> {
  await slow(cdp, { cpu: 1 })
  return heapOf(cdp)
}
