/**
 * What a streamed reply costs the page: 2,000 tokens of Markdown (headings, lists, code, links, tables) at 200 a second,
 * the same words in the same pieces for everybody. Ours come from a scripted model through the real Worker and room; a
 * peer's from a local server in its own protocol, which is the shorter way.
 *
 * `cpu_ms_per_1k_tokens`: processor time of the page's main thread, without what the same open page uses at rest.
 * `dropped_percent`: frames of sixty a second that did not come, by the times requestAnimationFrame is given; the page
 * `nothing` reads the same words and shows none, so what it drops is the machine's and is taken off everybody's. `cls`: what
 * the growing reply shifts, all of it together.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { BenchOptions } from '../bench-options.ts'
import { benchPage } from './bench-page.ts'
import type { Candidate, Entry } from './candidate.ts'
import { nothing } from './candidates/nothing.ts'
import { gather } from './gather.ts'
import { countMainThread, usedBeyondRest } from './main-thread.ts'
import { LAST_WORD, replyTokens } from './reply-text.ts'
import { reportBudgets, reportRuns, share } from './report.ts'
import { rounds } from './rounds.ts'
import { press, slow, visitPage } from './visit-page.ts'
import type { World } from './world.ts'

const TOKENS = { full: 2_000, tiny: 100 }
const TOKENS_PER_SECOND = 200
const RUNS = 5
const FRAME_MS = 1000 / 60
/** After opening, until the line stands and every movement has ended. */
const CALM_MS = { full: 1_500, tiny: 300 }
const REST_MS = { full: 3_000, tiny: 500 }
const LOOK_MS = 150
/** A reply that takes longer than this many times its own time is not coming. */
const PATIENCE = 6

interface Heard {
  readonly cpuMsPer1k: number
  readonly layoutMsPer1k: number
  readonly droppedPercent: number
  readonly tokensPerSecond: number
  readonly cls: number
}
interface Run {
  readonly usual: Heard
  readonly slowed: Heard
}
interface Asked {
  readonly tokens: number
  readonly restMs: number
  readonly calmMs: number
}

/** Takes ten to fifteen minutes. */
export async function stream(world: World, options: BenchOptions): Promise<object> {
  const size = options.tiny ? 'tiny' : 'full'
  const asked = { tokens: TOKENS[size], restMs: REST_MS[size], calmMs: CALM_MS[size] }
  const script = { words: replyTokens(asked.tokens), wordsPerSecond: TOKENS_PER_SECOND }
  world.stack.model.always({ tokens: script.words, tokensPerSecond: TOKENS_PER_SECOND })
  const entries = [nothing(world.front, script), ...(await gather(world, script, options))]
  const outcomes = await rounds(
    entries.filter(isItself).map(ableToStream),
    options.runs ?? RUNS,
    async (candidate) => ({
      usual: await measure(world, candidate, asked, 1),
      slowed: await measure(world, candidate, asked, 4),
    }),
  )
  console.log(`${asked.tokens} tokens at ${TOKENS_PER_SECOND}/s; median (lowest-highest); frames as they were\n`)
  const figures = reportRuns(outcomes, [
    { key: 'cpu_ms_per_1k_tokens', digits: 0, of: (run: Run) => run.usual.cpuMsPer1k },
    { key: 'layout_ms_per_1k_tokens', digits: 0, of: (run) => run.usual.layoutMsPer1k },
    { key: 'dropped_seen_percent', digits: 1, of: (run) => run.usual.droppedPercent },
    { key: 'dropped_seen_percent_4x', digits: 1, of: (run) => run.slowed.droppedPercent },
    { key: 'tokens_per_second', digits: 0, of: (run) => run.usual.tokensPerSecond },
    { key: 'cls', digits: 4, of: (run) => run.usual.cls },
  ])
  const alone = figures['nothing']
  const streams: Record<string, Figures | null> = {}
  for (const [name, seen] of Object.entries(figures)) {
    streams[name] = seen && {
      ...seen,
      dropped_percent: beyond(seen['dropped_seen_percent'], alone?.['dropped_seen_percent']),
      dropped_percent_4x: beyond(seen['dropped_seen_percent_4x'], alone?.['dropped_seen_percent_4x']),
    }
  }
  const { ours, 'deep-chat': deepChat } = streams
  const ratios = { cpu_to_deep_chat: share(ours?.['cpu_ms_per_1k_tokens'], deepChat?.['cpu_ms_per_1k_tokens']) }
  const budgets_met = reportBudgets([
    { what: 'cpu_to_deep_chat', value: ratios.cpu_to_deep_chat, atMost: 0.25 },
    { what: 'dropped_percent', value: ours?.['dropped_percent'] ?? null, atMost: 0 },
    { what: 'dropped_percent_4x', value: ours?.['dropped_percent_4x'] ?? null, atMost: 2 },
    { what: 'cls', value: ours?.['cls'] ?? null, atMost: 0 },
  ])
  return { stream: streams, ratios, budgets_met }
}

