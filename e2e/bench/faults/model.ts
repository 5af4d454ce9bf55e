/**
 * The upstream fails in every way it can. Each reply ends once, says why, keeps what was said before, and is whole when it
 * is asked for again; no model is asked twice for one reply.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { audit } from './audit.ts'
import type { FaultWorld } from './fault-world.ts'
import type { UpstreamFault } from './order.ts'
import type { Amount } from './suite.ts'
import type { Visitor } from './visitor.ts'

const FAULTS: readonly UpstreamFault[] = ['status', 'busy', 'garbage', 'cut', 'hang', 'none']
/** The upstream's silence is noticed after six seconds. */
const PATIENCE_MS = 15_000

export async function model(world: FaultWorld, { conversations, times, until }: Amount): Promise<void> {
  const visitors = await world.visitors(conversations, 'model')
  await Promise.all(visitors.map((visitor) => visitor.come()))
  let left = times
  const talk = async (visitor: Visitor, at: number): Promise<void> => {
    for (let round = 0; left-- > 0 && performance.now() < until; round += 1) {
      await oneFault(world, visitor, FAULTS[(at + round) % FAULTS.length] ?? 'none', round)
      if (left > 0) await pause(4_200) // two messages, as the room counts
    }
  }
  await Promise.all(visitors.map(talk))
  await audit(world, visitors)
}

async function oneFault(
  { tally, chance }: FaultWorld,
  visitor: Visitor,
  fault: UpstreamFault,
  round: number,
): Promise<void> {
  const { ledger } = visitor
  const key = `${ledger.name}.${round}`
  const messageId = visitor.ask({
    key,
    words: chance.between(8, 40),
    wordsPerSecond: 60,
    delayMs: 0,
    rich: true,
    fault,
  })
  const turn = () => ledger.turns.get(ledger.sent.get(messageId)?.turnId ?? '')
  await visitor.until(() => turn()?.outcome !== undefined, PATIENCE_MS)
  const ended = turn()
  const due = fault === 'none' ? 'answered' : 'failed'
  if (ended?.outcome !== due)
    return tally.wrong('lost', `${ledger.name}: with the fault "${fault}" the reply ended as ${ended?.outcome}`)
  if (fault === 'none') return undefined
  visitor.say({ type: 'reply-retry', turnId: ended.turnId })
  await visitor.until(() => ended.starts > 1 && ended.outcome !== undefined, PATIENCE_MS)
  if (ended.outcome !== 'answered')
    tally.wrong('lost', `${ledger.name}: asked again after "${fault}" the reply ended as ${ended.outcome}`)
  return undefined
}
