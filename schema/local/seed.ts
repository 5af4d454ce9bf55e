/** Puts the demo's cast into a database, through the platform's own door. What is there already is left as it is. */
import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { brands, campaigns } from '../db/tables/brands.ts'
import { celebrities, contracts } from '../db/tables/celebrities.ts'
import { allowedDomains, deployments, domains } from '../db/tables/deployments.ts'
import { identityKeys } from '../db/tables/identity-keys.ts'
import { knowledgePassages, knowledgeSources } from '../db/tables/knowledge.ts'
import { platformEvents } from '../db/tables/operations.ts'
import { tenants } from '../db/tables/tenancy.ts'
import { withPlatform } from '../db/with-platform.ts'
import { parseId, type Id, type IdKind } from '../domain/id.ts'
import { platformTenantId } from '../domain/platform-tenant.ts'
import { CAST } from './cast.ts'
import { ADA_TEXTS } from './demo/ada-texts.ts'
import { KICK_COLA_GUIDELINES, SOLARA_GUIDELINES } from './demo/demo-campaigns.ts'
import { DEMO_IDENTITY_FINGERPRINT, DEMO_IDENTITY_PUBLIC_KEY } from './demo/demo-identity.ts'
import { demoPlaces, type DemoPlace, type DemoPorts } from './demo/demo-places.ts'
import type { DemoText } from './demo/demo-text.ts'
import { ADA_CONFIG, REMY_CONFIG } from './demo/demo-twins.ts'
import { REMY_TEXTS } from './demo/remy-texts.ts'

const DAY_MS = 86_400_000
const { remy, ada, solara, kickCola } = CAST

/** Seeds in one transaction; running it again adds only what is missing, such as the origins of other ports. */
export async function seed(db: Database, ports: DemoPorts, now: Date = new Date()): Promise<void> {
  const places = demoPlaces(ports)
  const texts = [
    ...REMY_TEXTS.map((text) => ({ ...text, of: remy })),
    ...ADA_TEXTS.map((text) => ({ ...text, of: ada })),
  ]
  await withPlatform(
    db,
    db.insert(tenants).values(tenantRows()).onConflictDoNothing(),
    db.insert(celebrities).values(celebrityRows()).onConflictDoNothing(),
    db.insert(contracts).values(contractRows(now)).onConflictDoNothing(),
    db.insert(brands).values(brandRows()).onConflictDoNothing(),
    db.insert(campaigns).values(campaignRows(now)).onConflictDoNothing(),
    db
      .insert(deployments)
      .values(places.map(deploymentRow))
      .onConflictDoUpdate({ target: deployments.id, set: { portalUrl: sql`excluded.portal_url` } }),
    db.insert(identityKeys).values(places.flatMap(keyRows)).onConflictDoNothing(),
    db.insert(allowedDomains).values(places.flatMap(originRows)).onConflictDoNothing(),
    db
      .insert(domains)
      .values(places.flatMap((place) => hostRows(place, now)))
      .onConflictDoNothing(),
    db
      .insert(knowledgeSources)
      .values(texts.map((text) => sourceRow(text, now)))
      .onConflictDoNothing(),
    db.insert(knowledgePassages).values(texts.flatMap(passageRows)).onConflictDoNothing(),
    db
      .insert(platformEvents)
      .values({
        id: numbered<'event'>('9', 1),
        eventType: 'CONFIGURATION_CHANGE',
        tenantId: platformTenantId(),
        actor: { user_id: null, role: 'seed' },
        payload: { what: 'demo cast seeded' },
      })
      .onConflictDoNothing(),
  )
}

function tenantRows() {
  return [
    { id: remy.tenantId, kind: 'CELEBRITY' as const, slug: remy.slug, name: 'Remy Vale' },
    { id: ada.tenantId, kind: 'CELEBRITY' as const, slug: ada.slug, name: 'Ada Marlow' },
    { id: solara.tenantId, kind: 'BRAND' as const, slug: solara.slug, name: 'Solara' },
    { id: kickCola.tenantId, kind: 'BRAND' as const, slug: kickCola.slug, name: 'Kick Cola' },
  ]
}

function celebrityRows(): (typeof celebrities.$inferInsert)[] {
  return [
    {
      id: remy.celebrityId,
      tenantId: remy.tenantId,
      name: 'Remy Vale',
      slug: remy.slug,
      type: 'SPORTS_COMMENTATOR',
      tagline: 'Football commentator, thirty-one seasons and one cracked voice',
      portrait: remy.portrait,
      twinConfig: REMY_CONFIG,
      status: 'ACTIVE',
    },
    {
      id: ada.celebrityId,
      tenantId: ada.tenantId,
      name: 'Ada Marlow',
      slug: ada.slug,
      type: 'COACH',
      tagline: 'Running coach, for people who have not begun yet',
      portrait: ada.portrait,
      twinConfig: ADA_CONFIG,
      status: 'ACTIVE',
    },
  ]
}

