/**
 * The last word on a conversation, once all is quiet: the ledger against the questions, the room's own replay, the model's
 * calls, and the rows as they lie in the database.
 */
import { CAST } from '../../../schema/local/cast.ts'
import type { FaultWorld } from './fault-world.ts'
import type { HeardMessage, Ledger } from './ledger.ts'
import { replyTo } from './order.ts'
import type { Visitor } from './visitor.ts'

/** Replies that were asked for last are still being written. */
const SETTLE_MS = 30_000
const ARCHIVE_LOOK_MS = 250
/** Of one question to the database. */
const CONVERSATIONS_A_LOOK = 20

/** Waits for the end of everything and holds it against what must be. Leaves the visitors gone. */
export async function audit(world: FaultWorld, visitors: readonly Visitor[]): Promise<void> {
  const settleMs = Math.min(SETTLE_MS, world.patienceMs)
  await Promise.all(visitors.map((visitor) => visitor.until(() => visitor.ledger.isSettled(), settleMs)))
  for (const { ledger } of visitors) checkLedger(world, ledger)
  await checkReplay(world, visitors)
  for (const visitor of visitors) visitor.leave()
  await checkRows(world, visitors)
  await checkUsage(world, visitors)
}

/** What was sent against what was heard. */
export function checkLedger({ tally, upstream }: Pick<FaultWorld, 'tally' | 'upstream'>, ledger: Ledger): void {
  const { name, sent, turns } = ledger
  for (const { messageId, turnId, refused } of sent.values()) {
    const turn = turns.get(turnId ?? '')
    if (refused) continue
    if (turnId === undefined) tally.wrong('lost', `${name}: message ${messageId} was never acknowledged`)
    else if (!turn) tally.wrong('lost', `${name}: message ${messageId} was acknowledged and never added`)
    else if (turn.outcome === undefined) tally.wrong('lost', `${name}: the reply to ${messageId} never ended`)
  }
  for (const { turnId, order, starts, text, outcome } of turns.values()) {
    if (!order) continue
    const whole = replyTo(order)
    if (outcome === 'answered' ? text !== whole : !whole.startsWith(text)) {
      tally.wrong(
        'lost',
        `${name}: the reply of ${turnId} (${outcome}) is not what was said: ${difference(text, whole)}`,
      )
    }
    const calls = upstream.calls(order.key).length
    if (calls > starts) tally.wrong('extra_model_calls', `${name}: ${calls} calls for ${starts} replies of ${turnId}`)
    if (outcome === 'answered' && calls === 0) tally.wrong('lost', `${name}: nobody was asked for ${turnId}`)
  }
}

/** Somebody who comes for the first time hears the same bytes. */
async function checkReplay(world: FaultWorld, visitors: readonly Visitor[]): Promise<void> {
  for (let from = 0; from < visitors.length; from += CONVERSATIONS_A_LOOK) {
    await Promise.all(
      visitors.slice(from, from + CONVERSATIONS_A_LOOK).map(async (visitor) => {
        const again = await world.visitor(`${visitor.ledger.name} again`, { sameAs: visitor })
        await again.come()
        compareFrames(world, again.ledger, visitor.ledger)
        again.leave()
      }),
    )
  }
}

export function compareFrames({ tally }: Pick<FaultWorld, 'tally'>, one: Ledger, other: Ledger): void {
  if (one.last !== other.last)
    tally.wrong('lost', `${one.name}: ${one.last} frames, and ${other.last} for ${other.name}`)
  const length = Math.min(one.last, other.last)
  for (let at = 0; at < length; at += 1) {
    if (one.frames[at] === other.frames[at]) continue
    return tally.wrong('reordered', `${one.name}: frame ${at + 1} is not what ${other.name} heard`)
  }
}

async function checkRows(world: FaultWorld, visitors: readonly Visitor[]): Promise<void> {
  const deadline = performance.now() + world.patienceMs
  for (let from = 0; from < visitors.length; from += CONVERSATIONS_A_LOOK) {
    let left = visitors.slice(from, from + CONVERSATIONS_A_LOOK)
    for (;;) {
      const rows = await archivedMessages(world, left)
      left = left.filter((visitor) => !isSame(rows.get(visitor.conversationId) ?? [], visitor.ledger.messages()))
      if (left.length === 0) break
      if (performance.now() > deadline) {
        for (const visitor of left) blame(world, rows.get(visitor.conversationId) ?? [], visitor.ledger)
        break
      }
      await new Promise((resolve) => setTimeout(resolve, ARCHIVE_LOOK_MS))
    }
  }
}

