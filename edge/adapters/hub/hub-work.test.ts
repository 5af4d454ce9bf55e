import { DatabaseSync } from 'node:sqlite'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../schema/domain/id.ts'
import type { Id } from '../../../schema/domain/id.ts'
import type { Standing } from '../../../schema/domain/standing.ts'
import { openHubBook } from './hub-book.ts'
import type { HubStorage } from './hub-book.ts'
import { hubWork } from './hub-work.ts'
import type { HubWork } from './hub-work.ts'

const OWN = newId<'deployment'>()
const LIVE: Standing = { epoch: 0, refusal: null, until: null }
const PAUSED: Standing = { epoch: 0, refusal: 'gone', until: null }

/** A hub over Node's SQLite, the rooms and the database around it in the test's hands, its clock standing still. */
class World {
  readonly database = new DatabaseSync(':memory:')
  now = 1_000_000
  /** What the database says. */
  truth: Standing = LIVE
  databaseAway = false
  asked = 0
  /** Rooms that cannot be reached. */
  readonly unreachable = new Set<string>()
  readonly hubsAway = new Set<string>()
  /** Rooms whose visitor is there. */
  readonly present = new Set<string>()
  readonly told: [string, Standing][] = []
  readonly sent: string[] = []
  alarmAt: number | null = null
  hub: HubWork = this.wake()
  /** Before the database answers. */
  meanwhile: () => void = () => undefined
  /** Before a room's answer arrives. */
  whileTold: (room: Id<'conversation'>) => Promise<void> = () => Promise.resolve()

  /** The hub is in memory again, with what it stored and nothing else. */
  wake(): HubWork {
    const storage: HubStorage = {
      sql: {
        exec: <T>(query: string, ...bindings: (string | number | null)[]) => {
          // oxlint-disable-next-line no-unsafe-type-assertion -- the caller names the columns, as with workerd's SqlStorage
          const rows = this.database.prepare(query).all(...bindings) as T[]
          return Object.assign(rows[Symbol.iterator](), { toArray: () => rows })
        },
      },
    }
    this.hub = hubWork({
      book: openHubBook(storage),
      clock: () => this.now,
      setAlarm: (at) => {
        this.alarmAt = at
        return Promise.resolve()
      },
      report: () => undefined,
      ports: {
        standing: async () => {
          this.asked += 1
          const answer = this.truth
          this.meanwhile()
          await turnOfTheLoop()
          if (this.databaseAway) throw new Error('away')
          return answer
        },
        tell: async (conversationId, standing) => {
          await turnOfTheLoop()
          if (this.unreachable.has(conversationId)) throw new Error('unreachable')
          this.told.push([conversationId, standing])
          const isThere = this.present.has(conversationId)
          await this.whileTold(conversationId)
          return isThere
        },
        send: async (deploymentId) => {
          await turnOfTheLoop()
          if (this.hubsAway.has(deploymentId)) throw new Error('unreachable')
          this.sent.push(deploymentId)
        },
      },
    })
    return this.hub
  }

  async enter(): Promise<Id<'conversation'>> {
    const room = newId<'conversation'>()
    this.present.add(room)
    await this.hub.enter(OWN, room)
    return room
  }

  /** Until nothing is under way; alarms ring as they come due. */
  async settle(untilMs = 0): Promise<void> {
    const end = this.now + untilMs
    for (let turns = 0; turns < 400; turns += 1) {
      await turnOfTheLoop()
      if (this.alarmAt !== null && this.alarmAt <= end && turns % 20 === 19) {
        this.now = Math.max(this.now, this.alarmAt)
        this.alarmAt = null
        await this.hub.run()
      }
    }
    this.now = Math.max(this.now, end)
  }

  last(room: string): Standing | undefined {
    return this.told.findLast(([one]) => one === room)?.[1]
  }
}

let world: World
beforeEach(() => void (world = new World()))

const change = async (truth: Standing): Promise<void> => {
  world.truth = truth
  await world.hub.look(OWN, [OWN], 0)
}

