/**
 * `npm run bench -- load`: crowds. Thousands of conversations with one line each, then thousands of lines in a hundred
 * rooms (more lines than a conversation has in production), beside the barest room there can be under the same crowd.
 *
 * An echo is a frame of a visitor's and the room's answer: `look`, a page of the history, which the room reads from its
 * SQLite; `say`, a message, acknowledged once it is durable, after which its reply is written. The bare room says back what
 * it hears. Rates are fixed and no echo waits for another. Both kinds are open at once and take turns.
 *
 * A conversation lives while its room is in memory: before and during a round every room is looked into, so that none
 * sleeps. What it takes to wake one that slept is measured apart (`waking_p99_ms`), and held to no budget.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { printTable } from '../print-table.ts'
import { median, quantile } from '../token/statistics.ts'
import type { EchoKind, Kind } from './crowd-order.ts'
import { residentKb, startLoadWorld } from './load-world.ts'
import type { LoadSide, LoadWorld } from './load-world.ts'

interface Shape {
  readonly conversations: number
  readonly rooms: number
  readonly linesARoom: number
  readonly rounds: number
  readonly secondsARound: number
}

const USUAL: Shape = { conversations: 4_000, rooms: 100, linesARoom: 90, rounds: 3, secondsARound: 10 }
const TINY: Shape = { conversations: 20, rooms: 3, linesARoom: 30, rounds: 1, secondsARound: 2 }
const KINDS = ['twin', 'bare'] as const
const PER_SECOND: Readonly<Record<EchoKind, number>> = { look: 100, say: 20 }
/** Each room is spoken to more often than workerd lets go of it. */
const ROUSED_IN_SECONDS = 8
/** workerd lets go of a room that nothing has happened in for ten seconds; a turn's alarm comes once within fifteen. */
const SLEEP_MS = 30_000

const ATTEMPTS = 3

type Both<T> = Readonly<Record<Kind, T>>
type Echoes = Both<readonly number[]>

/** What a population did. */
interface Figures {
  readonly name: string
  readonly lines: number
  /** Of one line, after its room has fallen asleep. */
  readonly idleKb: Both<number>
  /** Rooms that had to be brought back, of those that were asked. */
  readonly woken: Both<number>
  /** Milliseconds from a frame into each room to its answer, one after the other. */
  readonly waking: Both<readonly number[]>
  readonly rooms: number
  readonly echoes: Readonly<Partial<Record<EchoKind, Echoes>>>
}

/** The last line of the bench. */
interface LoadFigures {
  readonly live_conversations: number
  readonly sockets: number
  readonly rooms: number
  readonly echo_p99_ms: number
  readonly bare_echo_p99_ms: number
  /** The worst of all populations and kinds of echo. */
  readonly ratio: number
  readonly idle_connection_kb: number
  readonly bare_idle_connection_kb: number
  readonly idle_conversation_kb: number
  /** Of the rooms asked, those that held no object in memory. */
  readonly rooms_asleep: number
  readonly rooms_asked: number
  /** Of an echo in a room that slept. */
  readonly waking_p99_ms: number
  readonly bare_waking_p99_ms: number
}

export async function load(words: readonly string[]): Promise<{ readonly load: LoadFigures }> {
  if (words.some((word) => word !== '--tiny')) throw new Error(`load takes --tiny; not "${words.join(' ')}".`)
  const shape = words.includes('--tiny') ? TINY : USUAL
  const conversations = await measured((world) =>
    measure(world, 'conversations', shape.conversations, 1, ['look', 'say'], shape),
  )
  const crowded = await measured((world) => measure(world, 'rooms', shape.rooms, shape.linesARoom, ['look'], shape))
  print([conversations, crowded], shape)
  return { load: summary(conversations, crowded) }
}

/**
 * A local workerd that lets go of thousands of rooms while others wake has been seen to end by itself ("Promise callback
 * destroyed itself"), with the bare rooms too; what it had measured by then is not used.
 */
async function measured(act: (world: LoadWorld) => Promise<Figures>): Promise<Figures> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withWorld(act)
    } catch (failure) {
      if (attempt === ATTEMPTS) throw failure
      console.error(`Once more: ${failure instanceof Error ? failure.message : String(failure)}`)
    }
  }
}

async function withWorld<T>(act: (world: LoadWorld) => Promise<T>): Promise<T> {
  const world = await startLoadWorld()
  const interrupted = (): void => void world.stop().finally(() => process.exit(1))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    return await act(world)
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    await world.stop()
  }
}

