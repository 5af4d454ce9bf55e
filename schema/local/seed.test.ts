/** The demo's cast: complete, in agreement with itself, and put there once. */
import { calculateJwkThumbprint } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { MAX_SUGGESTIONS } from '../domain/deployment-record.ts'
import { resolveDeployment, resolveHost } from '../db/resolve.ts'
import { CAST } from './cast.ts'
import { DEMO_IDENTITY_PRIVATE_KEY, DEMO_IDENTITY_PUBLIC_KEY } from './demo/demo-identity.ts'
import { ADA_TEXTS } from './demo/ada-texts.ts'
import { KICK_COLA_GUIDELINES, SOLARA_GUIDELINES } from './demo/demo-campaigns.ts'
import { demoPlaces } from './demo/demo-places.ts'
import { ADA_CONFIG, REMY_CONFIG } from './demo/demo-twins.ts'
import { REMY_TEXTS } from './demo/remy-texts.ts'
import { seed } from './seed.ts'
import { describeOnEveryDatabase } from './testing/test-database.ts'

const PORTS = { worker: 8787, demo: 8788 }
const TEXTS = [
  ...REMY_TEXTS.map((text) => ({ ...text, config: REMY_CONFIG })),
  ...ADA_TEXTS.map((text) => ({ ...text, config: ADA_CONFIG })),
]

describeOnEveryDatabase('the seeded cast', (database) => {
  beforeAll(() => seed(database().platform, PORTS, new Date('2026-11-21T12:00:00Z')), 60_000)

  const counts = () =>
    database().owner.query(`select (select count(*)::int from celebrities) as celebrities,
      (select count(*)::int from deployments) as deployments, (select count(*)::int from allowed_domains) as origins,
      (select count(*)::int from knowledge_sources) as sources, (select count(*)::int from knowledge_passages) as passages,
      (select count(*)::int from platform_events) as events`)

  it('is the same after seeding again, and keeps what was changed', async () => {
    const before = await counts()
    await database().owner.run(`update celebrities set tagline = 'Changed' where slug = 'remy-vale'`)
    await seed(database().platform, PORTS)
    expect(await counts()).toEqual(before)
    expect((await resolveDeployment(database().app, CAST.deployments.remyWidget))?.celebrity.tagline).toBe('Changed')
  })

  it.each(demoPlaces(PORTS).map((place) => [place.name, place] as const))('is met at %s', async (_name, place) => {
    const record = await resolveDeployment(database().app, place.id)
    expect(record).toMatchObject({
      type: place.type,
      status: 'ACTIVE',
      celebrity: { status: 'ACTIVE', slug: CAST[place.celebrity].slug },
      contracts: [{ endsAt: null }],
      allowedOrigins: place.origins.toSorted(),
      greeting: place.greeting,
    })
    expect(record?.suggestions).toEqual(place.suggestions)
    expect(place.suggestions.length).toBeGreaterThan(3)
    expect(place.suggestions.length).toBeLessThanOrEqual(MAX_SUGGESTIONS)
    expect(record).toMatchObject({
      theme: place.theme,
      proactive: place.proactive ?? null,
      consent: place.consent ?? null,
      imageHosts: place.imageHosts ?? [],
      contextKeys: place.contextKeys ?? [],
    })
    expect(record?.campaign?.approved ?? true).toBe(true)
  })

  it('has an open-ended and a dated campaign that began thirty days ago', async () => {
    const { app } = database()
    const solara = await resolveDeployment(app, CAST.deployments.solaraCampaign)
    const kickCola = await resolveDeployment(app, CAST.deployments.kickColaCampaign)
    expect(solara?.campaign).toMatchObject({
      startsAt: '2026-10-22T12:00:00.000Z',
      endsAt: null,
      brand: { name: 'Solara' },
    })
    expect(kickCola?.campaign).toMatchObject({ endsAt: '2027-01-20T12:00:00.000Z', brand: { name: 'Kick Cola' } })
  })

  it('shows every setting in some place', () => {
    const places = demoPlaces(PORTS)
    for (const setting of ['proactive', 'consent', 'imageHosts', 'contextKeys', 'knowsMembers'] as const)
      expect(places.some((place) => place[setting] !== undefined)).toBe(true)
    expect(new Set(places.map(({ theme }) => theme.position)).size).toBeGreaterThan(2)
  })

  it('knows the members of the club by the demo’s public key, whose private half is never kept', async () => {
    const rows = await database().owner.query('select deployment_id, alg, material, fingerprint from identity_keys')
    expect(rows).toEqual([
      {
        deployment_id: CAST.deployments.marlowClub,
        alg: 'ES256',
        material: JSON.stringify(DEMO_IDENTITY_PUBLIC_KEY),
        fingerprint: await calculateJwkThumbprint(DEMO_IDENTITY_PUBLIC_KEY),
      },
    ])
    expect(JSON.stringify(rows)).not.toContain(DEMO_IDENTITY_PRIVATE_KEY.d)
  })

  it('is found by the white-label host', async () => {
    const [found] = await resolveHost(database().app, { host: CAST.whiteLabelHost })
    expect(found?.id).toBe(CAST.deployments.marlowWhiteLabel)
  })

  it('follows the ports of the run', async () => {
    await seed(database().platform, { worker: 9001, demo: 9002 })
    const record = await resolveDeployment(database().app, CAST.deployments.solaraCampaign)
    expect(record?.allowedOrigins).toContain('http://solara.localhost:9002')
  })
})

describe('the words of the cast', () => {
  it.each(TEXTS.map((text) => [text.title, text] as const))(
    'have substance, in passages short enough to quote: %s',
    (_t, text) => {
      const words = text.body.split(/\s+/).length
      expect(words).toBeGreaterThanOrEqual(110)
      expect(words).toBeLessThanOrEqual(250)
      for (const passage of text.body.split('\n\n')) expect(passage.length).toBeLessThan(800)
      for (const topic of text.config.guardrails.bannedTopics) expect(text.body.toLowerCase()).not.toContain(topic)
    },
  )

  it('give the guard something to do: one text names both drinks, and each campaign forbids the other’s', () => {
    const both = REMY_TEXTS.filter(({ body }) => body.includes('Solara') && body.includes('Kick Cola'))
    expect(both.map(({ campaign }) => campaign)).toEqual([undefined])
    expect(SOLARA_GUIDELINES.rules.avoidTerms).toEqual(KICK_COLA_GUIDELINES.rules.mention)
    expect(KICK_COLA_GUIDELINES.rules.avoidTerms).toEqual(SOLARA_GUIDELINES.rules.mention)
  })

  it('name no competitor inside a campaign’s own texts, greeting or questions', () => {
    const rules = { solara: SOLARA_GUIDELINES.rules, kickCola: KICK_COLA_GUIDELINES.rules }
    for (const { campaign, body } of REMY_TEXTS) {
      for (const term of campaign ? rules[campaign].avoidTerms : []) expect(body).not.toContain(term)
    }
    for (const { campaign, greeting, suggestions, proactive } of demoPlaces(PORTS)) {
      for (const term of campaign ? rules[campaign].avoidTerms : []) {
        expect([greeting, proactive?.text, ...suggestions].join(' ')).not.toContain(term)
      }
    }
  })
})
