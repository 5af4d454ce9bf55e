/** Everything one wake of a room works with, joined: storage parts, ports, runner. */
import type { RoomLimits, RoomOwner, RoomPorts, RoomTiming } from '../core/ports.ts'
import type { ErrorFrame, ReplyDraftFrame } from '../../schema/wire/frames.ts'
import { LINE_PATIENCE_SECONDS } from '../../schema/wire/limits.ts'
import { openAlarms, type AlarmClock, type Alarms } from './alarms.ts'
import { roomAttendance, type Attendance } from './attendance.ts'
import { openCalls } from './calls.ts'
import type { Connections, Speaker } from './connections.ts'
import { contextKeeper, type ContextKeeper } from './context-keeper.ts'
import { openConversation, type Conversation } from './conversation.ts'
import { DELETED } from './endings.ts'
import { roomFacts } from './facts.ts'
import { floodWatch, type FloodWatch } from './flood-watch.ts'
import { openJournal, type Journal } from './journal.ts'
import { openOutbox } from './outbox.ts'
import { roomOwner, type OwnerRecord } from './owner-record.ts'
import { roomPresence, type Presence } from './presence.ts'
import { openRatings, type Ratings } from './ratings.ts'
import { prepareStorage, type RoomStorage } from './room-storage.ts'
import { openSpending, type Spending } from './spending.ts'
import { roomTickets, type Tickets } from './tickets.ts'
import { openTranscript, type Transcript } from './transcript.ts'
import { turnRunner, type TurnRunner } from './turn-runner.ts'
import { openTurns, type Turns } from './turns.ts'

const TIMING: RoomTiming = {
  turnGuardMs: 10_000,
  contextFreshMs: 30_000,
  outboxRetryMs: 1_000,
  outboxRetryMaxMs: 60_000,
  linePatienceMs: LINE_PATIENCE_SECONDS * 1000,
}
/** Lines one conversation may have: tabs and devices of one person. */
const LIMITS: RoomLimits = { maxLines: 16 }
/** A question travels with its reply; alone it waits this long for one, which is longer than most replies take. */
const OUTBOX_DELAY_MS = 15_000
/** Should the room die while it writes, the alarm writes again. */
const OUTBOX_SAFETY_MS = 15_000
/** A budget that could not be told is told again. */
const SETTLEMENT_RETRY_MS = 30_000
const RESTING = 'The twin rests for now. What you wrote is kept.'

export interface Room {
  readonly owner: OwnerRecord
  readonly journal: Journal
  readonly transcript: Transcript
  readonly turns: Turns
  readonly conversation: Conversation
  readonly ratings: Ratings
  readonly contexts: ContextKeeper
  readonly alarms: Alarms
  readonly runner: TurnRunner
  readonly connections: Connections
  readonly presence: Presence
  readonly limits: RoomLimits
  readonly flood: FloodWatch
  readonly attendance: Attendance
  readonly tickets: Tickets
  readonly spending: Spending
  now(): number
  /** Something waits to be answered: begins it and keeps the guard. */
  wakeTurns(owner: RoomOwner): void
  /** Something waits to be archived: soon, or as soon as the back-off allows. */
  wakeOutbox(): void
  drain(owner: RoomOwner): Promise<void>
  /** A reply has ended, or waits for a person: they are told, and it goes to the archive. */
  replyEnded(): void
  /** Asks whether the twin can be paid for; a visitor who came while it rests is told so. */
  lookAtBudget(speaker: Speaker): void
  /** A line owes a mark: drops those that have for too long, and looks again when the next one will have. */
  watchLines(): void
  /** What the alarm came for. */
  doDuties(): Promise<void>
  /** The visitor deletes the conversation. A second time changes nothing. */
  erase(): void
  /** Something went wrong that nobody waits for. */
  readonly report: (error: unknown) => void
}

export interface RoomParts {
  readonly ports: RoomPorts
  readonly storage: RoomStorage
  readonly alarm: AlarmClock
  readonly connections: Connections
  report(error: unknown): void
}

