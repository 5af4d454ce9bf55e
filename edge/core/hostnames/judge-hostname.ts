/**
 * What a check makes of a customer's hostname. Pure: no I/O and no clock.
 *
 * Active is earned in one look: everything must have been seen, and good, at the same check. It is lost slowly, for a
 * customer's page hangs on it: only by definite failures, so many of them, over so long a time, and told from the first.
 * That nobody answered is no failure.
 */
import type { DomainStatus } from '../../../schema/domain/enums.ts'
import type { HostnameFacts } from '../../../schema/domain/hostname-facts.ts'

export interface HostnameState {
  readonly status: DomainStatus
  /** The claim holds its name. */
  readonly verified: boolean
  readonly facts: HostnameFacts
  /** Definite failures in a row. */
  readonly failures: number
  /** Epoch milliseconds, as all moments here. */
  readonly failingSince: number | null
  readonly createdAt: number
}

/**
 * What is worth telling: `warned` at the first failure of an active one, `recovered` when that is over; `unverified` when
 * a pending one gives its name up.
 */
export type HostnameChange = 'activated' | 'deactivated' | 'warned' | 'recovered' | 'unverified'

export interface Judgement extends HostnameState {
  readonly nextCheckAt: number
  readonly change: HostnameChange | undefined
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** An active hostname is let go after at least so many definite failures… */
export const FAILURES_BEFORE_DEACTIVATION = 3
/** …that began at least so long ago. */
export const GRACE_MS = 48 * HOUR_MS

export function judgeHostname(state: HostnameState, seen: HostnameFacts, now: number): Judgement {
  if (state.status === 'REMOVED') return { ...state, nextCheckAt: now + DAY_MS, change: undefined }
  const facts = mergeFacts(state.facts, seen)
  return state.status === 'ACTIVE' ? judgeActive(state, seen, facts, now) : judgePending(state, seen, facts, now)
}

function judgePending(state: HostnameState, seen: HostnameFacts, facts: HostnameFacts, now: number): Judgement {
  const settled = { ...state, facts, failures: 0, failingSince: null }
  if (isGood(seen) && state.verified)
    return { ...settled, status: 'ACTIVE', nextCheckAt: now + DAY_MS, change: 'activated' }
  const verified = state.verified && facts.ownership === 'proved'
  const change = state.verified && !verified ? 'unverified' : undefined
  return { ...settled, verified, nextCheckAt: now + pendingPause(now - state.createdAt), change }
}

function judgeActive(state: HostnameState, seen: HostnameFacts, facts: HostnameFacts, now: number): Judgement {
  if (isGood(seen)) {
    const change = state.failures > 0 ? 'recovered' : undefined
    return { ...state, facts, failures: 0, failingSince: null, nextCheckAt: now + DAY_MS, change }
  }
  if (!isBad(seen)) return { ...state, facts, nextCheckAt: now + 15 * MINUTE_MS, change: undefined }
  const failures = state.failures + 1
  const failingSince = state.failingSince ?? now
  if (failures < FAILURES_BEFORE_DEACTIVATION || now - failingSince < GRACE_MS) {
    const change = state.failures === 0 ? 'warned' : undefined
    return { ...state, facts, failures, failingSince, nextCheckAt: now + 6 * HOUR_MS, change }
  }
  return {
    ...state,
    status: 'PENDING',
    verified: facts.ownership === 'proved',
    facts,
    failures: 0,
    failingSince: null,
    nextCheckAt: now + 5 * MINUTE_MS,
    change: 'deactivated',
  }
}

/** Somebody is waiting at first; who has let it lie for days will not notice an hour. */
function pendingPause(age: number): number {
  if (age < DAY_MS) return 5 * MINUTE_MS
  return age < 14 * DAY_MS ? HOUR_MS : DAY_MS
}

/** Whether everything is as it must be for a page to be served. */
export function isGood({ ownership, pointing, edge, tls }: HostnameFacts): boolean {
  return ownership === 'proved' && pointing === 'ours' && edge === 'active' && tls === 'active'
}

/** Whether something was seen that is not as it must be; what was not seen is not held against anybody. */
function isBad({ ownership, pointing, edge, tls }: HostnameFacts): boolean {
  return (
    (ownership !== 'proved' && ownership !== 'unknown') ||
    (pointing !== 'ours' && pointing !== 'unknown') ||
    [edge, tls].some((status) => status !== 'active' && status !== 'unknown' && status !== 'off')
  )
}

/** What is known now: what was seen, and what had been seen of the rest. */
function mergeFacts(known: HostnameFacts, seen: HostnameFacts): HostnameFacts {
  const edge = seen.edge === 'unknown' ? known : seen
  return {
    ownership: seen.ownership === 'unknown' ? known.ownership : seen.ownership,
    pointing: seen.pointing === 'unknown' ? known.pointing : seen.pointing,
    leadsTo: seen.pointing === 'unknown' ? known.leadsTo : seen.leadsTo,
    edge: edge.edge,
    tls: seen.tls === 'unknown' ? known.tls : seen.tls,
    remarks: edge.remarks,
    records: edge.records,
  }
}