describe('a hub', () => {
  it('tells every room that is open, and no other', async () => {
    const [one, two, left] = [await world.enter(), await world.enter(), await world.enter()]
    await world.hub.leave(left)
    await change(PAUSED)
    await world.settle()
    expect([one, two].map((room) => world.last(room))).toEqual([PAUSED, PAUSED])
    expect(world.told).toHaveLength(2)
  })

  it('tells nobody when nothing changed for them', async () => {
    await world.enter()
    await change({ ...LIVE, until: world.now + 60_000 })
    await world.settle()
    expect(world.told).toEqual([])
  })

  it('answers a room that enters with how things stand, so that nothing is missed on the way', async () => {
    world.truth = PAUSED
    expect(await world.hub.enter(OWN, newId())).toEqual(PAUSED)
    expect(world.asked).toBe(1)
    await world.hub.enter(OWN, newId())
    expect(world.asked, 'what it knows it does not ask again').toBe(1)
  })

  it('lets in whom the doors let in while the database is away, and tells them once it is back', async () => {
    world.databaseAway = true
    world.truth = PAUSED
    const room = newId<'conversation'>()
    expect(await world.hub.enter(OWN, room)).toEqual(LIVE)
    world.databaseAway = false
    await world.settle(60_000)
    expect(world.last(room)).toEqual(PAUSED)
  })

  it('asks again for a change that came while the database was answering', async () => {
    const room = await world.enter()
    let isFirst = true
    world.meanwhile = () => {
      if (!isFirst) return
      isFirst = false
      world.truth = PAUSED
      void world.hub.look(OWN, [OWN], 0)
    }
    await world.hub.look(OWN, [OWN], 0)
    await world.settle()
    expect(world.last(room)).toEqual(PAUSED)
  })

  it('goes on telling a room that cannot be reached', async () => {
    const room = await world.enter()
    world.unreachable.add(room)
    await change(PAUSED)
    await world.settle(5_000)
    world.unreachable.clear()
    expect(world.told).toEqual([])
    await world.settle(60_000)
    expect(world.last(room)).toEqual(PAUSED)
  })

  it('forgets a room that says nobody is there, unless it has entered again meanwhile', async () => {
    const [gone, back] = [await world.enter(), await world.enter()]
    world.present.clear()
    world.whileTold = async (room) => {
      if (room !== back || world.present.has(back)) return
      world.present.add(back)
      await world.hub.enter(OWN, back)
    }
    await change(PAUSED)
    await world.settle()
    await change(LIVE)
    await world.settle()
    expect(world.last(gone)).toEqual(PAUSED)
    expect(world.last(back)).toEqual(LIVE)
  })

  it.each([
    ['right after it was told', () => undefined],
    ['while it was asking', () => void world.hub.run()],
  ])('that dies %s does its duty when its alarm rings', async (_case, meanwhile) => {
    const room = await world.enter()
    world.unreachable.add(room)
    await change(PAUSED)
    meanwhile()
    await world.settle()
    world.unreachable.clear()
    world.told.length = 0
    world.wake()
    await world.settle(60_000)
    expect(world.last(room)).toEqual(PAUSED)
  })

  it('that was told of a change to come looks by itself when nobody says that it came', async () => {
    const room = await world.enter()
    await world.hub.look(OWN, [OWN], 10_000)
    world.truth = PAUSED // and the Worker died
    await world.settle(9_000)
    expect(world.told).toEqual([])
    world.wake()
    await world.settle(60_000)
    expect(world.last(room)).toEqual(PAUSED)
  })

  it('looks again at the moment that the clock alone changes things', async () => {
    const room = await world.enter()
    await change({ ...LIVE, until: world.now + 3_600_000 })
    await world.settle(3_500_000)
    world.truth = PAUSED
    expect(world.told).toEqual([])
    await world.settle(200_000)
    expect(world.last(room)).toEqual(PAUSED)
  })

  it('sends word to the hubs of other deployments, for as long as it takes', async () => {
    const [one, two] = [newId<'deployment'>(), newId<'deployment'>()]
    world.hubsAway.add(two)
    await world.hub.look(OWN, [OWN, one, two], 0)
    await world.settle(3_000)
    expect(world.sent).toEqual([one])
    world.hubsAway.clear()
    world.wake()
    await world.settle(60_000)
    expect(world.sent).toEqual([one, two])
  })

  it('tells 2,000 rooms, each once', async () => {
    for (let count = 0; count < 2_000; count += 1) await world.enter()
    await change(PAUSED)
    for (let count = 0; count < 8; count += 1) await world.settle(10)
    expect(world.told).toHaveLength(2_000)
    expect(new Set(world.told.map(([room]) => room)).size).toBe(2_000)
  })

  it('rests once all is said: no alarm follows another for nothing', async () => {
    await world.enter()
    await change(PAUSED)
    await world.settle(60_000)
    expect(world.alarmAt).toBeNull()
  })

  it('has told every room that stayed the last word, whatever came between', async () => {
    const step = fc.oneof(
      fc.constant('enter' as const),
      fc.constant('leave' as const),
      fc.constant('pause' as const),
      fc.constant('resume' as const),
      fc.constant('revoke' as const),
      fc.constant('crash' as const),
      fc.constant('lose' as const),
      fc.constant('wait' as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        world = new World()
        const rooms: Id<'conversation'>[] = []
        const heard = new Map<string, Standing>()
        for (const one of steps) {
          if (one === 'enter') {
            const room = newId<'conversation'>()
            world.present.add(room)
            heard.set(room, await world.hub.enter(OWN, room))
            rooms.push(room)
          } else if (one === 'leave') {
            const room = rooms.shift()
            if (room) {
              world.present.delete(room)
              await world.hub.leave(room)
            }
          } else if (one === 'pause') await change({ ...world.truth, refusal: 'gone' })
          else if (one === 'resume') await change({ ...world.truth, refusal: null })
          else if (one === 'revoke') await change({ ...world.truth, epoch: world.truth.epoch + 1 })
          else if (one === 'crash') world.wake()
          else if (one === 'lose') rooms.forEach((room) => world.unreachable.add(room))
          else await turnOfTheLoop()
        }
        world.unreachable.clear()
        await world.settle(240_000)
        for (const room of rooms) expect(world.last(room) ?? heard.get(room)).toEqual(world.truth)
      }),
      { numRuns: 25 },
    )
  })
})
