import { describe, expect, it } from 'vitest'
import { exampleClaims } from '../testing/example-twin.ts'
import { roomConnections, type Listener } from './connections.ts'

const NOW = 1_000_000

interface FakeLine extends Listener {
  readonly frames: string[]
  isDropped: boolean
}

function fakeLine(change: Partial<Pick<Listener, 'isOpen' | 'askedAt' | 'heardAt'>> = {}): FakeLine {
  const frames: string[] = []
  const line: FakeLine = {
    id: crypto.randomUUID(),
    holder: { role: 'visitor', claims: exampleClaims() },
    isGreeted: true,
    isOpen: true,
    askedAt: null,
    heardAt: NOW,
    ...change,
    frames,
    isDropped: false,
    hear: (frame) => frames.push(frame) > 0,
    send: (frame) => frames.push(frame) > 0,
    confirm: () => false,
    greet: () => undefined,
    drop: () => void (line.isDropped = true),
    end: () => undefined,
  }
  return line
}

describe('a place for one more line', () => {
  it('is there until there are as many as may be', () => {
    const connections = roomConnections([fakeLine(), fakeLine()])
    expect(connections.hasPlace('visitor', 3, NOW)).toBe(true)
    expect(connections.hasPlace('visitor', 2, NOW)).toBe(false)
  })

  it('is not taken by the dead', () => {
    const connections = roomConnections([fakeLine({ isOpen: false }), fakeLine({ isOpen: false }), fakeLine()])
    expect(connections.hasPlace('visitor', 2, NOW)).toBe(true)
  })

  it('is given up by the line that was silent longest, and by that one alone', () => {
    const lines = [fakeLine({ heardAt: NOW - 90_001 }), fakeLine({ heardAt: NOW - 500_000 }), fakeLine()]
    const connections = roomConnections(lines)
    expect(connections.hasPlace('visitor', 3, NOW)).toBe(true)
    expect(lines.map(({ isDropped }) => isDropped)).toEqual([false, true, false])
    expect(connections.hasPlace('visitor', 2, NOW)).toBe(true)
    expect(connections.hasPlace('visitor', 1, NOW)).toBe(false) // who has just been heard stays
    connections.broadcast(['x'])
    expect(lines.map(({ frames }) => frames)).toEqual([[], [], ['x']])
  })
})

describe('lines that owe a mark', () => {
  it('are dropped when they have for too long; the next one is named', () => {
    const lines = [fakeLine({ askedAt: 100 }), fakeLine({ askedAt: 300 }), fakeLine({ askedAt: 200 }), fakeLine()]
    const connections = roomConnections(lines)
    expect(connections.dropUnread(100)).toBe(200)
    expect(lines.map(({ isDropped }) => isDropped)).toEqual([true, false, false, false])
    expect(connections.dropUnread(300)).toBeNull()
    expect(lines.map(({ isDropped }) => isDropped)).toEqual([true, true, true, false])
  })
})
