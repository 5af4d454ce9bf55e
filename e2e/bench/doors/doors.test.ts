/** Each suite of the doors' bench with a sample of what it asks; `npm run bench -- doors` asks everything. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chanceOf } from '../faults/chance.ts'
import { SUITES } from './doors.ts'
import { startDoorsWorld } from './doors-world.ts'
import type { DoorsWorld } from './doors-world.ts'

let world: DoorsWorld

beforeAll(async () => {
  world = await startDoorsWorld(chanceOf('tests'))
})

afterAll(() => world?.edge.stop())

describe('the doors, asked by whoever comes', () => {
  it.each(SUITES)('let in whom they should and nobody else: $name', async (suite) => {
    const { wrong } = await suite.run({ ...world, chance: world.chance.fork(suite.name) }, 'tiny')
    expect(wrong).toEqual([])
  })
})
