import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LINE_WINDOW_BYTES } from '../../schema/wire/limits.ts'
import { FRESH, pacedLine, type Pace } from './paced-line.ts'

const FRAME_BYTES = 60_000

/** A journal, one line upon it, and a reader that reads when it is told. */
function stand(after = 0, said = 0) {
  const journal: string[] = []
  const wire: string[] = []
  const numbers: number[] = []
  const answers: number[] = []
  let unconfirmed = 0
  let mostUnconfirmed = 0
  let kept: Pace = FRESH
  let askedAt: number[] = []
  let dropped = false
  let now = 0

  const missedAfter = (seq: number): string[] => journal.slice(seq)
  const open = (pace: Pace) =>
    pacedLine({
      pace,
      write(frame) {
        if (dropped) return false
        wire.push(frame)
        if (frame.startsWith('{"type":"mark"')) return true
        unconfirmed += new TextEncoder().encode(frame).length
        mostUnconfirmed = Math.max(mostUnconfirmed, unconfirmed)
        return true
      },
      keep: (pace) => void (kept = structuredClone(pace)),
      now: () => now,
      asked: () => askedAt.push(now),
      drop: () => void (dropped = true),
    })
  const write = (size: number): string => {
    const seq = journal.length + 1
    const text = 'ü'.repeat(size / 2)
    const frame = seq % 2 === 0 ? JSON.stringify([seq, text]) : JSON.stringify({ type: 'message-added', seq, text })
    journal.push(frame)
    return frame
  }
  for (let count = 0; count < said; count += 1) write(FRAME_BYTES)
  let line = open(FRESH)

  return {
    journal,
    numbers,
    answers,
    wire,
    get line() {
      return line
    },
    get isDropped() {
      return dropped
    },
    get asked() {
      return askedAt
    },
    mostUnconfirmed: () => mostUnconfirmed,
    begin: () => line.begin(JSON.stringify({ type: 'welcome', seq: journal.length }), missedAfter(after)),
    say: (size: number) => line.hear(write(size)),
    answer: (id: number, size = 10) =>
      line.send(JSON.stringify({ type: 'ack', seq: journal.length, id, text: 'x'.repeat(size) })),
    /** The reader takes some frames off the wire and does what they ask. */
    read(count: number) {
      for (const frame of wire.splice(0, count)) {
        const value: unknown = JSON.parse(frame)
        if (Array.isArray(value)) numbers.push(Number(value[0]))
        else if (typeof value === 'object' && value !== null && 'type' in value && 'seq' in value) {
          const seq = Number(value.seq)
          if (value.type === 'message-added') numbers.push(seq)
          if (value.type === 'ack' && 'id' in value) {
            expect(seq).toBe(numbers.at(-1) ?? after)
            answers.push(Number(value.id))
          }
          if (value.type === 'mark') {
            unconfirmed = 0
            expect(line.confirm(seq, missedAfter)).toBe(true)
          }
        }
      }
    },
    /** The room sleeps and wakes: what was kept with the socket is all it knows. */
    sleep() {
      if (kept.asked?.owes === true) dropped = true
      line = open(kept)
    },
    at: (time: number) => void (now = time),
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('say' as const), size: fc.integer({ min: 2, max: FRAME_BYTES }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('read' as const), size: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const), size: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), size: fc.constant(0) }) },
)

describe('a line, whatever the pace of its reader', () => {
  it('gets every frame once, in order, and never much more than its window unread', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.nat(12), fc.nat(12), (steps, said, seen) => {
        const after = Math.min(seen, said)
        const room = stand(after, said)
        room.begin()
        let asked = 0
        for (const { do: act, size } of steps) {
          if (act === 'say') room.say(size)
          else if (act === 'read') room.read(size)
          else if (act === 'answer') room.answer((asked += 1))
          else room.sleep()
          if (room.isDropped) break
        }
        while (room.wire.length > 0) room.read(1)
        const all = Array.from({ length: room.journal.length - after }, (_, index) => after + index + 1)
        expect(room.numbers).toEqual(room.isDropped ? all.slice(0, room.numbers.length) : all)
        if (!room.isDropped) expect(room.answers).toEqual(Array.from({ length: asked }, (_, index) => index + 1))
        expect(room.mostUnconfirmed()).toBeLessThanOrEqual(LINE_WINDOW_BYTES + FRAME_BYTES + 100)
      }),
      { numRuns: 300 },
    )
  })

  it('hears nothing more, once asked, and is fed when it has answered', () => {
    const room = stand()
    room.begin()
    room.at(7)
    for (let count = 0; count < 20; count += 1) room.say(FRAME_BYTES)
    expect(room.asked).toEqual([7])
    expect(room.line.askedAt()).toBe(7)
    expect(room.wire).toHaveLength(7) // the welcome, five frames, the question
    room.read(7)
    expect(room.numbers).toHaveLength(5)
    expect(room.wire).toHaveLength(6)
    while (room.wire.length > 0) room.read(1)
    expect(room.numbers).toHaveLength(20)
    expect(room.line.askedAt()).toBeNull()
  })

  it('takes no answer to what it did not ask, and none twice', () => {
    const room = stand()
    room.begin()
    expect(room.line.confirm(0, () => [])).toBe(false)
    for (let count = 0; count < 6; count += 1) room.say(FRAME_BYTES)
    expect(room.line.confirm(4, () => [])).toBe(false)
    expect(room.line.confirm(5, () => [])).toBe(true)
    expect(room.line.confirm(5, () => [])).toBe(false)
  })

  it('drops whoever asks and asks, and reads no answer', () => {
    const room = stand()
    for (let count = 0; count < 20 && !room.isDropped; count += 1) room.answer(count, FRAME_BYTES)
    expect(room.isDropped).toBe(true)
    expect(room.wire.length).toBeLessThan(8)
  })

  it('drops whoever says hello behind a question', () => {
    const room = stand()
    for (let count = 0; count < 5; count += 1) room.answer(count, FRAME_BYTES)
    room.begin()
    expect(room.isDropped).toBe(true)
  })

  it('writes what it keeps once in many frames', () => {
    let writes = 0
    const line = pacedLine({
      pace: FRESH,
      write: () => true,
      keep: () => void (writes += 1),
      now: () => 0,
      asked: () => undefined,
      drop: () => undefined,
    })
    for (let seq = 1; seq <= 5_000; seq += 1) line.hear(`[${seq},"some words"]`)
    expect(writes).toBeLessThan(5)
  })
})
