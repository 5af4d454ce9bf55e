/** Every line breaks at once and every visitor returns at once, several tabs each, while replies are written. */
import { setTimeout as pause } from 'node:timers/promises'
import { audit } from './audit.ts'
import type { FaultWorld } from './fault-world.ts'
import type { Amount } from './suite.ts'
import { startTcpProxy } from './tcp-proxy.ts'

const TABS = 3
const PATIENCE_MS = 20_000

export async function storms(world: FaultWorld, { conversations, times, until }: Amount): Promise<void> {
  const { tally } = world
  const network = await startTcpProxy(world.stack.ports.worker)
  const chance = world.chance.fork('storms')
  const caughtUp = (brokenAt: number, now: number): void => tally.waited('caught_up_after_storm', now - brokenAt)
  const linePort = network.port
  try {
    const visitors = await world.visitors(conversations, 'storms', () => ({ linePort, caughtUp }))
    const tabs = await world.visitors(conversations * (TABS - 1), 'tabs', (at) => {
      const sameAs = visitors[at % conversations]
      return { linePort, caughtUp, ...(sameAs && { sameAs }) }
    })
    const everybody = [...visitors, ...tabs]
    await Promise.all(everybody.map((one) => one.come()))
    for (let storm = 0; storm < times && performance.now() < until; storm += 1) {
      for (const visitor of visitors) {
        const order = { key: `${visitor.ledger.name}.${storm}`, words: chance.between(20, 60), wordsPerSecond: 30 }
        visitor.ask({ ...order, delayMs: chance.between(0, 200), rich: true, fault: 'none' })
      }
      await pause(chance.between(100, 1_500))
      const lines = new Map(everybody.map((one) => [one, one.line]))
      network.resetAll()
      tally.did('drops', everybody.length)
      await Promise.all(
        everybody.map(async (one) => {
          const isBack = (): boolean => one.line !== undefined && one.line !== lines.get(one)
          if (!(await one.until(isBack, PATIENCE_MS)))
            tally.wrong('lost', `${one.ledger.name}: never back after a storm`)
        }),
      )
      await Promise.all(visitors.map((one) => one.until(() => one.ledger.isSettled(), PATIENCE_MS)))
      await pause(500) // with that, under the room's rate of messages
    }
    for (const tab of tabs) tab.leave()
    await audit(world, visitors)
  } finally {
    await network.close()
  }
}
