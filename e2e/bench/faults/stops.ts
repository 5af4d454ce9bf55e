/**
 * Replies that are stopped before their first word, in the middle, from another tab after a reload, or while they wait in
 * line. The model is cancelled at once, and nothing arrives after the end.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { audit } from './audit.ts'
import type { Chance } from './chance.ts'
import type { FaultWorld } from './fault-world.ts'
import type { HeardTurn } from './ledger.ts'
import type { Order } from './order.ts'
import { MESSAGES_A_VISITOR } from './suite.ts'
import type { Amount } from './suite.ts'
import type { Visitor } from './visitor.ts'

const MOMENTS = ['before the first word', 'in the middle', 'in the middle', 'after a reload', 'in line'] as const
const PATIENCE_MS = 30_000
/** A model that is still asked after this was never cancelled. */
const CANCEL_PATIENCE_MS = 3_000
/** In which a late word would show: the upstream would have said several by then. */
const SILENCE_MS = 150

export async function stops(world: FaultWorld, { conversations, times, until }: Amount): Promise<void> {
  let left = times
  const isOver = (): boolean => left <= 0 || performance.now() > until
  for (let group = 0; !isOver(); group += 1) {
    const visitors = await world.visitors(conversations, `stops${group}.`)
    await Promise.all(visitors.map((visitor) => visitor.come()))
    const talk = async (visitor: Visitor): Promise<void> => {
      const chance = world.chance.fork(visitor.ledger.name)
      for (let round = 0; round < MESSAGES_A_VISITOR / 4 && !isOver(); round += 1) {
        left -= 1
        await oneStop(world, visitor, round, chance)
        await pause(2_100) // the room's own rate
      }
    }
    await Promise.all(visitors.map(talk))
    await audit(world, visitors)
  }
}

async function oneStop(world: FaultWorld, visitor: Visitor, round: number, chance: Chance): Promise<void> {
  const { ledger } = visitor
  const moment = chance.pick(MOMENTS)
  const key = `${ledger.name}.${round}`
  const slow: Order = { key, words: 300, wordsPerSecond: chance.between(15, 45), delayMs: 0, rich: true, fault: 'none' }
  if (moment === 'before the first word') {
    const turn = await acknowledged(visitor, { ...slow, delayMs: 4_000 })
    await pause(chance.between(0, 300))
    return stopped(world, visitor, visitor, turn, key)
  }
  if (moment === 'in line') {
    const first = await acknowledged(visitor, slow)
    const second = await acknowledged(visitor, { ...slow, key: `${key}.next` })
    await stopped(world, visitor, visitor, second, `${key}.next`, 'waits')
    await stopped(world, visitor, visitor, first, key)
    await visitor.until(() => second?.outcome !== undefined, PATIENCE_MS)
    if (second?.outcome !== 'stopped' || second.text !== '' || world.upstream.calls(`${key}.next`).length > 0)
      world.tally.wrong('late_tokens', `${ledger.name}: a turn that was stopped in line was answered`)
    return undefined
  }
  const turn = await acknowledged(visitor, slow)
  await visitor.until(() => (turn?.text.length ?? 0) > chance.between(1, 400), PATIENCE_MS)
  if (moment === 'in the middle') return stopped(world, visitor, visitor, turn, key)
  visitor.leave()
  const tab = await world.visitor(`${ledger.name} reloaded`, { sameAs: visitor })
  await tab.come()
  const seen = tab.ledger.turns.get(turn?.turnId ?? '')
  await stopped(world, visitor, tab, seen, key)
  tab.leave()
  return visitor.come()
}

async function acknowledged(visitor: Visitor, order: Order): Promise<HeardTurn | undefined> {
  const { ledger } = visitor
  const messageId = visitor.ask(order)
  const turn = (): HeardTurn | undefined => ledger.turns.get(ledger.sent.get(messageId)?.turnId ?? '')
  await visitor.until(() => turn() !== undefined, PATIENCE_MS)
  return turn()
}

async function stopped(
  { tally, upstream }: FaultWorld,
  visitor: Visitor,
  tab: Visitor,
  turn: HeardTurn | undefined,
  key: string,
  state: 'runs' | 'waits' = 'runs',
): Promise<void> {
  const { name } = visitor.ledger
  if (!turn) return tally.wrong('lost', `${name}: a question was not taken in time`)
  const calls = upstream.calls(key)
  // a harness that is late has nothing left to stop
  if (state === 'runs' && calls.length > 0 && calls.every(({ end }) => end === 'finished'))
    return tally.refused('stop too late')
  const saidAt = performance.now()
  tab.say({ type: 'reply-stop', turnId: turn.turnId })
  tally.did('stops')
  if (state === 'waits') return undefined
  const isEnded = await tab.until(() => turn.outcome !== undefined, PATIENCE_MS)
  if (!isEnded || turn.outcome !== 'stopped')
    tally.wrong('late_tokens', `${name}: a reply that was stopped ended as ${turn.outcome}`)
  for (const call of upstream.calls(key)) {
    const deadline = saidAt + CANCEL_PATIENCE_MS
    while (call.end === 'open' && performance.now() < deadline) await pause(5)
    if (call.end === 'open') tally.wrong('late_tokens', `${name}: the model of a stopped reply is still asked`)
    else if (call.hungUpAt !== undefined) tally.waited('stop_cancel', Math.max(0, call.hungUpAt - saidAt))
  }
  await pause(SILENCE_MS) // the ledger counts what comes
}
