/**
 * The archive goes away while people talk: refused, slow, silent, with answers that get lost, restarted. The talk goes on,
 * and in the end its rows are all there, once.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { audit } from './audit.ts'
import type { Chance } from './chance.ts'
import type { FaultWorld } from './fault-world.ts'
import type { Amount } from './suite.ts'
import type { Visitor } from './visitor.ts'

const OUTAGES = ['deaf', 'restart', 'refuse', 'slow', 'stall'] as const
type Outage = (typeof OUTAGES)[number]

const TALK_MS = 2_100

export async function archive(world: FaultWorld, { conversations, times, until }: Amount): Promise<void> {
  const chance = world.chance.fork('archive')
  const visitors = await world.visitors(conversations, 'archive')
  await Promise.all(visitors.map((visitor) => visitor.come()))
  await everybodyAsks(visitors, 'first', chance) // a room that never met its twin cannot speak for it
  await Promise.all(visitors.map((visitor) => visitor.until(() => visitor.ledger.isSettled(), 20_000)))
  for (let round = 0; round < times && performance.now() < until; round += 1) {
    const outage = OUTAGES[round % OUTAGES.length] ?? 'refuse'
    await begin(world, outage)
    await everybodyAsks(visitors, `${outage}${round}`, chance)
    await pause(TALK_MS)
    await end(world, outage)
    if (chance.happens(0.5)) await everybodyAsks(visitors, `after${round}`, chance)
    await pause(TALK_MS)
  }
  await audit(world, visitors)
}

async function begin({ archiveLine, stack }: FaultWorld, outage: Outage): Promise<void> {
  if (outage === 'restart') await stack.stopDatabase()
  else if (outage !== 'slow') archiveLine.setMood(outage)
  else {
    archiveLine.setWeather({ delayMs: 300 })
    archiveLine.resetAll()
  }
}

async function end({ archiveLine, stack }: FaultWorld, outage: Outage): Promise<void> {
  if (outage === 'restart') await stack.restartDatabase()
  archiveLine.setWeather({})
  archiveLine.setMood('good')
}

async function everybodyAsks(visitors: readonly Visitor[], what: string, chance: Chance): Promise<void> {
  for (const visitor of visitors) {
    const order = { key: `${visitor.ledger.name}.${what}`, words: chance.between(5, 40), wordsPerSecond: 40 }
    visitor.ask({ ...order, delayMs: chance.between(0, 300), rich: chance.happens(0.5), fault: 'none' })
    await pause(chance.between(0, 10))
  }
}
