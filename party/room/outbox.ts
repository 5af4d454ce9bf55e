/**
 * Rows on their way to the archive, written behind. A row leaves only once the archive has it; one that the archive
 * refuses is set aside, so that it keeps no other row waiting. When the conversation is erased nothing that was said goes
 * out any more, and the archive is told until it has obeyed. Knows neither the archive's vendor nor the alarm: it says when it
 * wants to be called again.
 */
import { backoffMs } from '../core/backoff-ms.ts'
import type {
  Archive,
  ArchivedEvent,
  ArchivedFlag,
  ArchivedRating,
  Clock,
  RoomOwner,
  RoomTiming,
} from '../core/ports.ts'
import type { Calls } from './calls.ts'
import type { Facts } from './facts.ts'
import { isNothing, NOTHING, openOutboxQueue, singles, type OutboxBatch } from './outbox-queue.ts'
import type { RoomStorage } from './room-storage.ts'
import type { Transcript } from './transcript.ts'

/** A refused row is tried again rarely: somebody has to mend something first. */
const ASIDE_FIRST_MS = 60_000
const ASIDE_MAX_MS = 6 * 60 * 60_000

export interface Outbox {
  /** A message is new or has changed. Call it in the transaction that changed it. */
  addMessage(position: number): void
  /** A reply was rated, or its rating is void. Likewise. */
  addRating(rating: ArchivedRating): void
  addFlag(flag: ArchivedFlag): void
  addEvent(event: ArchivedEvent): void
  isEmpty(): boolean
  /**
   * Writes until nothing is due or the archive is away. Answers in how many milliseconds to call again, or null when all
   * is written. One drain at a time: a second call meanwhile answers null.
   */
  drain(archive: Archive, owner: RoomOwner, startedAt: string): Promise<number | null>
  /** Forgets what waits but for what it cost; the archive has to forget the rest. Call it in the transaction that erases the conversation. */
  erase(): void
}

export interface OutboxParts {
  readonly storage: RoomStorage
  readonly facts: Facts
  readonly transcript: Transcript
  readonly calls: Calls
  readonly clock: Clock
  readonly timing: Pick<RoomTiming, 'outboxRetryMs' | 'outboxRetryMaxMs'>
  /** The archive is there and refuses a row. */
  report(error: unknown): void
}

/** The outbox in a room's storage. */
export function openOutbox({ storage, facts, transcript, calls, clock, timing, report }: OutboxParts): Outbox {
  const queue = openOutboxQueue(storage, transcript, calls)
  let draining = false

  function isErased(): boolean {
    return facts.read('erasedAt') !== undefined
  }

  function isErasureDue(): boolean {
    return facts.read('erasureDue') === true
  }

  function retryInMs(): number {
    const attempts = facts.read('outboxAttempts')
    const attempt = (typeof attempts === 'number' ? attempts : 0) + 1
    facts.write('outboxAttempts', attempt)
    return backoffMs(attempt, timing.outboxRetryMs, timing.outboxRetryMaxMs, clock.random())
  }

  function setAside(row: string): void {
    const attempts = queue.setAside(
      row,
      (often) => clock.now() + backoffMs(often, ASIDE_FIRST_MS, ASIDE_MAX_MS, clock.random()),
    )
    report(new Error(`The archive refuses row ${row} (${attempts})`)) // never what stands in it
  }

  /** Does one thing, or has it wait aside. `probe` fails when the archive went away meanwhile: then nothing is to blame. */
  async function orSetAside(row: string, act: () => Promise<void>, probe: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch {
      await probe()
      if (!isErased() || row.startsWith('c')) setAside(row) // of what is erased, only what it cost still waits
    }
  }

  return {
    addMessage: (position) => queue.addMessage(position),
    addRating: (rating) => queue.addRating(rating),
    addFlag: (flag) => queue.addFlag(flag),
    addEvent: (event) => queue.addEvent(event),
    isEmpty: () => queue.isEmpty() && !isErasureDue(),
    async drain(archive, owner, startedAt) {
      if (draining) return null
      draining = true
      const send = async ({ messages, rated, flags, events, calls: called }: OutboxBatch): Promise<void> =>
        archive.write({
          owner,
          startedAt,
          messages,
          ratings: rated.map(({ rating }) => rating),
          flags,
          events,
          calls: called,
        })
      const write = async (batch: OutboxBatch): Promise<void> => {
        const left = isErased() ? { ...NOTHING, calls: batch.calls } : batch // erased while this batch was in hand
        if (isNothing(left)) return
        await send(left)
        storage.transactionSync(() => {
          queue.settle(left)
          facts.write('outboxAttempts', 0)
        })
      }
      const probe = async (): Promise<void> => {
        await send(NOTHING)
        facts.write('outboxAttempts', 0)
      }
      const erase = async (): Promise<void> => {
        await archive.erase({ owner, startedAt }).catch(async (error: unknown) => {
          await send(NOTHING) // is anybody there? Without a new beginning: each attempt waits longer
          report(new Error('The archive refuses to erase a conversation'))
          throw error
        })
        facts.forget('erasureDue', 'outboxAttempts')
      }
      const sift = async (batch: OutboxBatch): Promise<void> => {
        await probe() // is anybody there?
        for (const { row, batch: one } of singles(batch)) await orSetAside(row, () => write(one), probe)
      }
      try {
        for (let batch = queue.nextBatch(clock.now()); !isNothing(batch); batch = queue.nextBatch(clock.now())) {
          await write(batch).catch(() => sift(batch))
        }
        // after every write of this drain has come to its end; what the network still holds, the archive turns away
        if (isErasureDue()) await erase()
        const asideAt = queue.nextAsideAt()
        return asideAt === null ? null : Math.max(1, asideAt - clock.now())
      } catch {
        return retryInMs() // away: the rows stay, the caller tries again later
      } finally {
        draining = false
      }
    },
    erase() {
      queue.erase()
      facts.write('erasureDue', true)
      facts.forget('outboxAttempts')
    },
  }
}