/** Opens the room after a wake, and ends a reply that a former life left unfinished. */
export function openRoom({ ports, storage, alarm, connections, report }: RoomParts): Room {
  const clock = ports.clock ?? { now: () => Date.now(), random: () => Math.random() }
  const timing: RoomTiming = { ...TIMING, ...ports.timing }
  prepareStorage(storage)
  const facts = roomFacts(storage)
  const owner = roomOwner(facts)
  const journal = openJournal(storage)
  const transcript = openTranscript(storage)
  const turns = openTurns(storage)
  const calls = openCalls(storage, (id, tokens) => spending.settle(id, tokens))
  const spending = openSpending({ storage, gate: ports.budgets, now: () => clock.now(), report }, calls.open())
  const outbox = openOutbox({ storage, facts, transcript, calls, clock, timing, report })
  const ratings = openRatings({ storage, journal, transcript, outbox })
  const conversation = openConversation({ storage, facts, journal, transcript, turns, ratings, outbox })
  const contexts = contextKeeper({ facts, directory: ports.directory, clock, timing })
  const alarms = openAlarms(storage, alarm, report)
  const attendance = roomAttendance({
    hub: ports.hub,
    owner,
    connections,
    facts,
    alarms,
    clock,
    seq: () => journal.lastSeq,
    isAnswering: () => runner.isRunning(),
    sentAway: () => runner.cut(),
    report,
  })
  const runner = turnRunner({
    conversation,
    turns,
    calls,
    spending,
    contexts,
    model: ports.model,
    fallbackModel: ports.fallbackModel,
    clock,
    mayBegin: () => !attendance.isClosed(),
    broadcast: (frames) => connections.broadcast(frames),
    ended: replyEnded,
    report,
  })
  calls.estimate(conversation.written)
  const recovered = conversation.recover(new Date(clock.now()).toISOString())
  connections.broadcast(recovered)
  // what was cut has no reply to travel with, and nobody may come for it
  if (!outbox.isEmpty()) wakeOutbox(recovered.length > 0 ? 0 : undefined)
  attendance.answered() // what was being said when the room died is not said on
  attendance.look() // the hub may not know yet who came or went
  if (!spending.isAccounted()) account()
  watchLines() // those that owed a mark when the room fell asleep still do

  function replyEnded(): void {
    attendance.answered()
    account()
    if (!turns.next()) alarms.cancel('turn-guard')
    const held = conversation.held()
    if (held) connections.tell('person', JSON.stringify(draftFrame(held, journal.lastSeq)))
    const known = owner.read()
    if (known && !isBackingOff()) drain(known.owner).catch(report)
  }

  function account(): void {
    const known = owner.read()
    if (!known) return
    spending.account(known.owner.tenantId).catch((error: unknown) => {
      report(error)
      alarms.schedule('settlement', clock.now() + SETTLEMENT_RETRY_MS)
    })
  }

  function lookAtBudget(speaker: Speaker): void {
    const known = owner.read()
    if (!known || speaker.holder.role === 'person') return
    spending.doubt()
    spending
      .look({ owner: known.owner, address: speaker.holder.claims.address })
      .then(() => {
        const rest = spending.rest()
        if (rest) connections.sendError(speaker, restingError(rest, journal.lastSeq))
      })
      .catch(report)
  }

  function isBackingOff(): boolean {
    const attempts = facts.read('outboxAttempts')
    return typeof attempts === 'number' && attempts > 0 && alarms.isScheduled('outbox')
  }

  function wakeTurns(who: RoomOwner): void {
    runner.pump(who)
    if (runner.isRunning()) alarms.schedule('turn-guard', clock.now() + timing.turnGuardMs)
  }

  function wakeOutbox(delayMs = Math.min(OUTBOX_DELAY_MS, timing.turnGuardMs)): void {
    const at = clock.now() + delayMs
    if (!isBackingOff() && !alarms.isScheduled('outbox', at)) alarms.schedule('outbox', at)
  }

  async function drain(who: RoomOwner): Promise<void> {
    alarms.schedule('outbox', clock.now() + OUTBOX_SAFETY_MS)
    const waitMs = await outbox.drain(
      ports.archive,
      who,
      owner.read()?.startedAt ?? new Date(clock.now()).toISOString(),
    )
    if (waitMs !== null) alarms.schedule('outbox', clock.now() + waitMs)
    else if (outbox.isEmpty()) alarms.cancel('outbox')
  }

  function watchLines(): void {
    const next = connections.dropUnread(clock.now() - timing.linePatienceMs)
    if (next !== null && !alarms.isScheduled('slow-lines')) {
      alarms.schedule('slow-lines', next + timing.linePatienceMs)
    }
  }

  function erase(): void {
    if (conversation.isErased()) return
    runner.halt() // in the same breath: nothing of what it still hears is written
    conversation.erase(new Date(clock.now()).toISOString())
    contexts.close()
    account()
    alarms.cancel('turn-guard')
    connections.endAll(DELETED, journal.lastSeq)
    const known = owner.read()
    if (known) drain(known.owner).catch(report)
  }

  return {
    owner,
    journal,
    transcript,
    turns,
    conversation,
    ratings,
    contexts,
    alarms,
    runner,
    connections,
    presence: roomPresence({ connections, seq: () => journal.lastSeq }),
    limits: { ...LIMITS, ...ports.limits },
    attendance,
    tickets: roomTickets(storage),
    spending,
    flood: floodWatch({ gate: ports.floodGate, now: () => clock.now(), report }),
    now: () => clock.now(),
    wakeTurns,
    wakeOutbox,
    drain,
    replyEnded,
    lookAtBudget,
    watchLines,
    async doDuties() {
      const known = owner.read()
      for (const duty of alarms.takeDue(clock.now())) {
        if (duty === 'slow-lines') watchLines()
        else if (duty === 'attendance') attendance.look()
        else if (!known) continue
        else if (duty === 'settlement') account()
        else if (duty === 'turn-guard') wakeTurns(known.owner)
        else await drain(known.owner)
      }
    },
    erase,
    report,
  }
}

/** What a visitor is told while the twin rests: for how long, where that is known, and never why. */
export function restingError(
  { retryAfterSeconds }: NonNullable<ReturnType<Spending['rest']>>,
  seq: number,
): Omit<ErrorFrame, 'type'> {
  return { seq, code: 'twin_resting', detail: RESTING, ...(retryAfterSeconds !== null && { retryAfterSeconds }) }
}

/** A held reply, as people are shown it. */
export function draftFrame(held: { readonly turnId: string; readonly text: string }, seq: number): ReplyDraftFrame {
  return { type: 'reply-draft', seq, ...held }
}
