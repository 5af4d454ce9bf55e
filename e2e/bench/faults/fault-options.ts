/** How much the fault harness shall do, as words behind `npm run bench -- faults`. */
import { SUITES } from './suites.ts'
import type { SuiteName } from './suites.ts'

export interface FaultOptions {
  /** `short`: at most eight minutes; `tiny`: a handful; `full`: until the minutes are over, added to the results. */
  readonly size: 'short' | 'tiny' | 'full'
  /** Empty: every suite. */
  readonly only: readonly SuiteName[]
  /** Of the whole run; `full` alone. */
  readonly minutes: number
  readonly seed: string
  /** The Worker lies there already. */
  readonly built: boolean
  /** Waits less for an archive that has nothing: where faults are planted. */
  readonly hasty: boolean
  /** Plants faults in a copy of the product and looks which suite finds each. */
  readonly planted: boolean
}

const USAGE = `faults takes --tiny, --full [--minutes <1-600>], --suite <${SUITES.join(' | ')}>, --seed <word>, --built, --hasty and --planted`

/** Throws the sentence to show when a word is not understood. */
export function readFaultOptions(words: readonly string[], newSeed: string): FaultOptions {
  let options: FaultOptions = {
    size: 'short',
    only: [],
    minutes: 10,
    seed: newSeed,
    built: false,
    hasty: false,
    planted: false,
  }
  const left = [...words]
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--tiny') options = { ...options, size: 'tiny' }
    else if (word === '--full') options = { ...options, size: 'full' }
    else if (word === '--built') options = { ...options, built: true }
    else if (word === '--hasty') options = { ...options, hasty: true }
    else if (word === '--planted') options = { ...options, planted: true }
    else {
      const value = left.shift() ?? ''
      const suite = SUITES.find((name) => name === value)
      if (word === '--suite' && suite) options = { ...options, only: [...options.only, suite] }
      else if (word === '--minutes' && /^[1-9]\d{0,2}$/.test(value)) options = { ...options, minutes: Number(value) }
      else if (word === '--seed' && /^[\w.-]{1,40}$/.test(value)) options = { ...options, seed: value }
      else throw new Error(`${USAGE}; not "${word} ${value}".`)
    }
  }
  return options
}
