import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOVA_ORIGIN, NOW, PUBLIC_URL, nova, novaCampaign, uuid } from '../testing/nova.ts'
import type { DeploymentRecord } from '../../schema/domain/deployment-record.ts'
import { DEPLOYMENT_STATUSES, ENTITY_STATUSES } from '../../schema/domain/enums.ts'
import { admit, admitPage } from './admit.ts'
import type { AdmissionRequest } from './admit.ts'

const request: AdmissionRequest = {
  record: nova,
  site: { kind: 'platform' },
  origin: NOVA_ORIGIN,
  now: NOW,
  publicUrl: PUBLIC_URL,
}
const campaigning: DeploymentRecord = { ...nova, type: 'BRAND_CAMPAIGN', campaign: novaCampaign }
const during = (campaign: Partial<typeof novaCampaign>): Partial<AdmissionRequest> => ({
  record: { ...campaigning, campaign: { ...novaCampaign, ...campaign } },
})
const otherHost: Partial<AdmissionRequest> = {
  site: {
    kind: 'custom',
    host: 'twin.other.example',
    record: { ...nova, id: uuid('50000000-0000-4000-8000-0000000000bb') },
  },
}

describe('admit', () => {
  it('admits an allowed page to a live deployment', () => {
    expect(admit(request)).toEqual({ ok: true, value: { record: nova, origin: NOVA_ORIGIN } })
  })

  it.each<[string, Partial<AdmissionRequest>]>([
    ['inside a campaign', during({})],
    ['in a campaign without an end', during({ endsAt: null })],
    ['at the first moment of a campaign', during({ startsAt: new Date(NOW).toISOString() })],
    [
      'at the portal’s own page',
      { record: { ...nova, type: 'VIBETHINK_PORTAL', allowedOrigins: [] }, origin: 'https://twin.example' },
    ],
    [
      'at a custom host’s own page',
      { record: { ...nova, allowedOrigins: [], hosts: ['twin.nova.example'] }, origin: 'https://twin.nova.example' },
    ],
    ['on the custom host that is its own', { site: { kind: 'custom', host: 'twin.nova.example', record: nova } }],
  ])('admits a page %s', (_case, override) => {
    expect(admit({ ...request, ...override })).toMatchObject({ ok: true })
  })

  it.each<[string, Partial<AdmissionRequest>, string]>([
    ['an unknown deployment', { record: undefined }, 'deployment_unknown'],
    ...DEPLOYMENT_STATUSES.filter((status) => status !== 'ACTIVE').map(
      (status): [string, Partial<AdmissionRequest>, string] => [
        `a deployment that is ${status}`,
        { record: { ...nova, status } },
        'deployment_not_active',
      ],
    ),
    ...ENTITY_STATUSES.filter((status) => status !== 'ACTIVE').map(
      (status): [string, Partial<AdmissionRequest>, string] => [
        `a celebrity that is ${status}`,
        { record: { ...nova, celebrity: { ...nova.celebrity, status } } },
        'celebrity_not_active',
      ],
    ),
    ['a celebrity without contract', { record: { ...nova, contracts: [] } }, 'contract_not_running'],
    [
      'a contract that has not begun',
      { record: { ...nova, contracts: [{ startsAt: '2027-01-01T00:00:00Z', endsAt: null }] } },
      'contract_not_running',
    ],
    [
      'a contract that has ended',
      { record: { ...nova, contracts: [{ startsAt: '2025-01-01T00:00:00Z', endsAt: '2026-11-21T12:00:00Z' }] } },
      'contract_not_running',
    ],
    [
      'a contract whose end cannot be read',
      { record: { ...nova, contracts: [{ startsAt: '2025-01-01T00:00:00Z', endsAt: 'soon' }] } },
      'contract_not_running',
    ],
    ['another deployment’s host', otherHost, 'deployment_elsewhere'],
    ['a campaign deployment without campaign', { record: { ...nova, type: 'BRAND_CAMPAIGN' } }, 'campaign_missing'],
    ['a campaign whose guidelines are not approved', during({ approved: false }), 'campaign_not_approved'],
    ['a requested campaign', during({ status: 'REQUESTED' }), 'campaign_not_approved'],
    ['a rejected campaign', during({ status: 'REJECTED' }), 'campaign_not_approved'],
    ['a campaign that has not begun', during({ startsAt: '2026-11-21T12:00:00.001Z' }), 'campaign_not_started'],
    ['a campaign at its very end', during({ endsAt: '2026-11-21T12:00:00Z' }), 'campaign_ended'],
    ['a campaign that was ended early', during({ status: 'ENDED', endsAt: null }), 'campaign_ended'],
    [
      'an ended campaign, of which nothing counts as approved any more',
      during({ status: 'ENDED', approved: false }),
      'campaign_ended',
    ],
    ['a request without Origin', { origin: undefined }, 'origin_missing'],
    ['an empty Origin', { origin: '' }, 'origin_missing'],
    ['an empty allow-list', { record: { ...nova, allowedOrigins: [] } }, 'origin_not_allowed'],
    ['the portal’s origin at what is no portal', { origin: 'https://twin.example' }, 'origin_not_allowed'],
    [
      'another page before it learns of the campaign’s end',
      { ...during({ status: 'ENDED' }), origin: 'https://x.example' },
      'origin_not_allowed',
    ],
    [
      'another page before it learns of a campaign that is not approved',
      { ...during({ approved: false }), origin: 'https://x.example' },
      'campaign_not_approved',
    ],
  ])('refuses %s', (_case, override, reason) => {
    expect(admit({ ...request, ...override })).toMatchObject({ ok: false, failure: { reason } })
  })

  it.each([
    ['null', 'null'],
    ['upper case', 'HTTPS://NOVA.EXAMPLE'],
    ['an upper-case letter', 'https://Nova.example'],
    ['another scheme', 'http://nova.example'],
    ['another port', 'https://nova.example:8443'],
    ['the default port spelt out', 'https://nova.example:443'],
    ['a trailing dot', 'https://nova.example.'],
    ['a trailing slash', 'https://nova.example/'],
    ['a look-alike suffix', 'https://nova.example.evil.example'],
    ['a look-alike prefix', 'https://evilnova.example'],
    ['a subdomain', 'https://www.nova.example'],
    ['an unescaped dot', 'https://novaxexample'],
    ['two Origin headers', 'https://nova.example, https://evil.example'],
    ['the same Origin twice', 'https://nova.example, https://nova.example'],
    ['user information', 'https://nova.example@evil.example'],
    ['a space', ' https://nova.example'],
    ['a look-alike letter', 'https://nоva.example'],
  ])('refuses an origin with %s', (_case, origin) => {
    expect(admit({ ...request, origin })).toMatchObject({
      ok: false,
      failure: { reason: 'origin_not_allowed', origin },
    })
  })

  it('refuses null even if a list should hold it', () => {
    expect(admit({ ...request, record: { ...nova, allowedOrigins: ['null'] }, origin: 'null' })).toMatchObject({
      ok: false,
    })
  })

  it('admits no origin but exactly an allowed one', () => {
    const nearby = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl().map((url) => new URL(url).origin),
      fc.constantFrom('https://nova.example', 'http://nova.example', 'https://twin.example', 'null'),
      fc
        .tuple(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }))
        .map(([before, after]) => `${before}${NOVA_ORIGIN}${after}`),
      fc.nat(NOVA_ORIGIN.length).map((length) => NOVA_ORIGIN.slice(0, length)),
      fc
        .tuple(fc.nat(NOVA_ORIGIN.length - 1), fc.string({ minLength: 1, maxLength: 1 }))
        .map(([at, letter]) => NOVA_ORIGIN.slice(0, at) + letter + NOVA_ORIGIN.slice(at + 1)),
    )
    fc.assert(
      fc.property(nearby, (origin) => admit({ ...request, origin }).ok === (origin === NOVA_ORIGIN)),
      { numRuns: 2_000 },
    )
  })
})

describe('admitPage', () => {
  it('serves a page without asking for an origin', () => {
    expect(admitPage(campaigning, { kind: 'platform' }, NOW)).toEqual({ ok: true, value: campaigning })
  })

  it.each<[string, DeploymentRecord | undefined]>([
    ['of nothing', undefined],
    ['that is paused', { ...nova, status: 'INACTIVE' }],
    ['whose campaign has ended', { ...campaigning, campaign: { ...novaCampaign, status: 'ENDED' } }],
    ['whose contract has ended', { ...nova, contracts: [] }],
  ])('serves no page %s', (_case, record) => {
    expect(admitPage(record, { kind: 'platform' }, NOW)).toMatchObject({ ok: false })
  })
})
