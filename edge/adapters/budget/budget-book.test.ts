/** However calls begin, end, are cut and forgotten: nothing is spent beyond a budget by more than one call. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BudgetParties, BudgetPlan, BudgetRule } from '../../../schema/domain/budget.ts'
import { newId, type Id } from '../../../schema/domain/id.ts'
import { rulesFor } from '../../core/budget/rules-for.ts'
import { memoryBook } from '../../testing/memory-book.ts'
import { openBudgetBook, RESERVATION_MS } from './budget-book.ts'

const DAY_MS = 86_400_000
const dayOf = (now: number) => {
  const beginsAt = Math.floor(now / DAY_MS) * DAY_MS
  return { beginsAt, endsAt: beginsAt + DAY_MS }
}
const deploymentId = newId<'deployment'>()
const campaignId = newId<'campaign'>()
const celebrityId = newId<'celebrity'>()
const PARTIES: BudgetParties = {
  tenantId: newId(),
  celebrityId,
  deploymentId,
  campaignId,
  conversationId: newId(),
  visitorId: newId(),
  address: 'here',
}
const plan = (rules: readonly BudgetRule[], of: Partial<BudgetPlan> = {}): BudgetPlan => ({
  holder: 'deployment',
  holderId: deploymentId,
  timeZone: 'UTC',
  rules,
  ...of,
})
const limitsOf = (plans: readonly BudgetPlan[], now: number, who = PARTIES) => rulesFor(plans, who, () => dayOf(now))

const rule = fc.record({
  of: fc.constantFrom('holder', 'conversation', 'visitor', 'address'),
  per: fc.constantFrom('day', 'ever'),
  messages: fc.option(fc.nat(12)),
  tokens: fc.option(fc.nat(500)),
}) satisfies fc.Arbitrary<BudgetRule>
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant('reserve'), call: fc.nat(40), tokens: fc.integer({ min: 1, max: 100 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('settle'),
      call: fc.nat(40),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('wait'), ms: fc.integer({ min: 1, max: 30 * 3_600_000 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('tidy') }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('wake') }) },
)

interface Call {
  readonly id: Id<'call'>
  readonly tokens: number
  /** Accounts it was counted on. */
  readonly accounts: ReadonlySet<string>
  /** What its provider counted, once that is known; until then it may be all of it. */
  spent: number
}

