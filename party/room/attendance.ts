/**
 * The room's word with its deployment's hub: it is registered there while a visitor's line is open, so that a pause or a
 * revocation reaches it, and it sends away whom the hub says it must. What the hub could not be told is told again.
 */
import type { Standing, StandingRefusal } from '../../schema/domain/standing.ts'
import { backoffMs } from '../core/backoff-ms.ts'
import type { LineHolder } from '../core/line-holder.ts'
import type { Clock, DeploymentHub } from '../core/ports.ts'
import type { Ending } from '../core/session-end.ts'
import type { Alarms } from './alarms.ts'
import type { Connections } from './connections.ts'
import { CAMPAIGN_ENDED, CAMPAIGN_NOT_STARTED, GONE, REVOKED } from './endings.ts'
import type { Facts } from './facts.ts'
import type { OwnerRecord } from './owner-record.ts'

const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 30_000

export interface Attendance {
  /** A visitor's line has opened. */
  opened(): void
  /** A line has ended, or the alarm says that the hub is still to be told. */
  look(): void
  /** The hub says how things stand. False: no visitor's line is left. */
  hear(standing: Standing): boolean
  /** A line's own session says that its campaign is over, which the hub will say as well. */
  over(): void
  /** No reply is being said any more. */
  answered(): void
  /** Why this session opens nothing, by what the hub has told. */
  ending(holder: LineHolder): Ending | undefined
  /** Everybody was sent away and nobody has come since, or the campaign is over: no reply begins. */
  isClosed(): boolean
}

export interface AttendanceParts {
  readonly hub: DeploymentHub
  readonly owner: OwnerRecord
  readonly connections: Connections
  readonly facts: Facts
  readonly alarms: Alarms
  readonly clock: Clock
  seq(): number
  /** A reply is being said. */
  isAnswering(): boolean
  /** The last visitor was sent away: whatever is under way for them ends. */
  sentAway(): void
  report(error: unknown): void
}

/** The attendance in a room's facts. */
export function roomAttendance(parts: AttendanceParts): Attendance {
  const { hub, owner, connections, facts, alarms, clock, seq, isAnswering, sentAway, report } = parts
  // 'entering' is written before the hub is asked: a crash in between must not forget that it may know
  let known = readKnown(facts.read('attendance'))
  let epoch = Number(facts.read('epoch') ?? 0)
  let isSentAway = facts.read('sentAway') === true
  // a campaign that ends lets the reply that has begun be read to its end; a pause does not
  let isOver = facts.read('over') === true
  let isTelling = false
  let failures = 0

  function hasVisitors(): boolean {
    return connections.lines('visitor').length > 0
  }

  function keep(next: 'entering' | 'entered' | undefined): void {
    known = next
    if (next) facts.write('attendance', next)
    else facts.forget('attendance')
  }

  /** Until the hub knows what is so; one word at a time, so that they arrive in order. */
  async function tell(): Promise<void> {
    const room = owner.read()?.owner
    while (room) {
      if (hasVisitors() && known !== 'entered') {
        keep('entering')
        const standing = await hub.enter(room)
        keep('entered')
        apply(standing)
      } else if (!hasVisitors() && known) {
        keep('entering')
        await hub.leave(room)
        if (!hasVisitors()) keep(undefined)
      } else return
    }
  }

  function look(): void {
    if (isTelling || known === (hasVisitors() ? 'entered' : undefined)) return
    isTelling = true
    tell()
      .then(() => {
        failures = 0
        alarms.cancel('attendance')
      })
      .catch((error: unknown) => {
        failures += 1
        report(error)
        alarms.schedule('attendance', clock.now() + backoffMs(failures, RETRY_FIRST_MS, RETRY_MAX_MS, clock.random()))
      })
      .finally(() => {
        isTelling = false
      })
      .catch(report)
  }

  function endingBy(standing: Standing, { role, claims }: LineHolder): Ending | undefined {
    if (role === 'person') return undefined
    if (standing.refusal) return ENDINGS[standing.refusal]
    return claims.epoch < standing.epoch ? REVOKED : undefined
  }

  function apply(standing: Standing): void {
    if (standing.epoch > epoch) {
      epoch = standing.epoch
      facts.write('epoch', epoch)
    }
    const waits = standing.refusal === 'campaign_ended' && isAnswering()
    const ended = isOver && !waits && standing.refusal !== null
    setOver(waits)
    if (waits) return
    let sent = 0
    for (const line of connections.lines('visitor')) {
      const ending = endingBy(standing, line.holder)
      if (!ending) continue
      connections.end(line, ending, seq())
      sent += 1
    }
    if (hasVisitors() || (sent === 0 && !ended)) return
    isSentAway = true
    facts.write('sentAway', true)
    sentAway()
  }

  function setOver(next: boolean): void {
    if (isOver === next) return
    isOver = next
    if (next) facts.write('over', true)
    else facts.forget('over')
  }

  return {
    opened() {
      if (isSentAway) {
        isSentAway = false
        facts.forget('sentAway')
      }
      look()
    },
    look,
    hear(standing) {
      apply(standing)
      if (hasVisitors()) return true
      if (!isTelling) keep(undefined) // the hub forgets it by this answer
      return false
    },
    over: () => apply(OVER),
    answered() {
      if (isOver) apply(OVER)
    },
    ending: ({ role, claims }) => (role === 'visitor' && claims.epoch < epoch ? REVOKED : undefined),
    isClosed() {
      const now = clock.now()
      const lines = connections.lines('visitor')
      return isSentAway || (lines.length > 0 && lines.every(({ holder }) => isPastCampaign(holder, now)))
    },
  }
}

const OVER: Standing = { epoch: 0, refusal: 'campaign_ended', until: null }

/** Until the hub has told, the sessions themselves know when their campaign ends. */
function isPastCampaign({ role, claims }: LineHolder, now: number): boolean {
  return role === 'visitor' && claims.campaignEndsAt !== null && claims.campaignEndsAt <= now
}

const ENDINGS: Readonly<Record<StandingRefusal, Ending>> = {
  gone: GONE,
  campaign_not_started: CAMPAIGN_NOT_STARTED,
  campaign_ended: CAMPAIGN_ENDED,
}

function readKnown(value: unknown): 'entering' | 'entered' | undefined {
  return value === 'entering' || value === 'entered' ? value : undefined
}
