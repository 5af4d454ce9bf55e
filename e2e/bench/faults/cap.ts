/**
 * Fifty senders race for the last places of a conversation, over sockets and posted frames: as many are accepted as there
 * are places, and answered; everybody else is told no. The rooms are filled on the disk while the Worker is down, which is
 * the way to a thousand messages without a thousand turns; the room's own limits stay as they are, so most of the fifty
 * are told to slow down, and eight reach the last place together.
 */
import { MAX_CONVERSATION_MESSAGES } from '../../../schema/wire/limits.ts'
import { openRoomFiles } from '../../wire/room-file.ts'
import { audit } from './audit.ts'
import type { Chance } from './chance.ts'
import type { FaultWorld } from './fault-world.ts'
import { writeOrder } from './order.ts'
import type { Order } from './order.ts'
import { openPostSender, openSocketSender } from './sender.ts'
import type { Sender, Told } from './sender.ts'
import type { Amount } from './suite.ts'
import type { Visitor } from './visitor.ts'

const SENDERS = 50
/** A room has sixteen lines; one is the witness's, one stays free. */
const SOCKETS = 14
const PREFILLED = [998, 998, 996] as const
const ROUNDS_AT_ONCE = 4
const ANSWER_PATIENCE_MS = 20_000

export async function cap(world: FaultWorld, { conversations, times, until }: Amount): Promise<void> {
  for (let done = 0, group = 0; done < times && performance.now() < until; group += 1) {
    const rooms = Math.min(conversations, times - done)
    const witnesses = await fullRooms(world, rooms, `cap${group}.`)
    const waiting = [...witnesses]
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await oneRound(world, next)
    }
    await Promise.all(Array.from({ length: ROUNDS_AT_ONCE }, lane))
    await audit(world, witnesses)
    done += rooms
  }
}

async function fullRooms(world: FaultWorld, count: number, name: string): Promise<Visitor[]> {
  const { stack } = world
  const chance = world.chance.fork(name)
  const hosts = await world.visitors(count, `${name}host`)
  await Promise.all(hosts.map((host) => host.come()))
  for (const host of hosts) host.leave()
  const filled = new Map(hosts.map((host) => [host.conversationId, chance.pick(PREFILLED)]))
  await stack.killWorker()
  for (const room of openRoomFiles(stack.roomsFolder, Array.from(filled.keys()))) {
    const messages = filled.get(room.conversationId) ?? MAX_CONVERSATION_MESSAGES
    room.add(Array.from({ length: messages / 2 }, (_, at) => ({ question: `Question ${at}`, reply: `Reply ${at}` })))
    room.close()
  }
  await stack.restartWorker()
  return world.visitors(count, name, (at) => {
    const sameAs = hosts[at]
    return sameAs ? { sameAs, placesBefore: filled.get(sameAs.conversationId) ?? 0 } : {}
  })
}

async function oneRound(world: FaultWorld, witness: Visitor): Promise<void> {
  const { tally, stack } = world
  const { ledger } = witness
  const places = (MAX_CONVERSATION_MESSAGES - ledger.placesBefore) / 2
  await witness.come()
  const door = {
    port: stack.ports.worker,
    origin: new URL(stack.site('remyvale')).origin,
    session: await witness.session(),
  }
  const senders = await Promise.all(
    Array.from({ length: SENDERS }, (_, at) => (at < SOCKETS ? openSocketSender(door) : openPostSender(door))),
  )
  const dice = world.chance.fork(ledger.name)
  const raced = await Promise.all(shuffled(senders, dice).map((sender, at) => send(sender, witness, at)))
  for (const { told, messageId } of raced) {
    const message = ledger.sent.get(messageId)
    if (message) Object.assign(message, told.code === 'ack' ? { turnId: told.turnId } : { refused: true })
    if (told.code !== 'ack') tally.refused(told.code)
    if (told.code === 'silence') tally.wrong('lost', `${ledger.name}: a sender was told nothing`)
  }
  const winners = raced.filter(({ told }) => told.code === 'ack')
  if (winners.length > places) {
    tally.wrong('cap_overruns', `${ledger.name}: ${winners.length} were accepted for ${places} places`)
  }
  if (winners.length < places) tally.wrong('lost', `${ledger.name}: only ${winners.length} got one of ${places} places`)
  await witness.until(() => ledger.isSettled(), ANSWER_PATIENCE_MS)
  await afterwards(world, witness, raced)
  for (const message of ledger.messages()) {
    if (message.position > MAX_CONVERSATION_MESSAGES)
      tally.wrong('cap_overruns', `${ledger.name}: a message stands at ${message.position}`)
    if (message.role === 'twin' && message.outcome !== 'answered')
      tally.wrong('lost', `${ledger.name}: who got the last place was not answered: ${message.outcome}`)
  }
  for (const sender of senders) sender.close()
  tally.did('cap_rounds')
}

/** Who was accepted may ask again and is told the same; who was not, and comes again, is told that it is full. */
async function afterwards({ tally }: FaultWorld, { ledger }: Visitor, raced: readonly Raced[]): Promise<void> {
  const winner = raced.find(({ told }) => told.code === 'ack')
  if (winner) {
    const told = await winner.sender.send(winner.messageId, winner.text)
    if (told.turnId !== winner.told.turnId)
      tally.wrong('doubled', `${ledger.name}: the same message was told ${told.code}`)
  }
  const loser = raced.find(({ told }) => told.code === 'rate_limited')
  if (!loser) return
  for (let told = loser.told; told.code !== 'conversation_full';) {
    if (told.code !== 'rate_limited') return tally.wrong('cap_overruns', `${ledger.name}: in a full room: ${told.code}`)
    await new Promise((resolve) => setTimeout(resolve, told.retryAfterSeconds * 1000))
    told = await loser.sender.send(loser.messageId, loser.text)
  }
}

interface Raced {
  readonly sender: Sender
  readonly messageId: string
  readonly text: string
  readonly told: Told
}

async function send(sender: Sender, { ledger }: Visitor, at: number): Promise<Raced> {
  const order: Order = {
    key: `${ledger.name}.s${at}`,
    words: 8,
    wordsPerSecond: 0,
    delayMs: 0,
    rich: false,
    fault: 'none',
  }
  const [messageId, text] = [crypto.randomUUID(), writeOrder(order)]
  ledger.send(messageId, order, text)
  return { sender, messageId, text, told: await sender.send(messageId, text) }
}

function shuffled<T>(all: readonly T[], chance: Chance): T[] {
  return all
    .map((one) => ({ one, at: chance.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one)
}
