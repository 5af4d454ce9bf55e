/**
 * A crowd as a process of its own, so that what it costs is not counted: thousands of lines over plain TCP, few words.
 * Takes orders from its parent over their channel and ends with it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { openFrameSocket } from '../faults/frame-socket.ts'
import type { FrameSocket } from '../faults/frame-socket.ts'
import { CROWD_VARIABLE, parseCrowdOrder, parseCrowdSettings } from '../load/crowd-order.ts'
import type { CrowdOrder, EchoKind } from '../load/crowd-order.ts'

const OPENING_AT_ONCE = 32
/** How often the clock of an open loop is looked at. */
const BEAT_MS = 5
const QUESTION = 'How do you save?'
const PAGE = { before: 1, limit: 1 }
/** What is sent, and what our room answers; the bare one says back what was sent. */
const ECHOES = {
  look: { frame: 'history-get', answer: 'history-page' },
  say: { frame: 'message-send', answer: 'ack' },
} as const

interface CrowdLine {
  readonly socket: FrameSocket
  /** What is waited for, and by whom. */
  awaited: { readonly is: (frame: string) => boolean; readonly heard: () => void } | undefined
}

const { kind, port } = parseCrowdSettings(process.env[CROWD_VARIABLE])
const party = kind === 'twin' ? 'twin-room' : 'echo-room'
const lines: CrowdLine[] = []
/** One of each room, always in the same order. */
let firsts: CrowdLine[] = []
let nextRoused = 0
let failed = false

process.on('message', (message) => {
  obey(parseCrowdOrder(message))
    .then((echoes) => process.send?.({ echoes }))
    .catch((error: unknown) => process.send?.({ failure: error instanceof Error ? error.message : String(error) }))
})
process.once('disconnect', () => process.exit())

async function obey(order: CrowdOrder): Promise<readonly number[]> {
  switch (order.do) {
    case 'open':
      await openAll(order.rooms, order.linesARoom)
      return []
    case 'echo':
      return echo(order)
    case 'wake':
      return wakeAll()
    case 'close':
      for (const { socket } of lines.splice(0)) socket.kill()
      firsts = []
      return []
  }
}

async function wakeAll(): Promise<readonly number[]> {
  const times: number[] = []
  for (const line of firsts) times.push(await ask(line, 'look'))
  return times
}

async function openAll(rooms: number, linesARoom: number): Promise<void> {
  const names = Array.from({ length: rooms }, () => crypto.randomUUID())
  const wanted = Array.from({ length: linesARoom }, () => names).flat()
  await inTurns([...wanted.entries()], OPENING_AT_ONCE, async ([at, name]) => {
    const line = await openLine(name)
    lines.push(line)
    if (at >= rooms) return
    firsts.push(line)
    await ask(line, 'say', 'reply-end') // a room that nobody has spoken in yet is not alive
  })
}

function openLine(name: string): Promise<CrowdLine> {
  return new Promise((resolve, reject) => {
    let line: CrowdLine | undefined
    openFrameSocket({
      port,
      path: `/parties/${party}/${name}`,
      protocols: ['twin.v1'],
      origin: 'https://nova.example',
      open(socket) {
        const opened: CrowdLine = { socket, awaited: { is: beginsWith('welcome'), heard: () => resolve(opened) } }
        line = opened
        socket.send(kind === 'twin' ? '{"type":"hello","after":null}' : '{"type":"welcome"}')
      },
      text(text) {
        if (text.startsWith('{"type":"error"')) fail(`Refused: ${text}`)
        if (!line?.awaited?.is(text)) return
        const { heard } = line.awaited
        line.awaited = undefined
        heard()
      },
      closed(code) {
        reject(new Error(`A line closed (${code}).`))
        if (line && lines.includes(line)) fail(`A line closed (${code}).`)
      },
    })
  })
}

/** Whoever waits for something would wait for ever. */
function fail(failure: string): void {
  if (!failed) process.send?.({ failure })
  failed = true
}

/** Milliseconds until the answer came. */
async function ask(line: CrowdLine, what: EchoKind, answer: string = ECHOES[what].answer): Promise<number> {
  const type = ECHOES[what].frame
  const messageId = what === 'say' && crypto.randomUUID()
  const frame = JSON.stringify({ type, ...(messageId ? { messageId, text: QUESTION } : PAGE) })
  const is = beginsWith(kind === 'twin' ? answer : type)
  const began = performance.now()
  await new Promise<void>((resolve) => {
    line.awaited = { is, heard: resolve }
    line.socket.send(frame)
  })
  return performance.now() - began
}

function beginsWith(type: string): (frame: string) => boolean {
  return (frame) => frame.startsWith(`{"type":"${type}"`)
}

async function echo({
  what,
  perSecond,
  seconds,
  rousing,
}: Extract<CrowdOrder, { do: 'echo' }>): Promise<readonly number[]> {
  const free = shuffled(what === 'say' ? firsts : lines)
  const asked: Promise<number>[] = []
  const roused: Promise<number>[] = []
  const began = performance.now()
  let next = 0
  for (let passed = 0; passed < seconds; await pause(BEAT_MS)) {
    passed = Math.min(seconds, (performance.now() - began) / 1000)
    while (asked.length < Math.floor(passed * perSecond)) asked.push(ask(idle(free, next++), what))
    while (roused.length < Math.floor(passed * rousing)) roused.push(ask(idle(firsts, nextRoused++), 'look'))
  }
  await Promise.all(roused)
  return Promise.all(asked)
}

/** The next line that does not wait for an answer. */
function idle(all: readonly CrowdLine[], from: number): CrowdLine {
  for (let at = from; at < from + all.length; at += 1) {
    const line = all[at % all.length]
    if (line && !line.awaited) return line
  }
  throw new Error('Every line still waits for an answer.')
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => [Math.random(), one] as const)
    .toSorted(([one], [other]) => one - other)
    .map(([, one]) => one)
}

async function inTurns<T>(all: readonly T[], atOnce: number, act: (one: T) => Promise<unknown>): Promise<void> {
  const left = all.values()
  const worker = async (): Promise<void> => {
    for (const one of left) await act(one)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
