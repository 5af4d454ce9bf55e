/**
 * One clock for several processes of a machine, and its time as a word: a model that says what time it is lets whoever
 * hears it know how long the words travelled.
 */

/** Set by whoever starts the processes: nanoseconds of the machine's steady clock at the bench's start. */
export const CLOCK_VARIABLE = 'TWIN_BENCH_CLOCK'

/** Hundredths of a millisecond that a word's digit-and-letter form holds: ten minutes. */
const TICKS_A_MS = 100
const WORD_CHARS = 5

/** The value for {@link CLOCK_VARIABLE}. */
export function clockStart(): string {
  return String(process.hrtime.bigint())
}

/** Ticks since the bench's start. */
export function ticksNow(start: bigint): number {
  return Number((process.hrtime.bigint() - start) / 10_000n)
}

/** Always the same length, about that of a token. */
export function ticksToWord(ticks: number): string {
  return ticks.toString(36).padStart(WORD_CHARS, '0')
}

/** Undefined for a word that is no time. */
export function wordToTicks(word: string): number | undefined {
  return /^[0-9a-z]{5}$/.test(word) ? Number.parseInt(word, 36) : undefined
}

export function ticksToMs(ticks: number): number {
  return ticks / TICKS_A_MS
}

/** The start this process was given. */
export function readClockStart(): bigint {
  const text = process.env[CLOCK_VARIABLE] ?? ''
  if (!/^\d+$/.test(text)) throw new Error(`${CLOCK_VARIABLE} holds no time.`)
  return BigInt(text)
}
