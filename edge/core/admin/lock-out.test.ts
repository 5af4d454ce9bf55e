/** What wrong keys cost: nothing at first, then ever more, and one day nothing again. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterMiss, FORGOTTEN_AFTER_MS, NO_MISSES, secondsToWait } from './lock-out.ts'
import type { Tally } from './lock-out.ts'

const START = 1_000_000_000_000
const rules = { free: 5, now: START, notable: false }

/** The waits of so many wrong keys, each shown as soon as it is looked at. */
function waits(misses: number): number[] {
  let tally: Tally = NO_MISSES
  let now = START
  return Array.from({ length: misses }, () => {
    tally = afterMiss(tally, { ...rules, now }).tally
    const wait = secondsToWait(tally, now)
    now += wait * 1000
    return wait
  })
}

describe('wrong keys', () => {
  it('are free at first, then cost twice as long each time, and a quarter of an hour at most', () => {
    expect(waits(18)).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900])
  })

  it('are about a hundred a day at most, however fast they come', () => {
    let tally: Tally = NO_MISSES
    let looked = 0
    for (let now = START; now < START + 86_400_000; now += 1000) {
      if (secondsToWait(tally, now) > 0) continue
      tally = afterMiss(tally, { ...rules, now }).tally
      looked += 1
    }
    expect(looked).toBeLessThan(115)
  })

  it('never make a wait shorter, not those that were on their way either', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2_000), { maxLength: 60 }), (pauses) => {
        let tally: Tally = NO_MISSES
        let now = START
        for (const pause of pauses) {
          now += pause
          const before = tally.lockedUntil
          tally = afterMiss(tally, { ...rules, now }).tally
          expect(tally.lockedUntil).toBeGreaterThanOrEqual(before)
        }
      }),
    )
  })

  it('are forgotten an hour after the last wait, and not before', () => {
    let tally: Tally = NO_MISSES
    for (let miss = 0; miss < 8; miss += 1) tally = afterMiss(tally, rules).tally
    const late = tally.lockedUntil + FORGOTTEN_AFTER_MS
    expect(afterMiss(tally, { ...rules, now: late - 1 }).tally.misses).toBe(9)
    expect(afterMiss(tally, { ...rules, now: late }).tally).toMatchObject({ misses: 1 })
  })

  it('are told when a wait begins, then once an hour; a key that was once good at its first use', () => {
    const tells = (notable: boolean, everyMs: number, misses: number): boolean[] => {
      let tally: Tally = NO_MISSES
      return Array.from({ length: misses }, (_, at) => {
        const next = afterMiss(tally, { free: 5, notable, now: START + at * everyMs })
        tally = next.tally
        return next.tell
      })
    }
    expect(tells(false, 10, 8)).toEqual([false, false, false, false, true, false, false, false])
    expect(tells(true, 10, 3)).toEqual([true, false, false])
    expect(tells(false, 10, 2_000).filter(Boolean)).toHaveLength(1)
  })
})
