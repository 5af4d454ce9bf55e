/**
 * Returns from any number of a conversation, cut after any number of bytes: inside a frame, an emoji, a code fence; over
 * sockets and streams of events. Joined, they are byte for byte what a line heard that was never cut.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { audit } from './audit.ts'
import type { Chance } from './chance.ts'
import type { FaultWorld } from './fault-world.ts'
import { hearUntilCut } from './hear-until-cut.ts'
import type { HeardFrame } from './hear-frame.ts'
import { openLedger } from './ledger.ts'
import type { HeardMessage, Ledger } from './ledger.ts'
import { MESSAGES_A_VISITOR } from './suite.ts'
import type { Amount } from './suite.ts'
import { startTcpProxy } from './tcp-proxy.ts'
import type { TcpProxy } from './tcp-proxy.ts'
import { openTally } from './tally.ts'
import type { Visitor } from './visitor.ts'

const CUTTERS = 6
const STREAM_SHARE = 0.25
const SNAPSHOT_SHARE = 0.1
const BYTES_A_FRAME = 24
/** Since a witness may be behind whoever returned. */
const WITNESS_PATIENCE_MS = 5_000

export async function resumes(world: FaultWorld, { conversations, times, until }: Amount): Promise<void> {
  const network = await startTcpProxy(world.stack.ports.worker)
  const enough = world.tally.counts.resumes + times
  const isOver = (): boolean => world.tally.counts.resumes >= enough || performance.now() > until
  try {
    for (let group = 0; !isOver(); group += 1) {
      const witnesses = await world.visitors(conversations, `resumes${group}.`)
      await Promise.all(witnesses.map((witness) => witness.come()))
      await Promise.all(witnesses.map((witness) => oneConversation(world, network, witness, isOver)))
      await audit(world, witnesses)
    }
  } finally {
    await network.close()
  }
}

async function oneConversation(
  world: FaultWorld,
  network: TcpProxy,
  witness: Visitor,
  isOver: () => boolean,
): Promise<void> {
  const { name } = witness.ledger
  const chance = world.chance.fork(name)
  let isWriting = true
  const write = async (): Promise<void> => {
    for (let asked = 0; asked < MESSAGES_A_VISITOR && !isOver(); asked += 1) {
      const order = { key: `${name}.${asked}`, words: chance.between(20, 90), wordsPerSecond: chance.between(20, 80) }
      witness.ask({ ...order, delayMs: 0, rich: true, fault: 'none' })
      await pause(2_100)
      await witness.until(() => witness.ledger.isSettled(), 10_000)
    }
    isWriting = false
  }
  const cut = async (dice: Chance): Promise<void> => {
    await witness.until(() => witness.ledger.last > 5, 5_000)
    while (isWriting && !isOver()) await oneReturn(world, network, witness, dice)
  }
  await Promise.all([write(), ...Array.from({ length: CUTTERS }, (_, at) => cut(chance.fork(`cutter ${at}`)))])
}

/** From any number to the present end, with one to three cuts on the way. */
async function oneReturn(world: FaultWorld, network: TcpProxy, witness: Visitor, chance: Chance): Promise<void> {
  const { tally, stack } = world
  const origin = new URL(stack.site('remyvale')).origin
  const isFirst = chance.happens(SNAPSHOT_SHARE)
  const from = isFirst ? null : chance.between(0, witness.ledger.last)
  const goal = witness.ledger.last
  const heard: string[] = []
  let after = from
  let cuts = chance.between(1, 3)
  let wasCut = false
  for (let tries = 0; tries < 20; tries += 1) {
    const missing = Math.max(1, goal - (after ?? 0))
    const cutAfter = cuts > 0 ? chance.between(1, 150 + missing * BYTES_A_FRAME) : undefined
    cuts -= 1
    const { frames, welcome } = await hearUntilCut({
      way: chance.happens(STREAM_SHARE) ? 'stream' : 'socket',
      network,
      origin,
      session: await witness.session(),
      after,
      cutAfter,
      enough: (last) => last >= goal,
    })
    if (welcome && after === null) {
      await checkSnapshot(world, witness, welcome)
      after = welcome.seq
      heard.splice(0)
    }
    heard.push(...frames)
    if (after !== null) after += frames.length
    if (after !== null && after >= goal) break
    wasCut = true
  }
  const start = (after ?? 0) - heard.length
  await witness.until(() => witness.ledger.last >= (after ?? 0), WITNESS_PATIENCE_MS)
  const same = witness.ledger.frames.slice(start, after ?? 0)
  const odd = heard.findIndex((raw, at) => raw !== same[at])
  if (after === null || after < goal)
    tally.wrong('lost', `${witness.ledger.name}: returned from ${from}, and came to ${after} of ${goal}`)
  else if (odd >= 0)
    tally.wrong(
      verdict(heard, odd),
      `${witness.ledger.name}: from ${from}, frame ${start + odd + 1} is ${heard[odd]}, not ${same[odd]}`,
    )
  if (wasCut) tally.did('resumes') // a cut beyond the end is none
}

function verdict(heard: readonly string[], at: number): 'doubled' | 'lost' {
  return at > 0 && heard.indexOf(heard[at] ?? '') < at ? 'doubled' : 'lost'
}

/** A snapshot says what the frames up to its number add up to. */
async function checkSnapshot({ tally }: FaultWorld, witness: Visitor, welcome: HeardFrame): Promise<void> {
  await witness.until(() => witness.ledger.last >= welcome.seq, WITNESS_PATIENCE_MS)
  const upToThen = openLedger(
    'so far',
    openTally(() => undefined),
  )
  for (const raw of witness.ledger.frames.slice(0, welcome.seq)) upToThen.hear(raw)
  const due = newest(upToThen)
  const said = messagesOf(welcome).slice(-due.length)
  if (JSON.stringify(said) !== JSON.stringify(due)) {
    tally.wrong('lost', `${witness.ledger.name}: the snapshot at ${welcome.seq} is not what was said`)
  }
}

/** A page holds at least so many. */
function newest(ledger: Ledger): readonly HeardMessage[] {
  return ledger.messages().slice(-10)
}

function messagesOf({ fields }: HeardFrame): HeardMessage[] {
  const { messages } = fields
  return (Array.isArray(messages) ? messages : []).map((value: unknown) => {
    const { position, turnId, role, text, outcome } = record(value)
    return {
      position: Number(position),
      turnId: String(turnId),
      role: role === 'twin' ? 'twin' : 'visitor',
      text: String(text),
      outcome: typeof outcome === 'string' ? outcome : null,
    }
  })
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