export async function archivedMessages(
  { stack }: Pick<FaultWorld, 'stack'>,
  visitors: readonly Visitor[],
): Promise<ReadonlyMap<string, readonly HeardMessage[]>> {
  const ids = visitors.map(({ conversationId }) => `'${conversationId}'`).join(',')
  const rows = await stack.archived(
    CAST.remy.tenantId,
    `select conversation_id, position, turn_id, role, text, outcome from messages
     where conversation_id in (${ids}) order by conversation_id, position`,
  )
  const found = new Map<string, HeardMessage[]>()
  for (const row of rows) {
    const id = String(row['conversation_id'])
    const message: HeardMessage = {
      position: Number(row['position']),
      turnId: String(row['turn_id']),
      role: row['role'] === 'twin' ? 'twin' : 'visitor',
      text: String(row['text']),
      outcome: typeof row['outcome'] === 'string' ? row['outcome'] : null,
    }
    found.set(id, [...(found.get(id) ?? []), message])
  }
  return found
}

/** What may be billed: one row for each time a model was asked, and never two for one reply begun. */
async function checkUsage(
  { stack, tally, upstream, patienceMs }: FaultWorld,
  visitors: readonly Visitor[],
): Promise<void> {
  const ids = visitors.map(({ conversationId }) => `'${conversationId}'`).join(',')
  const turns = visitors.flatMap(({ ledger }) => Array.from(ledger.turns.values()))
  const deadline = performance.now() + patienceMs
  for (;;) {
    const rows = await stack.archived(
      CAST.remy.tenantId,
      `select turn_id, count(*) as calls, count(distinct attempt) as attempts from model_calls
       where conversation_id in (${ids}) group by turn_id`,
    )
    const counted = new Map(rows.map((row) => [String(row['turn_id']), row]))
    const odd = turns.flatMap(({ turnId, order, starts }) => {
      const calls = Number(counted.get(turnId)?.['calls'] ?? 0)
      const isTwice = calls > starts || calls !== Number(counted.get(turnId)?.['attempts'] ?? 0)
      const isMissing = order !== undefined && calls < upstream.calls(order.key).length
      return isTwice || isMissing ? [{ turnId, calls, isTwice }] : []
    })
    if (odd.some(({ isTwice }) => isTwice) || (odd.length > 0 && performance.now() > deadline)) {
      for (const { turnId, calls, isTwice } of odd)
        tally.wrong(isTwice ? 'doubled' : 'lost', `the usage of ${turnId}: ${calls} calls are counted`)
    } else if (odd.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, ARCHIVE_LOOK_MS))
      continue
    }
    return
  }
}

function isSame(rows: readonly HeardMessage[], heard: readonly HeardMessage[]): boolean {
  return rows.length === heard.length && rows.every((row, at) => JSON.stringify(row) === JSON.stringify(heard[at]))
}

function blame({ tally }: FaultWorld, rows: readonly HeardMessage[], { name, ...ledger }: Ledger): void {
  const heard = ledger.messages()
  const byPlace = new Map(rows.map((row) => [row.position, row]))
  for (const message of heard) {
    const row = byPlace.get(message.position)
    if (!row) tally.wrong('lost', `${name}: the archive has no message ${message.position}`)
    else if (JSON.stringify(row) !== JSON.stringify(message)) {
      tally.wrong(
        'lost',
        `${name}: the archive's message ${message.position} differs: ${row.outcome} for ${message.outcome}, ${difference(row.text, message.text)}`,
      )
    }
    byPlace.delete(message.position)
  }
  for (const position of byPlace.keys())
    tally.wrong('doubled', `${name}: the archive has a message ${position} nobody heard`)
}

function difference(one: string, other: string): string {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return `from character ${at} of ${one.length} and ${other.length}, ${JSON.stringify(one.slice(at, at + 24))} for ${JSON.stringify(other.slice(at, at + 24))}`
}
