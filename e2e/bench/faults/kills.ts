/**
 * The whole runtime dies of SIGKILL at any moment, with replies under way, and begins again on what it had kept. Everything
 * acknowledged is there, every reply that was cut is marked once, soon, and no model is asked twice for one reply.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { archivedMessages, audit } from './audit.ts'
import type { Chance } from './chance.ts'
import type { FaultWorld } from './fault-world.ts'
import { MESSAGES_A_VISITOR } from './suite.ts'
import type { Amount } from './suite.ts'
import type { Visitor } from './visitor.ts'

/**
 * An interrupted reply must be finished or marked within ten seconds, which the waits tell; a machine under load is late
 * with everything, and only what has not come after this is lost.
 */
const GIVEN_UP_MS = 60_000
/** A marked reply is archived at once; where the archive was slow before, the room's back-off comes first. */
const ARCHIVE_DELAY_MS = 20_000
const RESTARTED_TIMES = 60
/** Every so many kills some visitors stay away, and the room's own alarm has to do it: that takes ten seconds. */
const ALARM_EVERY = 20
/** It dies so long after it is there again; before that it may be waking, marking, or sending what was missed. */
const DIES_WITHIN_MS = 900
const AWAY_SHARE = 0.4

interface Kept {
  visitor: Visitor
  asked: number
}

export async function kills(world: FaultWorld, { conversations, times, until }: Amount): Promise<void> {
  const chance = world.chance.fork('kills')
  for (let done = 0, group = 0; done < times && performance.now() < until; group += 1) {
    const life = await openLife(world, conversations, `kills${group}.`)
    for (let round = 0; round < RESTARTED_TIMES && done < times && performance.now() < until; round += 1) {
      const isAlarms = done % ALARM_EVERY === ALARM_EVERY - 1 || (times < ALARM_EVERY && done === times - 1)
      await oneKill(world, life, chance, isAlarms)
      done += 1
    }
    await askAgain(world, life)
    await audit(
      world,
      life.kept.map(({ visitor }) => visitor),
    )
  }
}

interface Life {
  readonly kept: readonly Kept[]
  restartedAt: number
}

async function openLife(world: FaultWorld, conversations: number, name: string): Promise<Life> {
  const kept: Kept[] = []
  const life: Life = { kept, restartedAt: 0 }
  const caughtUp = (brokenAt: number, now: number): void =>
    world.tally.waited('caught_up_after_restart', now - Math.max(brokenAt, life.restartedAt))
  const visitors = await world.visitors(conversations, name, () => ({ caughtUp }))
  await Promise.all(visitors.map((visitor) => visitor.come()))
  kept.push(...visitors.map((visitor) => ({ visitor, asked: 0 })))
  return life
}

async function oneKill(world: FaultWorld, life: Life, chance: Chance, isAlarms: boolean): Promise<void> {
  const { stack, tally } = world
  const dies = pause(chance.between(10, DIES_WITHIN_MS)).then(() => stack.killWorker())
  const talk = Promise.all(
    life.kept.map((one) => talkOn(one, chance.fork(`${tally.counts.kills} ${one.visitor.ledger.name}`))),
  )
  await dies
  const away = isAlarms ? life.kept.filter(() => chance.happens(AWAY_SHARE)).map(({ visitor }) => visitor) : []
  for (const visitor of away) visitor.leave()
  life.restartedAt = Number.POSITIVE_INFINITY
  await stack.restartWorker()
  const restartedAt = performance.now()
  life.restartedAt = restartedAt
  tally.did('kills')
  await talk
  const cut = new Set(away)
  await Promise.all([
    ...life.kept
      .filter(({ visitor }) => !cut.has(visitor))
      .map(({ visitor }) => isBackInTime(world, visitor, restartedAt)),
    isMarkedByAlarm(
      world,
      away.filter(({ ledger }) => ledger.open() !== undefined),
      restartedAt,
    ),
  ])
  await Promise.all(away.map((visitor) => visitor.come()))
}

