/** One visitor's life as chance has it: asks, stops, loses the line, goes and comes back, is idle, and leaves for good. */
import { setTimeout as pause } from 'node:timers/promises'
import { audit, checkLedger } from '../faults/audit.ts'
import type { Chance } from '../faults/chance.ts'
import type { FaultWorld } from '../faults/fault-world.ts'
import type { Order } from '../faults/order.ts'
import type { Visitor } from '../faults/visitor.ts'

export interface LifeOptions {
  readonly name: string
  readonly chance: Chance
  /** Milliseconds of the steady clock at which nothing more is begun. */
  readonly until: number
  /** Longest pause between two acts. */
  readonly idleMs: number
  /** Somebody has asked. */
  asked(): void
}

const ACTS = 12
/** The oracle's whole look at a conversation, its archive included, is dear; the ledger judges every frame of all of them. */
const AUDITED_SHARE = 0.05
const PATIENCE_MS = 30_000

export async function live(world: FaultWorld, { name, chance, until, idleMs, asked }: LifeOptions): Promise<void> {
  const visitor = await world.visitor(name, { chance })
  await visitor.come()
  for (let act = 0; act < ACTS && performance.now() < until; act += 1) {
    switch (chance.pick(['ask', 'ask', 'ask', 'ask', 'stop', 'drop', 'go'])) {
      case 'ask':
        ask(visitor, `${name}.${act}`, chance, asked)
        break
      case 'stop':
        await askAndStop(visitor, `${name}.${act}`, chance, asked)
        break
      case 'drop':
        visitor.giveUp()
        break
      case 'go':
        visitor.leave()
        await pause(chance.between(0, idleMs))
        await visitor.come()
    }
    await pause(chance.between(idleMs / 10, idleMs))
  }
  if (chance.happens(AUDITED_SHARE)) return audit(world, [visitor])
  await visitor.until(() => visitor.line !== undefined && visitor.ledger.isSettled(), PATIENCE_MS)
  checkLedger(world, visitor.ledger)
  visitor.leave()
}

function ask(visitor: Visitor, key: string, chance: Chance, asked: () => void): string | undefined {
  if (!visitor.mayAsk()) return undefined
  const order: Order = {
    key,
    words: chance.between(5, 60),
    wordsPerSecond: chance.between(20, 60),
    delayMs: chance.between(0, 300),
    rich: chance.happens(0.5),
    fault: 'none',
  }
  asked()
  return visitor.ask(order)
}

async function askAndStop(visitor: Visitor, key: string, chance: Chance, asked: () => void): Promise<void> {
  const { ledger } = visitor
  const messageId = ask(visitor, key, chance, asked)
  if (messageId === undefined) return
  const turnId = (): string | undefined => ledger.sent.get(messageId)?.turnId
  if (!(await visitor.until(() => turnId() !== undefined, PATIENCE_MS))) return
  await pause(chance.between(0, 800))
  visitor.say({ type: 'reply-stop', turnId: turnId() ?? '' })
}