function contractRows(now: Date): (typeof contracts.$inferInsert)[] {
  return [remy, ada].map(({ contractId, tenantId, celebrityId }) => ({
    id: contractId,
    tenantId,
    celebrityId,
    licenceScopes: ['TEXT', 'LIKENESS'],
    startsAt: daysFrom(now, -90),
    endsAt: null,
    signedAt: daysFrom(now, -97),
  }))
}

function brandRows() {
  return [
    { id: solara.brandId, tenantId: solara.tenantId, slug: solara.slug, name: 'Solara', category: 'soft-drinks' },
    {
      id: kickCola.brandId,
      tenantId: kickCola.tenantId,
      slug: kickCola.slug,
      name: 'Kick Cola',
      category: 'soft-drinks',
    },
  ]
}

function campaignRows(now: Date): (typeof campaigns.$inferInsert)[] {
  const common = {
    celebrityTenantId: remy.tenantId,
    celebrityId: remy.celebrityId,
    startsAt: daysFrom(now, -30),
    approvedVersion: 1,
    approvedAt: daysFrom(now, -35),
    status: 'APPROVED' as const,
  }
  return [
    {
      ...common,
      id: solara.campaignId,
      brandTenantId: solara.tenantId,
      brandId: solara.brandId,
      slug: solara.campaignSlug,
      name: 'Summer tastes like extra time',
      endsAt: null,
      timeZone: 'Europe/Lisbon',
      feeMinor: 4_500_000,
      guidelines: SOLARA_GUIDELINES,
    },
    {
      ...common,
      id: kickCola.campaignId,
      brandTenantId: kickCola.tenantId,
      brandId: kickCola.brandId,
      slug: kickCola.campaignSlug,
      name: 'No half time: the cage tour',
      endsAt: daysFrom(now, 60),
      timeZone: 'Europe/London',
      feeMinor: 3_800_000,
      guidelines: KICK_COLA_GUIDELINES,
    },
  ]
}

function deploymentRow(place: DemoPlace): typeof deployments.$inferInsert {
  const { tenantId, celebrityId } = CAST[place.celebrity]
  const campaign = place.campaign && CAST[place.campaign]
  return {
    id: place.id,
    tenantId,
    celebrityId,
    type: place.type,
    campaignId: campaign?.campaignId ?? null,
    brandId: campaign?.brandId ?? null,
    name: place.name,
    portalUrl: place.portalUrl ?? null,
    theme: place.theme,
    greeting: place.greeting,
    suggestions: place.suggestions,
    proactive: place.proactive ?? null,
    consent: place.consent ?? null,
    imageHosts: place.imageHosts ?? [],
    contextKeys: place.contextKeys ?? [],
    page: place.page ?? null,
  }
}

function keyRows(place: DemoPlace): (typeof identityKeys.$inferInsert)[] {
  if (!place.knowsMembers) return []
  const { tenantId } = CAST[place.celebrity]
  const material = JSON.stringify(DEMO_IDENTITY_PUBLIC_KEY)
  return [{ tenantId, deploymentId: place.id, alg: 'ES256', material, fingerprint: DEMO_IDENTITY_FINGERPRINT }]
}

function originRows(place: DemoPlace) {
  const { tenantId } = CAST[place.celebrity]
  return place.origins.map((origin) => ({ tenantId, deploymentId: place.id, origin }))
}

function hostRows(place: DemoPlace, now: Date) {
  if (place.hostname === undefined) return []
  const { tenantId } = CAST[place.celebrity]
  return [{ tenantId, deploymentId: place.id, hostname: place.hostname, status: 'ACTIVE' as const, verifiedAt: now }]
}

type OwnedText = DemoText & { readonly of: typeof remy | typeof ada }

function sourceRow({ number, title, campaign, body, of }: OwnedText, now: Date): typeof knowledgeSources.$inferInsert {
  return {
    id: sourceId(number, of),
    tenantId: of.tenantId,
    celebrityId: of.celebrityId,
    campaignId: campaign ? CAST[campaign].campaignId : null,
    title,
    language: 'en',
    status: 'ACTIVE',
    approvedAt: now,
    body,
  }
}

function passageRows({ number, body, of }: OwnedText): (typeof knowledgePassages.$inferInsert)[] {
  return body.split('\n\n').map((text, index) => ({
    tenantId: of.tenantId,
    sourceId: sourceId(number, of),
    ordinal: index + 1,
    text,
  }))
}

function sourceId(number: number, of: OwnedText['of']): Id<'source'> {
  return numbered<'source'>(of === remy ? '6' : '7', number)
}

/** A fixed id of the demo: a family digit and a number. */
function numbered<K extends IdKind>(family: string, number: number): Id<K> {
  const id = parseId<K>(`${family}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`)
  if (!id) throw new Error(`The demo has no id ${family}/${number}.`)
  return id
}

function daysFrom(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS)
}
