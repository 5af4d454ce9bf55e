/** What a suite of the doors' bench is: a question asked very often, and faults that it must not overlook. */
import type { Change } from '../planted-copy.ts'
import type { DoorsWorld } from './doors-world.ts'

/** `full`: as many cases as the bench promises. `tiny`: a sample, for tests and for Workers that were broken on purpose. */
export type Amount = 'full' | 'tiny'

export interface Findings {
  /** Members of the last line's `doors`. */
  readonly figures: Readonly<Record<string, number>>
  /** One line a case that went wrong: none in a sound product. */
  readonly wrong: readonly string[]
}

export interface DoorsPlant {
  /** The fault, as a sentence. */
  readonly name: string
  readonly changes: readonly Change[]
}

export interface DoorsSuite {
  readonly name: string
  /** May be asked again of the same world, and must leave it usable for others. */
  run(world: DoorsWorld, amount: Amount): Promise<Findings>
  readonly plants: readonly DoorsPlant[]
}
