/** Each suite of the fault harness with a handful of what it does. `npm run bench -- faults` does more, `--full` all of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chanceOf } from './chance.ts'
import { startFaultWorld } from './fault-world.ts'
import type { FaultWorld } from './fault-world.ts'
import { PLANS, SUITES } from './suites.ts'
import { openTally, WRONG } from './tally.ts'

const SEED = 'tests'

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
  it.each(SUITES)('nothing is lost, doubled or late: %s', async (name) => {
    const { run, goal, tiny } = PLANS[name]
    const before = { ...world.tally.counts }
    await run(world, { ...tiny, until: performance.now() + 30_000 })
    const { counts } = world.tally
    for (const kind of WRONG)
      expect.soft(counts[kind] - before[kind], `${kind} (seed ${SEED}): ${found.join('\n')}`).toBe(0)
    if (goal) expect(counts[goal.of] - before[goal.of]).toBeGreaterThanOrEqual(tiny.times)
  })

  it('is caught up with soon, and stops soon', () => {
    const { p99 } = world.tally
    expect(p99('caught_up_after_drop')).toBeLessThanOrEqual(2_000)
    expect(p99('caught_up_after_restart')).toBeLessThanOrEqual(5_000)
    expect(p99('stop_cancel')).toBeLessThanOrEqual(250)
  })
})
