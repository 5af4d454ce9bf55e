import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOTHING_SEEN } from '../../../schema/domain/hostname-facts.ts'
import type { HostnameFacts } from '../../../schema/domain/hostname-facts.ts'
import { FAILURES_BEFORE_DEACTIVATION, GRACE_MS, judgeHostname } from './judge-hostname.ts'
import type { HostnameState, Judgement } from './judge-hostname.ts'

const HOUR_MS = 3_600_000
const GOOD: HostnameFacts = { ...NOTHING_SEEN, ownership: 'proved', pointing: 'ours', edge: 'active', tls: 'active' }
const PROVED: HostnameState = {
  status: 'PENDING',
  verified: true,
  facts: NOTHING_SEEN,
  failures: 0,
  failingSince: null,
  createdAt: 0,
}
const ACTIVE: HostnameState = { ...PROVED, status: 'ACTIVE', facts: GOOD }

const statuses = fc.constantFrom('unknown', 'off', 'none', 'busy', 'pending', 'active', 'failed')
const look: fc.Arbitrary<HostnameFacts> = fc.record({
  ownership: fc.constantFrom('unknown', 'absent', 'proved', 'held_elsewhere'),
  pointing: fc.constantFrom('unknown', 'absent', 'elsewhere', 'ours'),
  leadsTo: fc.constant(null),
  edge: statuses,
  tls: statuses,
  remarks: fc.constant([]),
  records: fc.constant([]),
})
/** Nothing bad in it, and perhaps nothing at all. */
const silence: fc.Arbitrary<HostnameFacts> = fc.record({
  ownership: fc.constantFrom('unknown', 'proved'),
  pointing: fc.constantFrom('unknown', 'ours'),
  leadsTo: fc.constant(null),
  edge: fc.constantFrom('unknown', 'off', 'active'),
  tls: fc.constantFrom('unknown', 'off', 'active'),
  remarks: fc.constant([]),
  records: fc.constant([]),
})
/** Good ones and silence are as frequent as all others, or nothing would ever be active, or be left in peace. */
const looks = fc.array(
  fc.record({ seen: fc.oneof(fc.constant(GOOD), silence, look), later: fc.integer({ min: 1, max: 60 * HOUR_MS }) }),
  { maxLength: 30 },
)

/** Ownership is proved before it is judged: the name is held, or it is not. */
function stepsOf(history: readonly { readonly seen: HostnameFacts; readonly later: number }[]) {
  const steps: {
    readonly before: HostnameState
    readonly seen: HostnameFacts
    readonly now: number
    readonly after: Judgement
  }[] = []
  let before: HostnameState = { ...PROVED, verified: false }
  let now = 0
  for (const { seen, later } of history) {
    now += later
    const holding = { ...before, verified: before.verified || seen.ownership === 'proved' }
    const after = judgeHostname(holding, seen, now)
    steps.push({ before: holding, seen, now, after })
    before = after
  }
  return steps
}

describe('whatever is seen, and whenever', () => {
  it('a hostname becomes active by one look alone that saw ownership, the way here, the edge and TLS, all good', () => {
    fc.assert(
      fc.property(looks, (history) => {
        for (const { before, seen, after } of stepsOf(history)) {
          if (before.status === 'ACTIVE' || after.status !== 'ACTIVE') continue
          expect(seen).toMatchObject({ ownership: 'proved', pointing: 'ours', edge: 'active', tls: 'active' })
        }
      }),
    )
  })

  it('an active one had hostname and TLS active and ownership proved at its last look, or is warned of, or nobody answered', () => {
    fc.assert(
      fc.property(looks, (history) => {
        for (const { seen, after } of stepsOf(history)) {
          if (after.status !== 'ACTIVE') continue
          expect(after.verified).toBe(true)
          const allGood = seen.ownership === 'proved' && seen.edge === 'active' && seen.tls === 'active'
          const silent = [seen.ownership, seen.pointing, seen.edge, seen.tls].some(
            (one) => one === 'unknown' || one === 'off',
          )
          expect(allGood || silent || after.failures > 0).toBe(true)
        }
      }),
    )
  })

  it('an active one is let go after so many definite failures, over so long, and never by silence', () => {
    fc.assert(
      fc.property(looks, (history) => {
        let failures = 0
        let since: number | undefined
        for (const { before, seen, now, after } of stepsOf(history)) {
          if (before.status !== 'ACTIVE') {
            failures = 0
            since = undefined
            continue
          }
          const whole =
            seen.ownership === 'proved' && seen.pointing === 'ours' && seen.edge === 'active' && seen.tls === 'active'
          const bad =
            ['absent', 'held_elsewhere'].includes(seen.ownership) ||
            ['absent', 'elsewhere'].includes(seen.pointing) ||
            [seen.edge, seen.tls].some((one) => ['none', 'busy', 'pending', 'failed'].includes(one))
          if (whole) {
            failures = 0
            since = undefined
          } else if (bad) {
            failures += 1
            since ??= now
          }
          const over = bad && failures >= FAILURES_BEFORE_DEACTIVATION && now - (since ?? now) >= GRACE_MS
          expect(after.status).toBe(over ? 'PENDING' : 'ACTIVE')
        }
      }),
    )
  })

  it('a removed one stays removed, and is never told of again', () => {
    fc.assert(
      fc.property(look, fc.boolean(), (seen, verified) => {
        const after = judgeHostname({ ...PROVED, status: 'REMOVED', verified }, seen, 1)
        expect(after).toMatchObject({ status: 'REMOVED', change: undefined })
      }),
    )
  })

  it('the next look is always ahead, and within a day', () => {
    fc.assert(
      fc.property(looks, (history) => {
        for (const { now, after } of stepsOf(history)) {
          expect(after.nextCheckAt).toBeGreaterThan(now)
          expect(after.nextCheckAt).toBeLessThanOrEqual(now + 24 * HOUR_MS)
        }
      }),
    )
  })
})

