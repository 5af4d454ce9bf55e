/** The archive is away for an hour, on a clock of the test's own; the whole room runs, but for its sockets. */
import { describe, expect, it } from 'vitest'
import type { Archive, ArchiveBatch, ArchivedMessage, ReplyModel } from '../core/ports.ts'
import { exampleClaims, exampleTwin } from '../testing/example-twin.ts'
import { QUIET_HUB } from '../testing/quiet-hub.ts'
import { PLENTY } from '../testing/plenty.ts'
import { memoryStorage } from '../testing/node/memory-storage.ts'
import { openWholeRoom } from '../testing/node/open-whole-room.ts'
import { roomConnections } from './connections.ts'
import { openRoom, type Room } from './open-room.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const BEGINNING = Date.parse('2026-11-21T12:00:00.000Z')

describe('an archive that is away for an hour', () => {
  it('has every row once it is back, in order, and was asked ever less often', async () => {
    const life = startLife()
    await life.ask('before')
    await life.pass(MINUTE_MS)
    expect(life.texts()).toEqual(['before', 'Yes to before'])

    life.away = true
    const attempts = life.attempts.length
    for (let count = 1; count <= 6; count += 1) {
      await life.ask(`question ${count}`)
      await life.pass(10 * MINUTE_MS)
    }
    const waits = gaps(Array.from(new Set(life.attempts.slice(attempts)))) // a failed write is followed by a look at once
    expect(life.texts()).toHaveLength(2)
    expect(waits.length).toBeLessThan(HOUR_MS / 30_000 + 10) // half a minute to a minute apart, but for the first few
    expect(Math.max(...waits)).toBeLessThanOrEqual(MINUTE_MS)
    expect(Math.min(...waits.slice(10))).toBeGreaterThanOrEqual(MINUTE_MS / 2)

    life.away = false
    await life.pass(MINUTE_MS)
    expect(life.texts()).toEqual(life.said())
    expect(life.said()).toHaveLength(14)
    expect(life.written).toEqual(life.written.toSorted((a, b) => a - b))
    expect(life.alarmAt()).toBeNull()
  })

  it('has them also when the room was killed meanwhile, again and again', async () => {
    const life = startLife()
    life.away = true
    for (let count = 1; count <= 12; count += 1) {
      await life.ask(`question ${count}`)
      await life.pass(5 * MINUTE_MS)
      life.kill()
    }
    expect(life.texts()).toEqual([])
    life.away = false
    await life.pass(2 * MINUTE_MS)
    expect(life.texts()).toEqual(life.said())
    expect(life.said()).toHaveLength(24)
  })

  it('has them once, also where it was there and only its answers were lost', async () => {
    const life = startLife()
    life.deaf = true
    for (let count = 1; count <= 6; count += 1) {
      await life.ask(`question ${count}`)
      await life.pass(10 * MINUTE_MS)
    }
    life.deaf = false
    await life.pass(MINUTE_MS)
    expect(life.texts()).toEqual(life.said())
    expect(life.said()).toHaveLength(12)
    expect(life.alarmAt()).toBeNull()
  })
})

describe('a reply that was cut off by the end of its room', () => {
  it('is archived at once when the room wakes, though its own time has not come', async () => {
    const whole = openWholeRoom()
    const visitor = whole.line('visitor')
    visitor.send({ type: 'hello', after: null })
    visitor.send({ type: 'message-send', messageId: 'one', text: 'What will you do?' })
    await whole.settle()
    whole.model.say('I will ')
    await whole.settle()
    whole.kill()
    expect(whole.batches).toEqual([])

    await whole.room.doDuties()
    const archived = whole.batches.flatMap(({ messages }) => messages)
    expect(archived.map(({ role, outcome }) => [role, outcome])).toEqual([
      ['visitor', null],
      ['twin', 'interrupted'],
    ])
  })
})

interface Life {
  /** Nobody is there. */
  away: boolean
  /** It writes, and its answer gets lost. */
  deaf: boolean
  /** When the archive was asked to write. */
  readonly attempts: number[]
  /** Positions in the order they arrived, each the first time. */
  readonly written: number[]
  ask(question: string): Promise<void>
  /** Lets time go by; every alarm rings at its own. */
  pass(ms: number): Promise<void>
  /** The process ends; the next one begins on the same storage when its alarm rings. */
  kill(): void
  /** What the archive holds. */
  texts(): string[]
  /** What the room holds. */
  said(): string[]
  alarmAt(): number | null
}

function startLife(): Life {
  const storage = memoryStorage()
  const rows = new Map<string, ArchivedMessage>()
  let time = BEGINNING
  let alarmAt: number | null = null
  let room: Room | undefined
  let dice = 0

  const archive: Archive = {
    async write({ messages }: ArchiveBatch) {
      life.attempts.push(time)
      if (life.away) throw new Error('The archive is away.')
      for (const message of messages) {
        if (!rows.has(message.id)) life.written.push(message.position)
        rows.set(message.id, message)
      }
      if (life.deaf) throw new Error('The answer got lost.')
    },
    erase: () => Promise.reject(new Error('Nobody erases anything here.')),
  }
  const model: ReplyModel = {
    name: 'agreeable',
    async *stream({ question }) {
      yield { type: 'text', text: `Yes to ${question}` }
    },
  }

  function awake(): Room {
    room ??= openRoom({
      ports: {
        model,
        fallbackModel: model,
        directory: { load: async () => exampleTwin },
        archive,
        hub: QUIET_HUB,
        floodGate: { said: async () => 0 },
        budgets: PLENTY,
        clock: { now: () => time, random: () => (dice = (dice + 0.37) % 1) },
      },
      storage,
      alarm: {
        async setAlarm(at) {
          alarmAt = at
        },
      },
      connections: roomConnections([]),
      report: (error) => expect.unreachable(String(error)),
    })
    return room
  }

  const life: Life = {
    away: false,
    deaf: false,
    attempts: [],
    written: [],
    async ask(question) {
      const { conversation, owner, runner, turns, wakeOutbox, wakeTurns } = awake()
      conversation.accept({ messageId: question, text: question }, new Date(time).toISOString())
      wakeOutbox()
      const known = owner.read()
      if (known) wakeTurns(known.owner)
      await expect.poll(() => !runner.isRunning() && turns.next() === undefined, { interval: 1 }).toBe(true)
    },
    async pass(ms) {
      const end = time + ms
      while (alarmAt !== null && alarmAt <= end) {
        time = Math.max(time, alarmAt)
        alarmAt = null
        await awake().doDuties()
      }
      time = end
    },
    kill() {
      room = undefined
    },
    texts: () =>
      Array.from(rows.values())
        .toSorted((a, b) => a.position - b.position)
        .map(({ text }) => text),
    said: () =>
      awake()
        .transcript.page(null, undefined)
        .messages.map(({ text }) => text),
    alarmAt: () => alarmAt,
  }
  awake().owner.admit(exampleClaims(), new Date(time).toISOString())
  return life
}

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((time, at) => time - (times[at] ?? 0))
}
