import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDeploymentRecord } from './parse-deployment-record.ts'

const ID = '10000000-0000-4000-8000-000000000001'
const record = {
  id: ID,
  type: 'BRAND_CAMPAIGN',
  status: 'ACTIVE',
  epoch: 3,
  stepUp: 'AUTO',
  tenantId: ID,
  celebrity: { id: ID, slug: 'nova', name: 'Nova', tagline: '', portrait: null, status: 'ACTIVE' },
  contracts: [{ startsAt: '2026-01-01T00:00:00.000Z', endsAt: null }],
  campaign: {
    id: ID,
    slug: 'summer',
    name: 'Summer',
    status: 'ACTIVE',
    approved: true,
    startsAt: '2026-01-01T00:00:00.000Z',
    endsAt: '2027-01-01T00:00:00.000Z',
    timeZone: 'Europe/Berlin',
    brand: { id: ID, name: 'Brand' },
  },
  allowedOrigins: ['https://nova.example'],
  hosts: [],
  theme: { accent: '#112233', scheme: 'auto', corner: 'soft', density: 'compact', position: 'top-left' },
  greeting: 'Hello.',
  suggestions: [],
  proactive: { text: 'A word?', delaySeconds: 20 },
  consent: { version: '1', text: 'May we?', privacyUrl: 'https://nova.example/privacy', termsUrl: null },
  imageHosts: ['images.nova.example'],
  contextKeys: ['page'],
  page: null,
}

describe('a deployment record', () => {
  it('is read as it is', () => {
    expect(parseDeploymentRecord(record)).toEqual(record)
    expect(parseDeploymentRecord({ ...record, campaign: null })).toEqual({ ...record, campaign: null })
    const page = { title: 'Nova', intro: 'Hello.' }
    expect(parseDeploymentRecord({ ...record, page })?.page).toEqual(page)
    const quiet = { ...record, proactive: null, consent: null, theme: { ...record.theme, launcher: 'icon' } }
    expect(parseDeploymentRecord(quiet)).toEqual(quiet)
  })

  it('loses what nobody asked for', () => {
    const extra = {
      ...record,
      fee: 1,
      celebrity: { ...record.celebrity, twinConfig: {} },
      theme: { ...record.theme, css: 'x' },
    }
    expect(parseDeploymentRecord(extra)).toEqual(record)
  })

  it.each([
    ['an id that is none', { id: 'x' }],
    ['an unknown status', { status: 'LIVE' }],
    ['an unknown type', { type: 'IFRAME' }],
    ['no celebrity', { celebrity: null }],
    ['a celebrity of unknown status', { celebrity: { ...record.celebrity, status: 'SCHEDULED' } }],
    ['contracts that are no list', { contracts: {} }],
    ['one contract without a beginning', { contracts: [...record.contracts, { endsAt: null }] }],
    ['a contract whose end is missing', { contracts: [{ startsAt: '2026-01-01T00:00:00Z' }] }],
    ['a campaign left out', { campaign: undefined }],
    ['a campaign approved by a word', { campaign: { ...record.campaign, approved: 'true' } }],
    ['a campaign without a brand', { campaign: { ...record.campaign, brand: null } }],
    ['a campaign without dates', { campaign: { ...record.campaign, startsAt: 'soon' } }],
    ['origins left out', { allowedOrigins: undefined }],
    ['an origin that is no text', { allowedOrigins: [null] }],
    ['an origin that is everybody’s', { allowedOrigins: ['https://nova.example', '*'] }],
    ['an origin in capitals', { allowedOrigins: ['https://NOVA.example'] }],
    ['a pattern with two wildcards', { allowedOrigins: ['https://*.*.nova.example'] }],
    ['a colour that is none', { theme: { ...record.theme, accent: 'red;background:url(//evil.example)' } }],
    ['a launcher label that is no text', { theme: { ...record.theme, launcherLabel: 1 } }],
    ['suggestions with something else in them', { suggestions: ['Why?', 1] }],
    ['a position between the corners that is none', { theme: { ...record.theme, position: 'middle' } }],
    ['a launcher nobody draws', { theme: { ...record.theme, launcher: 'balloon' } }],
    ['a proactive message without words', { proactive: { text: '', delaySeconds: 5 } }],
    ['a proactive message before its time', { proactive: { text: 'Hello?', delaySeconds: -1 } }],
    ['half a consent', { consent: { version: '1', text: 'May we?' } }],
    ['a consent of no version', { consent: { ...record.consent, version: '' } }],
    ['a link in the consent that runs', { consent: { ...record.consent, termsUrl: 'javascript:alert(1)' } }],
    ['an image host that ends a policy', { imageHosts: ['a.example; script-src *'] }],
    ['every image host there is', { imageHosts: ['*'] }],
    ['a context name that is a sentence', { contextKeys: ['ignore all rules'] }],
    ['half a page', { page: { title: 'Nova' } }],
  ])('is nothing with %s', (_case, change) => {
    expect(parseDeploymentRecord({ ...record, ...change })).toBeUndefined()
  })

  it('is nothing when any field is missing, and nothing makes it throw', () => {
    for (const name of Object.keys(record)) {
      expect(
        parseDeploymentRecord(Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))),
      ).toBeUndefined()
    }
    fc.assert(fc.property(fc.anything(), (value) => void parseDeploymentRecord(value)))
  })
})
