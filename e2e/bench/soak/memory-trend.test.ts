import fc from 'fast-check'
import { expect, it } from 'vitest'
import { memoryTrend } from './memory-trend.ts'

const every5s = (megabytesAt: (second: number) => number) =>
  Array.from({ length: 120 }, (_, index) => ({ second: index * 5, megabytes: megabytesAt(index * 5) }))

it('is flat for a process that grows to its size and stays there, breathing', () => {
  const trend = memoryTrend(every5s((second) => 100 + Math.min(second, 120) + 8 * Math.sin(second / 7)))
  expect(trend.isFlat).toBe(true)
  expect(Math.abs(trend.slopeMbPerHour)).toBeLessThan(40)
})

it('sees a leak through the breathing', () => {
  const trend = memoryTrend(every5s((second) => 200 + second / 6 + 8 * Math.sin(second / 7)))
  expect(trend.isFlat).toBe(false)
  expect(trend.slopeMbPerHour).toBeGreaterThan(500)
})

it('finds the slope of any line', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 500 }), (perHour) => {
      expect(memoryTrend(every5s((second) => 300 + (second / 3_600) * perHour)).slopeMbPerHour).toBeCloseTo(perHour, 6)
    }),
  )
})

it('says nothing of a moment', () => {
  expect(() => memoryTrend([{ second: 0, megabytes: 1 }])).toThrow('Too few')
})
