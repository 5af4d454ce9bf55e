import { expect, it } from 'vitest'
import { memoryOwner } from '../testing/node/open-memory-room.ts'
import { floodWatch } from './flood-watch.ts'

function watch(said: () => Promise<number>) {
  let now = 1_000
  const reports: unknown[] = []
  const flood = floodWatch({ gate: { said }, now: () => now, report: (error) => reports.push(error) })
  return { flood, reports, later: (ms: number) => void (now += ms) }
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('lets everything pass while the gate is open', async () => {
  const { flood } = watch(() => Promise.resolve(0))
  flood.said(memoryOwner)
  await settled()
  expect(flood.waitSeconds()).toBe(0)
})

it('refuses what follows the message that was one too many, for as long as the gate says', async () => {
  const { flood, later } = watch(() => Promise.resolve(60))
  expect(flood.waitSeconds()).toBe(0)
  flood.said(memoryOwner)
  expect(flood.waitSeconds()).toBe(0) // nobody waits for the gate
  await settled()
  expect(flood.waitSeconds()).toBe(60)
  later(59_001)
  expect(flood.waitSeconds()).toBe(1)
  later(999)
  expect(flood.waitSeconds()).toBe(0)
})

it('is closed for a while by a gate that cannot be asked, and says so', async () => {
  const { flood, reports, later } = watch(() => Promise.reject(new Error('away')))
  flood.said(memoryOwner)
  await settled()
  expect(flood.waitSeconds()).toBe(10)
  expect(reports).toHaveLength(1)
  later(10_000)
  expect(flood.waitSeconds()).toBe(0)
})
