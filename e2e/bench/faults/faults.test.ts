/** Each suite of the fault harness with a handful of what it does. `npm run bench -- faults` does more, `--full` all of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chanceOf } from './chance.ts'
import { startFaultWorld } from './fault-world.ts'
import type { FaultWorld } from './fault-world.ts'
import { PLANS } from './suites.ts'
import type { SuiteName } from './suites.ts'
import { openTally, WRONG } from './tally.ts'

const SEED = 'tests'
/** What stops the Worker or takes its archive away runs alone. */
const GROUPS: readonly (readonly SuiteName[])[] = [
  ['drops', 'resumes', 'stops', 'storms', 'model'],
  ['kills'],
  ['cap'],
  ['archive'],
]

let world: FaultWorld
const found: string[] = []

beforeAll(async () => {
  world = await startFaultWorld(
    openTally((line) => void found.push(line)),
    chanceOf(SEED),
  )
})

afterAll(() => world?.stop())

describe('whatever happens to lines, rooms, archive and model', () => {
  it.each(GROUPS.map((names) => ({ names })))('nothing is lost, doubled or late: $names', async ({ names }) => {
    const before = { ...world.tally.counts }
    const until = performance.now() + 30_000
    await Promise.all(names.map((name) => PLANS[name].run(world, { ...PLANS[name].tiny, until })))
    const { counts } = world.tally
    for (const kind of WRONG)
      expect.soft(counts[kind] - before[kind], `${kind} (seed ${SEED}): ${found.join('\n')}`).toBe(0)
    for (const name of names) {
      const { goal, tiny } = PLANS[name]
      if (goal) expect(counts[goal.of] - before[goal.of]).toBeGreaterThanOrEqual(tiny.times)
    }
  })

  it('is caught up with soon, and stops soon', () => {
    const { p99 } = world.tally
    expect(p99('caught_up_after_drop')).toBeLessThanOrEqual(2_000)
    expect(p99('caught_up_after_restart')).toBeLessThanOrEqual(5_000)
    expect(p99('marked_after_restart')).toBeLessThanOrEqual(10_000)
    expect(p99('stop_cancel')).toBeLessThanOrEqual(250)
  })
})