async function measure(
  { sides }: LoadWorld,
  name: string,
  rooms: number,
  linesARoom: number,
  kinds: readonly EchoKind[],
  { rounds, secondsARound: seconds }: Shape,
): Promise<Figures> {
  const lines = rooms * linesARoom
  for (const kind of KINDS) await warmUp(sides[kind])
  const before = await both(async (kind) => residentKb(sides[kind].pid))
  for (const kind of KINDS) {
    await sides[kind].crowd.give({ do: 'open', rooms, linesARoom })
    console.error(`${lines} lines are open in ${rooms} rooms (${kind}).`)
  }
  console.error('They fall asleep.')
  await pause(SLEEP_MS)
  const idleKb = await both(async (kind) => (residentKb(sides[kind].pid) - before[kind]) / lines)
  const roused = await both((kind) => wakeAll(sides[kind]))
  const echoes: Partial<Record<EchoKind, Echoes>> = {}
  for (const what of kinds) {
    const heard: Record<Kind, number[]> = { twin: [], bare: [] }
    for (let round = 0; round < rounds; round += 1) {
      for (const kind of KINDS) {
        const { crowd } = sides[kind]
        const rousing = Math.ceil(rooms / ROUSED_IN_SECONDS)
        await crowd.give({ do: 'echo', what, perSecond: 0, seconds: ROUSED_IN_SECONDS, rousing })
        const times = await crowd.give({ do: 'echo', what, perSecond: PER_SECOND[what], seconds, rousing })
        heard[kind].push(...times)
      }
    }
    echoes[what] = heard
    console.error(`${heard.twin.length} echoes of ${what} in ${name}.`)
  }
  const woken = { twin: roused.twin.rooms, bare: roused.bare.rooms }
  const waking = { twin: roused.twin.times, bare: roused.bare.times }
  return { name, lines, rooms, idleKb, woken, waking, echoes }
}

/** Compiles what will run, and brings the process to the size it has without anybody. */
async function warmUp({ crowd }: LoadSide): Promise<void> {
  await crowd.give({ do: 'open', rooms: 5, linesARoom: 5 })
  await crowd.give({ do: 'echo', what: 'look', perSecond: 100, seconds: 1, rousing: 0 })
  await crowd.give({ do: 'close' })
}

/** How many rooms were gone from memory, asked by a frame into each. */
async function wakeAll({ crowd, wakes }: LoadSide): Promise<{ rooms: number; times: readonly number[] }> {
  const before = await wakes()
  const times = await crowd.give({ do: 'wake' })
  return { rooms: (await wakes()) - before, times }
}

async function both<T>(act: (kind: Kind) => Promise<T>): Promise<Both<T>> {
  return { twin: await act('twin'), bare: await act('bare') }
}

function summary(conversations: Figures, crowded: Figures): LoadFigures {
  const p99 = (kind: Kind): number =>
    Math.max(...all(conversations, crowded, kind).map((times) => quantile(times, 0.99)))
  const ratios = [conversations, crowded].flatMap(({ echoes }) =>
    Object.values(echoes).map(({ twin, bare }) => quantile(twin, 0.99) / quantile(bare, 0.99)),
  )
  return {
    live_conversations: conversations.lines,
    sockets: crowded.lines,
    rooms: crowded.rooms,
    echo_p99_ms: round(p99('twin')),
    bare_echo_p99_ms: round(p99('bare')),
    ratio: round(Math.max(...ratios)),
    idle_connection_kb: round(crowded.idleKb.twin),
    bare_idle_connection_kb: round(crowded.idleKb.bare),
    idle_conversation_kb: round(conversations.idleKb.twin),
    rooms_asleep: conversations.woken.twin + crowded.woken.twin,
    rooms_asked: conversations.rooms + crowded.rooms,
    waking_p99_ms: round(quantile(conversations.waking.twin, 0.99)),
    bare_waking_p99_ms: round(quantile(conversations.waking.bare, 0.99)),
  }
}

function all(conversations: Figures, crowded: Figures, kind: Kind): (readonly number[])[] {
  return [conversations, crowded].flatMap(({ echoes }) => Object.values(echoes).map((times) => times[kind]))
}

function print(populations: readonly Figures[], { rounds, secondsARound }: Shape): void {
  const rows: string[][] = []
  const add = (what: string, ours: number, bare: number, digits = 2): void => {
    rows.push([what, ours.toFixed(digits), bare.toFixed(digits), `${(ours / bare).toFixed(2)}x`])
  }
  for (const { name, lines, rooms, idleKb, woken, echoes } of populations) {
    const where = `${lines} lines in ${rooms} ${name}`
    for (const what of ['look', 'say'] as const) {
      const times = echoes[what]
      if (!times) continue
      add(`${where}: ${what}, ms, median`, median(times.twin), median(times.bare))
      add(`${where}: ${what}, ms, p99`, quantile(times.twin, 0.99), quantile(times.bare, 0.99))
    }
    add(`${where}: memory of an idle line, kB`, idleKb.twin, idleKb.bare)
    add(`${where}: rooms that had left memory`, woken.twin, woken.bare, 0)
  }
  console.log(
    `An echo is a frame and its answer: look reads a page (${PER_SECOND.look} a second), say is a message and its durable ` +
      `acknowledgement (${PER_SECOND.say} a second); ${rounds} rounds of ${secondsARound} s each, in turns.\n` +
      `Memory is workerd's resident set, after the rooms have fallen asleep, less what it was without anybody.\n`,
  )
  printTable(['', 'ours', 'bare', 'ours / bare'], rows)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
