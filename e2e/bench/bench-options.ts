/** How much a bench shall do: `--runs 9`, `--only ours,deep-chat`, `--tiny` (once, ours alone, little of everything). */

export interface BenchOptions {
  /** Of each candidate; the figures are medians. Each bench has its own number. */
  readonly runs?: number
  /** Empty: every candidate there is. */
  readonly only: readonly string[]
  readonly tiny: boolean
}

export const ALL: BenchOptions = { only: [], tiny: false }

/** Throws the sentence to show when a word is not understood. */
export function readBenchOptions(words: readonly string[]): BenchOptions {
  let options = ALL
  const left = [...words]
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const value = word === '--tiny' ? '' : (left.shift() ?? '')
    if (word === '--tiny') options = { ...options, tiny: true, runs: 1, only: ['ours'] }
    else if (word === '--runs' && /^[1-9]\d?$/.test(value)) options = { ...options, runs: Number(value) }
    else if (word === '--only' && value !== '') options = { ...options, only: value.split(',') }
    else throw new Error(`A bench takes --runs <1-99>, --only <names> and --tiny; not "${word} ${value}".`)
  }
  return options
}