/** Something is said at some moment before or while the runtime dies; what was cut is sometimes asked for again. */
async function talkOn(one: Kept, chance: Chance): Promise<void> {
  const { visitor } = one
  const { ledger } = visitor
  await pause(chance.between(0, 0.6 * DIES_WITHIN_MS))
  const cut = Array.from(ledger.turns.values()).find(({ outcome }) => outcome === 'interrupted')
  if (cut && ledger.open() === undefined && chance.happens(0.2)) {
    return visitor.say({ type: 'reply-retry', turnId: cut.turnId })
  }
  if (one.asked >= MESSAGES_A_VISITOR || waiting(visitor) > 2) return
  one.asked += 1
  const [words, wordsPerSecond] = [chance.between(5, 60), chance.between(20, 60)]
  const key = `${ledger.name}.${one.asked}`
  visitor.ask({ key, words, wordsPerSecond, delayMs: chance.between(0, 400), rich: chance.happens(0.3), fault: 'none' })
}

/** What was cut last is asked for again, by everybody whose reply was cut, and answered: by one more call, not two. */
async function askAgain({ tally }: FaultWorld, { kept }: Life): Promise<void> {
  await Promise.all(
    kept.map(async ({ visitor }) => {
      await visitor.until(() => visitor.line !== undefined && visitor.ledger.isSettled(), GIVEN_UP_MS)
      const cut = Array.from(visitor.ledger.turns.values()).findLast(({ outcome }) => outcome === 'interrupted')
      if (!cut) return
      const { starts } = cut
      visitor.say({ type: 'reply-retry', turnId: cut.turnId })
      if (!(await visitor.until(() => cut.starts > starts && cut.outcome !== undefined, GIVEN_UP_MS)))
        tally.wrong('lost', `${visitor.ledger.name}: a reply that was cut is not written again`)
    }),
  )
}

function waiting({ ledger }: Visitor): number {
  return Array.from(ledger.turns.values()).filter(({ outcome }) => outcome === undefined).length
}

/** The visitor is here again: the reply that was being written ends now, and only once (the ledger sees to that). */
async function isBackInTime({ tally }: FaultWorld, visitor: Visitor, restartedAt: number): Promise<void> {
  const cut = visitor.ledger.open()
  const left = (): number => Math.max(0, restartedAt + GIVEN_UP_MS - performance.now())
  if (!(await visitor.until(() => visitor.line !== undefined, left()))) {
    tally.wrong('lost', `${visitor.ledger.name}: not back within ${GIVEN_UP_MS} ms of the restart`)
  }
  if (!cut) return
  const starts = cut.starts
  if (!(await visitor.until(() => cut.outcome !== undefined || cut.starts > starts, left())))
    return tally.wrong('lost', `${visitor.ledger.name}: a reply that was cut is neither finished nor marked in time`)
  tally.waited('marked_after_restart', performance.now() - restartedAt)
}

/** Nobody came: what the archive has was written by the room on its own. */
async function isMarkedByAlarm(world: FaultWorld, away: readonly Visitor[], restartedAt: number): Promise<void> {
  const deadline = restartedAt + GIVEN_UP_MS + ARCHIVE_DELAY_MS
  let left = away
  while (left.length > 0) {
    const rows = await archivedMessages(world, left)
    const isMarked = ({ conversationId, ledger }: Visitor): boolean => {
      const turnId = ledger.open()?.turnId
      const said = rows.get(conversationId) ?? []
      return said.some((row) => row.turnId === turnId && row.role === 'twin' && row.outcome !== null)
    }
    const waited = performance.now() - restartedAt
    for (const _ of left.filter(isMarked)) world.tally.waited('alarm_archived', waited)
    left = left.filter((visitor) => !isMarked(visitor))
    if (left.length > 0 && performance.now() > deadline) {
      for (const { ledger } of left)
        world.tally.wrong('lost', `${ledger.name}: the room's own alarm marked no cut reply`)
      return
    }
    if (left.length > 0) await pause(200)
  }
}
