import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../../schema/domain/id.ts'
import type { RoomOwner, TwinContext } from '../core/ports.ts'
import { exampleTwin } from '../testing/example-twin.ts'
import { memoryStorage } from '../testing/node/memory-storage.ts'
import { contextKeeper } from './context-keeper.ts'
import { roomFacts } from './facts.ts'

const owner: RoomOwner = {
  tenantId: newId(),
  deploymentId: newId(),
  conversationId: newId(),
  visitorId: newId(),
  celebrityId: newId(),
  campaignId: null,
  origin: 'https://nova.example',
  tier: 'FREE',
}
const never = (): Promise<TwinContext> => new Promise(() => undefined)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function keeper(load: () => Promise<TwinContext | null>) {
  const clock = { now: () => Date.now(), random: () => 0 }
  const facts = roomFacts(memoryStorage())
  return contextKeeper({ facts, directory: { load }, clock, timing: { contextFreshMs: 1_000 } })
}

describe('what a room knows of its twin', () => {
  it('is asked for again once a call has hung', async () => {
    const load = vi.fn(never)
    const contexts = keeper(load)
    const first = contexts.current(owner)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await first).toBeNull()
    load.mockImplementation(async () => exampleTwin)
    expect(await contexts.current(owner)).toBe(exampleTwin)
  })

  it('serves while the directory is away, and no longer once the twin is gone', async () => {
    const load = vi.fn(async (): Promise<TwinContext | null> => exampleTwin)
    const contexts = keeper(load)
    await contexts.current(owner)
    await vi.advanceTimersByTimeAsync(1_000)
    load.mockRejectedValueOnce(new Error('away'))
    expect(await contexts.current(owner)).toBe(exampleTwin)
    load.mockImplementationOnce(never)
    const slow = contexts.current(owner)
    await vi.advanceTimersByTimeAsync(2_500)
    expect(await slow).toBe(exampleTwin)
    load.mockResolvedValueOnce(null)
    expect(await contexts.current(owner)).toBeNull()
  })
})
