/**
 * Lines that break in every way a network knows, at any moment of a reply, while the visitor goes on asking: nothing is
 * lost, doubled or out of order, and whoever returns has caught up soon.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { audit } from './audit.ts'
import type { Chance } from './chance.ts'
import type { FaultWorld } from './fault-world.ts'
import type { FrameSocket } from './frame-socket.ts'
import type { Order } from './order.ts'
import { MESSAGES_A_VISITOR } from './suite.ts'
import type { Amount } from './suite.ts'
import { startTcpProxy } from './tcp-proxy.ts'
import type { Passage, TcpProxy } from './tcp-proxy.ts'
import type { Visitor } from './visitor.ts'

const KINDS = [
  'reset',
  'killed',
  'left',
  'server-closed',
  'half-open',
  'mid-frame',
  'mid-frame',
  'mid-send',
  'ack-lost',
] as const
/** How often a visitor who returns says their last message again, though it was taken: its answer may have got lost. */
const SAID_AGAIN_SHARE = 0.25
type Kind = (typeof KINDS)[number]

export async function drops(world: FaultWorld, { conversations, times, until }: Amount): Promise<void> {
  const worker = world.stack.ports.worker
  const networks = [
    await startTcpProxy(worker),
    await startTcpProxy(worker),
    await startTcpProxy(worker, { bytesPerSecond: 32_000 }), // 256 kbit/s
    await startTcpProxy(worker, { delayMs: 250 }),
  ] as const
  let left = times
  const takeOne = (): boolean => performance.now() < until && left-- > 0
  try {
    await Promise.all(
      Array.from({ length: conversations }, async (_, at) => {
        const network = networks[at % networks.length] ?? networks[0]
        const chance = world.chance.fork(`drops ${at}`)
        for (let round = 0; left > 0 && performance.now() < until; round += 1) {
          await oneVisitor(world, network, `drops${at}.${round}`, chance, takeOne)
        }
      }),
    )
  } finally {
    await Promise.all(networks.map((network) => network.close()))
  }
}

async function oneVisitor(
  world: FaultWorld,
  network: TcpProxy,
  name: string,
  chance: Chance,
  takeOne: () => boolean,
): Promise<void> {
  const { tally } = world
  const caughtUp = (brokenAt: number, now: number): void => tally.waited('caught_up_after_drop', now - brokenAt)
  const visitor = await world.visitor(name, { linePort: network.port, chance, caughtUp })
  await visitor.come()
  for (let asked = 0; asked < MESSAGES_A_VISITOR / 2 && takeOne();) {
    if (visitor.mayAsk()) visitor.ask(nextOrder(name, (asked += 1), chance))
    await pause(chance.between(5, 240))
    const { line } = visitor
    const passage = line && network.passage(line.localPort)
    if (!line || !passage) await visitor.until(() => visitor.line !== undefined, 20_000)
    else {
      await breakLine(visitor, line, passage, chance.pick(KINDS), chance, `${name}.x${visitor.ledger.sent.size}`)
      if (!(await visitor.until(() => visitor.line !== undefined && visitor.line !== line, 20_000)))
        tally.wrong('lost', `${name}: the line never came back`)
      tally.did('drops')
      if (chance.happens(SAID_AGAIN_SHARE)) sayAgain(visitor)
    }
  }
  await audit(world, [visitor])
}

/** The same message is one message; the ledger sees to that. */
function sayAgain(visitor: Visitor): void {
  const last = Array.from(visitor.ledger.sent.values()).at(-1)
  if (last) visitor.say({ type: 'message-send', messageId: last.messageId, text: last.text })
}

function nextOrder(name: string, number: number, chance: Chance): Order {
  const [words, wordsPerSecond] = [chance.between(10, 70), chance.between(25, 60)]
  const key = `${name}.${number}`
  return { key, words, wordsPerSecond, delayMs: chance.between(0, 120), rich: chance.happens(0.5), fault: 'none' }
}

async function breakLine(
  visitor: Visitor,
  line: FrameSocket,
  passage: Passage,
  kind: Kind,
  chance: Chance,
  key: string,
): Promise<void> {
  switch (kind) {
    case 'reset':
      return passage.reset()
    case 'killed':
      return line.kill()
    case 'left':
      return line.close() // and comes back at once
    case 'server-closed':
      return line.sendNonsense()
    case 'half-open':
      passage.stall(chance.between(200, 2_000))
      await pause(chance.between(20, 250)) // what is said meanwhile goes nowhere
      return visitor.giveUp()
    case 'mid-frame':
      passage.cutAfter(chance.between(1, 400))
      if (!(await visitor.until(() => visitor.line !== line, 500))) passage.reset() // nothing more was said
      return
    case 'mid-send':
      // half a frame is no message: the same one is sent again over the next line
      line.sendHalf(JSON.stringify({ type: 'message-send', messageId: key, text: key }), chance.next())
      await visitor.until(() => visitor.line !== line, 2_000)
      return
    case 'ack-lost':
      if (visitor.mayAsk()) visitor.ask(ackLost(key, chance))
      await pause(chance.between(0, 6))
      return passage.reset()
  }
}

function ackLost(key: string, chance: Chance): Order {
  return { key, words: chance.between(3, 12), wordsPerSecond: 0, delayMs: 0, rich: false, fault: 'none' }
}
