import { describe, expect, it } from 'vitest'
import type { BudgetParties, BudgetPlan, BudgetRule } from '../../../schema/domain/budget.ts'
import { newId } from '../../../schema/domain/id.ts'
import { check } from '../validate.ts'
import { DEFAULT_RULES } from './default-rules.ts'
import { budgetInput } from '../budget-input.ts'
import { parsePlans } from '../parse-budget-plans.ts'
import { rulesFor } from './rules-for.ts'

const who: BudgetParties = {
  tenantId: newId(),
  celebrityId: newId(),
  deploymentId: newId(),
  campaignId: newId(),
  conversationId: newId(),
  visitorId: newId(),
  address: 'digest',
}
const day = { beginsAt: 100, endsAt: 200 }
const names = (plans: readonly BudgetPlan[], parties = who) =>
  rulesFor(plans, parties, () => day).map(({ account }) => account)
const plan = (holder: BudgetPlan['holder'], holderId: string, ...rules: readonly BudgetRule['of'][]): BudgetPlan => ({
  holder,
  holderId,
  timeZone: 'UTC',
  rules: rules.map((of) => ({ of, per: 'day', messages: 5, tokens: null })),
})

describe('the limits of a reply', () => {
  it('are the usual ones where nobody has set any', () => {
    expect(names([])).toEqual([
      `${who.deploymentId} visitor ${who.visitorId} 100`,
      `${who.deploymentId} address digest 100`,
      `${who.deploymentId} conversation ${who.conversationId} ever`,
      `${who.deploymentId} holder ${who.deploymentId} 100`,
    ])
  })

  it('are those of its celebrity, its deployment and its campaign together', () => {
    const plans = [
      plan('celebrity', who.celebrityId, 'holder', 'address'),
      plan('deployment', who.deploymentId, 'holder', 'visitor'),
      plan('campaign', String(who.campaignId), 'holder', 'visitor'),
    ]
    expect(names(plans)).toEqual(
      expect.arrayContaining([
        `${who.celebrityId} holder ${who.celebrityId} 100`,
        `${who.celebrityId} address digest 100`,
        `${who.deploymentId} visitor ${who.visitorId} 100`,
        `${who.campaignId} holder ${who.campaignId} 100`,
        `${who.campaignId} visitor ${who.visitorId} 100`,
      ]),
    )
  })

  it('are no other deployment’s and no other campaign’s', () => {
    const strangers = [
      plan('deployment', newId(), 'holder'),
      plan('campaign', newId(), 'holder'),
      plan('celebrity', newId(), 'holder'),
    ]
    expect(names(strangers)).toEqual(names([]))
    expect(names([plan('campaign', String(who.campaignId), 'holder')], { ...who, campaignId: null })).toEqual(
      names([], { ...who, campaignId: null }),
    )
  })

  it('count no address that nobody knows', () => {
    expect(names([], { ...who, address: null }).join()).not.toContain('address')
  })

  it.each(['visitor', 'address', 'conversation'] as const)(
    'leave the usual ones of a %s to whoever names one',
    (of) => {
      const usual = DEFAULT_RULES.length
      expect(names([plan('celebrity', who.celebrityId, of)])).toHaveLength(usual)
      expect(names([plan('deployment', who.deploymentId, of)])).toHaveLength(usual)
    },
  )

  it('keep a deployment’s own usual limit beside a celebrity’s and a campaign’s', () => {
    const plans = [plan('celebrity', who.celebrityId, 'holder'), plan('campaign', String(who.campaignId), 'holder')]
    expect(names(plans)).toContain(`${who.deploymentId} holder ${who.deploymentId} 100`)
  })
})

describe('a plan', () => {
  const rule = { of: 'visitor', per: 'day', messages: 5, tokens: null }
  it.each([
    ['limits nothing', { rules: [{ ...rule, messages: null }] }, 'rules[0]'],
    ['remembers a visitor for ever', { rules: [{ ...rule, per: 'ever' }] }, 'rules[0]'],
    ['remembers an address for ever', { rules: [{ ...rule, of: 'address', per: 'ever' }] }, 'rules[0]'],
    ['says two things of one', { rules: [rule, { ...rule, messages: 6 }] }, 'rules'],
    ['names half a message', { rules: [{ ...rule, messages: 0.5 }] }, 'rules[0].messages'],
    ['names less than nothing', { rules: [{ ...rule, tokens: -1 }] }, 'rules[0].tokens'],
    ['leaves a limit out', { rules: [{ of: 'visitor', per: 'day', messages: 5 }] }, 'rules[0].tokens'],
    ['counts what nobody counts', { rules: [{ ...rule, of: 'planet' }] }, 'rules[0].of'],
    ['is at home nowhere', { timeZone: 'Mars/Olympus', rules: [] }, 'timeZone'],
  ])('is refused when it %s', (_case, body, field) => {
    const checked = check(budgetInput, body)
    expect(checked.ok).toBe(false)
    expect(!checked.ok && checked.failure.map((error) => error.field)).toEqual([field])
  })

  it('is at home in UTC unless it says where', () => {
    expect(check(budgetInput, { rules: [rule] })).toEqual({ ok: true, value: { timeZone: 'UTC', rules: [rule] } })
  })

  it('that was kept wrongly makes all of them unreadable: it may have been the one that says no', () => {
    const kept = { holder: 'deployment', holderId: newId(), timeZone: 'UTC', rules: [rule] }
    expect(parsePlans([kept])).toHaveLength(1)
    expect(parsePlans([kept, { ...kept, rules: [{}] }])).toBeUndefined()
  })
})