type Figures = Readonly<Record<string, number | null>>

/** Percent beyond what the machine drops by itself. */
function beyond(seen: number | null | undefined, alone: number | null | undefined): number | null {
  return typeof seen === 'number' ? Number(Math.max(0, seen - (alone ?? 0)).toFixed(1)) : null
}

function isItself({ name }: Entry): boolean {
  return name !== 'ours-inline'
}

function ableToStream(entry: Entry): Entry {
  return 'streams' in entry && 'reason' in entry.streams ? { name: entry.name, reason: entry.streams.reason } : entry
}

async function measure(world: World, candidate: Candidate, asked: Asked, cpu: number): Promise<Heard> {
  const { launcher, field, streams } = candidate
  if ('reason' in streams) throw new Error(streams.reason)
  const { page, cdp, end } = await visitPage(world, benchPage(candidate.embed), { cpu: 1 })
  try {
    if (launcher) {
      await page.evaluate((path) => window.twinBench.painted(path), launcher)
      await press(page, launcher)
    }
    await page.evaluate((path) => window.twinBench.usable(path), field)
    await page.mouse.move(1, 1) // what moves below a pointer costs more
    await pause(asked.calmMs)
    await slow(cdp, { cpu })
    const used = await countMainThread(cdp)
    const frames = await page.evaluateHandle(() => window.twinBench.frames())
    const rest = [await used(), await pause(asked.restMs).then(used)] as const

    await page.keyboard.insertText('How was the second half?')
    const shiftBefore = await page.evaluate(() => window.twinBench.shift())
    const before = await used()
    const [askedAt] = await page.evaluate(() => [performance.now()])
    await page.keyboard.press('Enter')
    const replyMs = (asked.tokens / TOKENS_PER_SECOND) * 1000
    await pause(replyMs)
    const patience = performance.now() + replyMs * PATIENCE
    for (let shown = ''; !shown.includes(LAST_WORD); await pause(LOOK_MS)) {
      shown = await page.evaluate((path) => window.twinBench.text(path), streams.transcript)
      if (performance.now() > patience)
        throw new Error(`The reply never came to its end; it reads "… ${shown.slice(-200)}".`)
    }
    const after = await used()
    const shiftAfter = await page.evaluate(() => window.twinBench.shift())
    const times = await frames.evaluate((stop) => stop())
    const cost = usedBeyondRest(before, after, rest)
    const thousands = asked.tokens / 1000
    return {
      cpuMsPer1k: cost.taskMs / thousands,
      layoutMsPer1k: cost.layoutMs / thousands,
      droppedPercent: droppedPercent(times.filter((time) => time >= (askedAt ?? 0))),
      tokensPerSecond: asked.tokens / (cost.atMs / 1000),
      cls: shiftAfter - shiftBefore,
    }
  } finally {
    await end()
  }
}

function droppedPercent(times: readonly number[]): number {
  const gaps = times.slice(1).map((time, at) => Math.max(1, Math.round((time - (times[at] ?? time)) / FRAME_MS)))
  const due = gaps.reduce((sum, frames) => sum + frames, 0)
  return due === 0 ? 100 : (100 * (due - gaps.length)) / due
}
