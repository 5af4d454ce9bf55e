/**
 * `npm run bench -- soak`: hundreds of conversations live as chance has it on the whole platform, and workerd's memory is
 * watched. `--full` is 30 minutes and adds its figures to RESULTS.md. Whatever is lost or doubled on the way makes it fail,
 * and so does memory that grows.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { appendRow } from '../append-row.ts'
import type { Section } from '../append-row.ts'
import { buildForBench } from '../build-for-bench.ts'
import { chanceOf } from '../faults/chance.ts'
import { startFaultWorld } from '../faults/fault-world.ts'
import type { FaultWorld } from '../faults/fault-world.ts'
import { RESULTS_FILE } from '../faults/results.ts'
import { openTally } from '../faults/tally.ts'
import { residentKb } from '../load/load-world.ts'
import { printTable } from '../print-table.ts'
import { memoryTrend } from './memory-trend.ts'
import type { MemorySample } from './memory-trend.ts'
import { live } from './live.ts'

interface SoakOptions {
  readonly minutes: number
  /** Conversations that live at once; each that ends is followed by another. */
  readonly lives: number
  readonly idleMs: number
  readonly sampleMs: number
  readonly seed: string
  readonly isFull: boolean
  /** The Worker lies there already. */
  readonly built: boolean
}

/** The last line of the bench. */
export interface SoakFigures {
  readonly minutes: number
  readonly conversations: number
  readonly messages: number
  readonly rss_start_mb: number
  readonly rss_end_mb: number
  readonly slope_mb_per_hour: number
  /** Null: the run was too short to say. */
  readonly flat: boolean | null
  readonly lost: number
  readonly doubled: number
  readonly reordered: number
  readonly seed: string
}

const USUAL = { minutes: 3, lives: 200, idleMs: 20_000, sampleMs: 2_000, isFull: false, built: false }
const TINY = { ...USUAL, minutes: 0.3, lives: 6, idleMs: 1_500, sampleMs: 500 }
const FULL_MINUTES = 30
/** Below, a process is still growing to the size of its work. */
const LEAST_MINUTES = 10
const SECTION: Section = {
  heading: 'soak',
  introduction: `Each row is one run of \`npm run bench -- soak --full\`: ${USUAL.lives} conversations at a time, which ask, stop, drop, go and come back.
Memory is workerd's resident set; start and end are medians of the two halves after a warm-up of a third.

| date | seed | minutes | conversations | messages | start, MB | end, MB | slope, MB an hour | flat | lost | doubled | reordered |
|---|---|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|`,
}

export async function soak(words: readonly string[]): Promise<{ readonly soak: SoakFigures }> {
  const options = readOptions(words)
  console.log(`seed ${options.seed}`)
  if (!options.built) await buildForBench()
  const tally = openTally()
  const world = await startFaultWorld(tally, chanceOf(options.seed))
  const interrupted = (): void => void world.stop().finally(() => process.exit(1))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    const figures = await run(world, options)
    printTable(
      ['', ''],
      Object.entries(figures).map(([what, value]) => [what, String(value)]),
    )
    if (options.isFull) {
      const cells = Object.entries(figures).flatMap(([what, value]) => (what === 'seed' ? [] : [String(value)]))
      await appendRow(RESULTS_FILE, SECTION, [new Date().toISOString().slice(0, 10), options.seed, ...cells])
    }
    if (!tally.isClean() || figures.flat === false) process.exitCode = 1
    return { soak: figures }
  } finally {
    await world.stop()
  }
}

async function run(world: FaultWorld, { minutes, lives, idleMs, sampleMs, seed }: SoakOptions): Promise<SoakFigures> {
  const pid = world.stack.workerdPid()
  if (pid === null) throw new Error('What workerd holds is not told here: this bench needs Linux.')
  const began = performance.now()
  const until = began + minutes * 60_000
  let conversations = 0
  let messages = 0
  const samples: MemorySample[] = []
  const sampling = setInterval(() => {
    samples.push({ second: (performance.now() - began) / 1000, megabytes: residentKb(pid) / 1024 })
  }, sampleMs)
  const place = async (at: number): Promise<void> => {
    const chance = world.chance.fork(`soak ${at}`)
    await pause(chance.between(0, Math.min(idleMs, (minutes * 60_000) / 4))) // nobody comes at the same moment
    for (let life = 0; performance.now() < until; life += 1) {
      conversations += 1
      await live(world, { name: `soak${at}.${life}`, chance, until, idleMs, asked: () => void (messages += 1) })
    }
  }
  try {
    await Promise.all(Array.from({ length: lives }, (_, at) => place(at)))
  } finally {
    clearInterval(sampling)
  }
  const { startMb, endMb, slopeMbPerHour, isFlat } = memoryTrend(samples.filter(({ second }) => second <= minutes * 60))
  const { lost, doubled, reordered } = world.tally.counts
  return {
    minutes,
    conversations,
    messages,
    rss_start_mb: Math.round(startMb),
    rss_end_mb: Math.round(endMb),
    slope_mb_per_hour: Math.round(slopeMbPerHour),
    flat: minutes < LEAST_MINUTES ? null : isFlat,
    lost,
    doubled,
    reordered,
    seed,
  }
}

/** Throws the sentence to show when a word is not understood. */
function readOptions(words: readonly string[]): SoakOptions {
  let options: SoakOptions = { ...USUAL, seed: randomBytes(4).toString('hex') }
  const left = [...words]
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--tiny') options = { ...TINY, seed: options.seed }
    else if (word === '--built') options = { ...options, built: true }
    else if (word === '--full') options = { ...options, minutes: FULL_MINUTES, isFull: true }
    else {
      const value = left.shift() ?? ''
      if (word === '--minutes' && /^[1-9]\d{0,2}$/.test(value)) options = { ...options, minutes: Number(value) }
      else if (word === '--seed' && /^[\w.-]{1,40}$/.test(value)) options = { ...options, seed: value }
      else {
        throw new Error(
          `soak takes --minutes <1-999>, --full, --tiny, --seed <word> and --built; not "${`${word} ${value}`.trim()}".`,
        )
      }
    }
  }
  return options
}
