/**
 * What a hub does: asks the database how things stand when it is told that something changed, and tells every room that
 * has an open line. Whatever fails is done again; nothing that was promised is kept in memory alone. Knows no runtime.
 */
import type { Id } from '../../../schema/domain/id.ts'
import type { Standing } from '../../../schema/domain/standing.ts'
import type { Clock } from '../../core/ports.ts'
import type { HubBook, RoomToTell } from './hub-book.ts'

export interface HubPorts {
  /** As the database has it now. Throws while it is away. */
  standing(deploymentId: Id<'deployment'>, now: number): Promise<Standing>
  /** False: the room has no visitor's line. Throws when it cannot be reached. */
  tell(conversationId: Id<'conversation'>, standing: Standing): Promise<boolean>
  /** Another deployment's hub. Throws when it cannot be reached. */
  send(deploymentId: Id<'deployment'>): Promise<void>
}

export interface HubParts {
  readonly book: HubBook
  readonly ports: HubPorts
  readonly clock: Clock
  setAlarm(at: number): Promise<void>
  report(error: unknown): void
}

export interface HubWork {
  enter(deploymentId: Id<'deployment'>, conversationId: Id<'conversation'>): Promise<Standing>
  leave(conversationId: Id<'conversation'>): Promise<void>
  /** Kept for good when this resolves; the rest goes on by itself. */
  look(own: Id<'deployment'>, deploymentIds: readonly Id<'deployment'>[], inMs: number): Promise<void>
  /** Whatever is due. */
  run(): Promise<void>
}

/** Told at the same time. A room that is asleep wakes for it, so not all at once. */
const AT_ONCE = 64
/** In one piece of work; what is left follows at once, in the next. An invocation may call 1,000 others. */
const MAX_TOLD = 512
const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 60_000
/** Should the hub die at work, its alarm works on. */
const SAFETY_MS = 3_000

export function hubWork({ book, ports, clock, setAlarm, report }: HubParts): HubWork {
  let running: Promise<void> | undefined
  let isWanted = false
  let failures = 0

  async function enter(deploymentId: Id<'deployment'>, conversationId: Id<'conversation'>): Promise<Standing> {
    if (!book.deploymentId()) book.name(deploymentId)
    book.enter(conversationId)
    if (!book.standing()) {
      book.setLookAt(clock()) // nobody has told this hub anything yet
      await run()
    }
    return book.standing() ?? { epoch: 0, refusal: null, until: null } // the database is away; the doors let them in
  }

  async function look(own: Id<'deployment'>, deploymentIds: readonly Id<'deployment'>[], inMs: number): Promise<void> {
    if (!book.deploymentId()) book.name(own)
    const at = clock() + inMs
    for (const id of deploymentIds) {
      if (id === own) book.setLookAt(Math.min(at, book.lookAt() ?? Number.POSITIVE_INFINITY))
      else book.addErrand(id, at)
    }
    await arm(inMs > 0 ? at : clock() + SAFETY_MS)
    if (inMs <= 0) run().catch(report)
  }

  /** One at a time. Whoever asks while it runs is sure of a look that began after they asked. */
  function run(): Promise<void> {
    isWanted = true
    return (running ??= work().finally(() => (running = undefined)))
  }

  async function work(): Promise<void> {
    while (isWanted) {
      isWanted = false
      if (isDue()) {
        await arm(clock() + SAFETY_MS)
        const look = lookOnce().then(async (looked) => (await tellRooms()) && looked)
        const [heard, sent] = await Promise.all([look, runErrands()])
        failures = heard && sent ? 0 : failures + 1
      }
      const next = nextAt()
      if (next !== null) await arm(next)
    }
  }

  function isDue(): boolean {
    const now = clock()
    return [book.lookAt(), book.nextErrandAt()].some((at) => at !== null && at <= now) || book.toTell(1).length > 0
  }

  async function lookOnce(): Promise<boolean> {
    const deploymentId = book.deploymentId()
    const due = book.lookAt()
    const now = clock()
    if (!deploymentId || due === null || due > now) return true
    book.setLookAt(null) // first: a change that is told of while the database answers is looked at again
    try {
      const standing = await ports.standing(deploymentId, now)
      book.stands(standing)
      const later = book.lookAt()
      const { until } = standing
      if (until !== null) book.setLookAt(Math.min(until, later ?? until))
      return true
    } catch (error) {
      report(error)
      book.setLookAt(clock() + retryMs())
      return false
    }
  }

  async function runErrands(): Promise<boolean> {
    const now = clock()
    return inTurns(book.errandsBy(now, MAX_TOLD), async (deploymentId) => {
      try {
        await ports.send(deploymentId)
        book.endErrand(deploymentId, now)
        return true
      } catch (error) {
        report(error)
        book.putOff(deploymentId, clock() + retryMs())
        return false
      }
    })
  }

  async function tellRooms(): Promise<boolean> {
    const standing = book.standing()
    if (!standing) return true
    return inTurns(book.toTell(MAX_TOLD), (room) => tellRoom(room, standing))
  }

  async function tellRoom(room: RoomToTell, standing: Standing): Promise<boolean> {
    try {
      const listens = await ports.tell(room.conversationId, standing)
      if (listens) book.told(room)
      else book.drop(room)
      return true
    } catch (error) {
      report(error)
      return false // told again
    }
  }

  function nextAt(): number | null {
    // who could not be told is told again; who did not come to it in this piece of work, in the next
    const rest = book.toTell(1).length === 0 ? null : clock() + (failures === 0 ? 0 : retryMs())
    const moments = [book.lookAt(), book.nextErrandAt(), rest].filter((at) => at !== null)
    return moments.length > 0 ? Math.min(...moments) : null
  }

  function retryMs(): number {
    return Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(failures, 10))
  }

  /** An alarm is only ever moved nearer: one that comes for nothing costs less than one that does not come. */
  let armedFor = Number.POSITIVE_INFINITY
  async function arm(at: number): Promise<void> {
    if (at >= armedFor && armedFor > clock()) return
    armedFor = at
    await setAlarm(Math.max(at, clock()))
  }

  return {
    enter,
    leave: async (conversationId) => book.leave(conversationId),
    look,
    run: () => {
      armedFor = Number.POSITIVE_INFINITY
      return run()
    },
  }
}

/** True when all went well. */
async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<boolean>): Promise<boolean> {
  const waiting = items[Symbol.iterator]()
  let allWell = true
  const worker = async (): Promise<void> => {
    for (const item of waiting) allWell = (await act(item)) && allWell
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
  return allWell
}
