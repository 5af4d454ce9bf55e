/**
 * `npm run bench -- faults`: real workerd, real sockets, persisted state, and everything that can happen to them. Prints
 * its seed first; the last line is every count as JSON. Anything lost, doubled, late or too much makes it fail.
 */
import { randomBytes } from 'node:crypto'
import { buildForBench } from '../build-for-bench.ts'
import { printTable } from '../print-table.ts'
import { chanceOf } from './chance.ts'
import { readFaultOptions } from './fault-options.ts'
import type { FaultOptions } from './fault-options.ts'
import { startFaultWorld } from './fault-world.ts'
import { planted } from './planted.ts'
import { appendResult, readTotals } from './results.ts'
import { PLANS, SUITES } from './suites.ts'
import type { SuiteName } from './suites.ts'
import { openTally } from './tally.ts'
import type { Tally } from './tally.ts'

/** After outages of seconds a room's back-off is shorter than this. */
const HASTY_MS = 8_000

export async function faults(words: readonly string[]): Promise<object> {
  const options = readFaultOptions(words, randomBytes(4).toString('hex'))
  console.log(`seed ${options.seed}`)
  if (!options.built) await buildForBench()
  if (options.planted) return planted(options.only, options.seed)
  const tally = openTally()
  await runSuites(options, tally)
  const report = reportOf(options, tally)
  const rows = Object.entries(report).map(([what, value]) => [what, JSON.stringify(value)])
  printTable(['', ''], rows)
  for (const [code, times] of tally.refusals) console.log(`refused ${times} times: ${code}`)
  if (!tally.isClean()) process.exitCode = 1
  return report
}

/** Every count, and how long people waited. */
export function reportOf({ seed }: Pick<FaultOptions, 'seed'>, { counts, p99 }: Tally): object {
  return {
    ...counts,
    caught_up_p99_ms: {
      drop: p99('caught_up_after_drop'),
      restart: p99('caught_up_after_restart'),
      storm: p99('caught_up_after_storm'),
    },
    marked_after_restart_p99_ms: p99('marked_after_restart'),
    alarm_archived_p99_ms: p99('alarm_archived'),
    stop_cancel_p99_ms: p99('stop_cancel'),
    seed,
  }
}

async function runSuites(options: FaultOptions, tally: Tally): Promise<void> {
  const { size, seed, only, minutes } = options
  const world = await startFaultWorld(tally, chanceOf(seed), options.hasty ? HASTY_MS : undefined)
  const interrupted = (): void => void world.stop().finally(() => process.exit(1))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  const end = performance.now() + minutes * 60_000
  try {
    const names = only.length > 0 ? only : SUITES
    for (const [at, name] of names.entries()) {
      const suiteEnd = size === 'full' ? performance.now() + (end - performance.now()) / (names.length - at) : Infinity
      await runSuite(name, options, world, suiteEnd)
    }
    if (world.upstream.strangers() > 0)
      tally.wrong('extra_model_calls', `${world.upstream.strangers()} calls that nobody's question explains`)
  } finally {
    await world.stop()
  }
}

async function runSuite(
  name: SuiteName,
  { size, seed }: FaultOptions,
  world: Awaited<ReturnType<typeof startFaultWorld>>,
  end: number,
): Promise<void> {
  const { tally } = world
  const { run, goal, shortSeconds, ...sizes } = PLANS[name]
  const began = performance.now()
  if (size !== 'full') {
    const seconds = size === 'tiny' ? 15 : shortSeconds
    await run(world, { ...sizes[size], until: began + seconds * 1000 })
  }
  for (let chunk = 0; size === 'full' && performance.now() < end; chunk += 1) {
    const left = goal ? goal.times - (await readTotals())[goal.of] : Infinity
    if (left <= 0) {
      console.log(`${name}: complete, ${goal?.times} times.`)
      break
    }
    const before = { ...tally.counts }
    const chance = world.chance.fork(`${name} ${chunk}`)
    world.upstream.forget()
    await run({ ...world, chance }, { ...sizes.full, times: Math.min(sizes.full.times, left), until: end })
    await appendResult({ suite: name, seed, before, tally })
  }
  const took = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${name}: ${took} s${tally.isClean() ? '' : ', and not clean'}`)
}