describe('the book', () => {
  it('lets nothing be spent beyond a budget by more than one call, whatever is cut, late, repeated or forgotten', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(rule, { minLength: 1, maxLength: 3, selector: ({ of, per }) => `${of} ${per}` }),
        fc.uniqueArray(rule, { maxLength: 2, selector: ({ of, per }) => `${of} ${per}` }),
        fc.array(step, { minLength: 5, maxLength: 80 }),
        (own, campaigns, steps) => {
          const plans = [plan(own), plan(campaigns, { holder: 'campaign', holderId: campaignId })]
          const storage = memoryBook()
          let book = openBudgetBook(storage)
          let now = 1_800_000_000_000
          const ids = Array.from({ length: 41 }, () => newId<'call'>())
          const calls = new Map<Id<'call'>, Call>()
          const limits = new Map<string, BudgetRule>()
          for (const one of steps) {
            if (one.act === 'wait') now += one.ms
            if (one.act === 'tidy') book.tidy(now)
            if (one.act === 'wake') book = openBudgetBook(storage)
            const id = 'call' in one ? ids[one.call] : undefined
            if (one.act === 'reserve' && id) {
              const asked = limitsOf(plans, now)
              const { answer } = book.reserve({ callId: id, tokens: one.tokens }, asked, now)
              for (const { account, rule: limit } of asked) limits.set(account, limit)
              if (answer.granted && !calls.has(id)) {
                const accounts = new Set(asked.map(({ account }) => account))
                calls.set(id, { id, tokens: one.tokens, accounts, spent: one.tokens })
              }
            }
            const call = id && calls.get(id)
            if (one.act === 'settle' && call) {
              const tokens = Math.floor(call.tokens * one.share)
              book.settle([{ callId: call.id, tokens }])
              call.spent = Math.min(call.spent, tokens)
            }
            for (const [account, { messages, tokens }] of limits) {
              const counted = [...calls.values()].filter(({ accounts }) => accounts.has(account))
              const dearest = Math.max(0, ...counted.map((one) => one.tokens))
              const spent = counted.reduce((sum, one) => sum + one.spent, 0)
              if (messages !== null) expect(counted.length).toBeLessThanOrEqual(messages)
              // before the call that went over, something was left
              if (tokens !== null) expect(spent - dearest).toBeLessThan(Math.max(1, tokens))
            }
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('counts exactly what calls came to, once each, when all of them were settled', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.nat(100)), { maxLength: 20 }),
        fc.nat(3),
        (costs, again) => {
          const book = openBudgetBook(memoryBook())
          const limits = limitsOf([plan([{ of: 'holder', per: 'day', messages: 1_000, tokens: 1_000_000 }])], 0)
          const settlements = costs.map(([tokens, spent]) => {
            const callId = newId<'call'>()
            for (let time = 0; time <= again; time += 1) book.reserve({ callId, tokens }, limits, 0)
            return { callId, tokens: spent }
          })
          for (let time = 0; time <= again; time += 1) book.settle(settlements)
          book.settle(settlements.map(({ callId }) => ({ callId, tokens: 0 }))) // a second word on each counts for nothing
          const [use] = book.uses(
            limits.filter(({ rule: { of } }) => of === 'holder'),
            0,
          )
          const sum = costs.reduce((total, [, spent]) => total + spent, 0)
          expect(use).toMatchObject({ messages: costs.length, tokens: sum, held: 0 })
        },
      ),
    )
  })

  it('counts a call that nobody settles as all that it could have come to, until somebody knows better', () => {
    const book = openBudgetBook(memoryBook())
    const limits = limitsOf([plan([{ of: 'holder', per: 'day', messages: null, tokens: 100 }])], 0)
    const callId = newId<'call'>()
    const other = { callId: newId<'call'>(), tokens: 1 }
    book.reserve({ callId, tokens: 100 }, limits, 0)
    expect(book.reserve(other, limits, 1).answer).toEqual({ granted: false, retryAfterSeconds: 5 }) // busy: it may cost less
    book.tidy(RESERVATION_MS)
    expect(book.uses(limits, RESERVATION_MS)[0]).toMatchObject({ tokens: 100, held: 0, exhausted: true })
    const until = Math.ceil((DAY_MS - RESERVATION_MS) / 1_000)
    expect(book.reserve(other, limits, RESERVATION_MS).answer).toEqual({ granted: false, retryAfterSeconds: until })
    book.settle([{ callId, tokens: 30 }]) // a room that slept wakes
    expect(book.uses(limits, RESERVATION_MS)[0]).toMatchObject({ tokens: 30, held: 0, exhausted: false })
  })

  it('begins each day with nothing, and settles a night’s call on the day it began', () => {
    const book = openBudgetBook(memoryBook())
    const plans = [plan([{ of: 'holder', per: 'day', messages: 1, tokens: 100 }])]
    const callId = newId<'call'>()
    const evening = DAY_MS - 1_000
    book.reserve({ callId, tokens: 60 }, limitsOf(plans, evening), evening)
    expect(book.look(limitsOf(plans, evening), evening).answer).toEqual({ granted: false, retryAfterSeconds: 1 })
    expect(book.look(limitsOf(plans, DAY_MS), DAY_MS).answer).toEqual({ granted: true })
    book.settle([{ callId, tokens: 40 }])
    expect(book.uses(limitsOf(plans, evening), evening)[0]).toMatchObject({ tokens: 40, held: 0 })
    expect(book.uses(limitsOf(plans, DAY_MS), DAY_MS)[0]).toMatchObject({ messages: 0, tokens: 0 })
  })

  it('gives nothing back to a plan that moves to another time zone: a day that has begun is counted to its end', () => {
    const zone = fc.integer({ min: -12, max: 14 })
    fc.assert(
      fc.property(fc.array(fc.tuple(zone, fc.nat(8)), { minLength: 2, maxLength: 30 }), (moves) => {
        const book = openBudgetBook(memoryBook())
        const plans = [plan([{ of: 'holder', per: 'day', messages: 1, tokens: null }])]
        const granted: number[] = []
        const ends: number[] = []
        let now = 1_800_000_000_000
        for (const [hours, waited] of moves) {
          now += waited * 3_600_000
          const shift = hours * 3_600_000
          const day = dayOf(now + shift)
          const moved = { beginsAt: day.beginsAt - shift, endsAt: day.endsAt - shift }
          const limits = rulesFor(plans, PARTIES, () => moved).filter(({ rule: { of } }) => of === 'holder')
          if (!book.reserve({ callId: newId(), tokens: 1 }, limits, now).answer.granted) continue
          expect(now).toBeGreaterThanOrEqual(ends.at(-1) ?? 0)
          granted.push(now)
          ends.push(moved.endsAt)
        }
        expect(granted.length).toBeGreaterThan(0)
      }),
    )
  })

  it('forgets what is long over', () => {
    const storage = memoryBook()
    const book = openBudgetBook(storage)
    book.reserve({ callId: newId(), tokens: 5 }, limitsOf([], 0), 0)
    expect(book.tidy(0)).toBe(RESERVATION_MS)
    expect(book.tidy(10 * DAY_MS)).toBeNull()
    const left = storage.sql.exec<{ name: string }>('select name from accounts').toArray()
    expect(left.map(({ name }) => name)).toEqual([`${deploymentId} conversation ${PARTIES.conversationId} ever`])
    expect(storage.sql.exec('select 1 from reservations').toArray()).toEqual([])
  })
})