describe('one that is pending', () => {
  it.each([
    ['ownership', { ownership: 'absent' }],
    ['ownership, of a name that another holds', { ownership: 'held_elsewhere' }],
    ['the way here', { pointing: 'elsewhere' }],
    ['the hostname at the edge', { edge: 'pending' }],
    ['TLS', { tls: 'pending' }],
    ['an answer of DNS', { pointing: 'unknown' }],
    ['an answer of the edge', { edge: 'unknown', tls: 'unknown' }],
    ['an edge', { edge: 'off', tls: 'off' }],
  ] as const)('waits while %s is missing', (_what, missing) => {
    const known = { ...PROVED, facts: GOOD } // that all of it had been good once is not enough
    expect(judgeHostname(known, { ...GOOD, ...missing }, 1).status).toBe('PENDING')
  })

  it('is not active when the name is not held, whatever DNS says', () => {
    expect(judgeHostname({ ...PROVED, verified: false }, GOOD, 1).status).toBe('PENDING')
  })

  it('gives up the name when its record is gone, and keeps it while nobody answers', () => {
    const known = { ...PROVED, facts: GOOD }
    const gone = judgeHostname(known, { ...GOOD, ownership: 'absent' }, 1)
    expect(gone).toMatchObject({ verified: false, change: 'unverified' })
    expect(judgeHostname(gone, { ...GOOD, ownership: 'absent' }, 2).change).toBeUndefined()
    expect(judgeHostname(known, { ...NOTHING_SEEN }, 1).verified).toBe(true)
  })

  it.each([
    [HOUR_MS, 5 * 60_000],
    [25 * HOUR_MS, HOUR_MS],
    [15 * 24 * HOUR_MS, 24 * HOUR_MS],
  ])('that is %i ms old is looked at again in %i ms', (age, pause) => {
    expect(judgeHostname(PROVED, NOTHING_SEEN, age).nextCheckAt).toBe(age + pause)
  })
})

describe('one that is active', () => {
  it('is told of at the first failure, once, and again when that is over', () => {
    const first = judgeHostname(ACTIVE, { ...GOOD, pointing: 'absent' }, 1)
    expect(first).toMatchObject({ status: 'ACTIVE', change: 'warned', failures: 1 })
    const second = judgeHostname(first, { ...GOOD, pointing: 'absent' }, 2)
    expect(second).toMatchObject({ status: 'ACTIVE', change: undefined, failures: 2 })
    expect(judgeHostname(second, GOOD, 3)).toMatchObject({ change: 'recovered', failures: 0, failingSince: null })
  })

  it('gives up the name with its record, and keeps it when only the way here was lost', () => {
    const worn = { ...ACTIVE, failures: 5, failingSince: 0 }
    expect(judgeHostname(worn, { ...GOOD, ownership: 'absent' }, GRACE_MS)).toMatchObject({
      status: 'PENDING',
      verified: false,
      change: 'deactivated',
    })
    expect(judgeHostname(worn, { ...GOOD, pointing: 'absent' }, GRACE_MS)).toMatchObject({
      status: 'PENDING',
      verified: true,
    })
  })
})
