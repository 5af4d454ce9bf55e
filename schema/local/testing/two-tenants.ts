/** Two celebrities and two brands, each with one row in every table: what one must never see of the other. */
import { createHash } from 'node:crypto'
import { brands, campaigns } from '../../db/tables/brands.ts'
import { budgets } from '../../db/tables/budgets.ts'
import { celebrities, contracts } from '../../db/tables/celebrities.ts'
import { conversations, messages, ratings, visitors } from '../../db/tables/conversations.ts'
import { allowedDomains, deployments, domains } from '../../db/tables/deployments.ts'
import { identityKeys } from '../../db/tables/identity-keys.ts'
import { knowledgePassages, knowledgeSources } from '../../db/tables/knowledge.ts'
import { modelCalls } from '../../db/tables/model-calls.ts'
import { flags, platformEvents } from '../../db/tables/operations.ts'
import { apiKeys, memberships, tenants, users } from '../../db/tables/tenancy.ts'
import { withPlatform } from '../../db/with-platform.ts'
import { withTenant } from '../../db/with-tenant.ts'
import { newId, type Id } from '../../domain/id.ts'
import type { TestDatabase } from './test-database.ts'

export interface PlantedCelebrity {
  readonly tenantId: Id<'tenant'>
  readonly celebrityId: Id<'celebrity'>
  readonly deploymentId: Id<'deployment'>
  readonly visitorId: Id<'visitor'>
  readonly conversationId: Id<'conversation'>
  readonly campaignId: Id<'campaign'>
  readonly keyHash: string
  readonly slug: string
}

export interface PlantedBrand {
  readonly tenantId: Id<'tenant'>
  readonly brandId: Id<'brand'>
}

/** A brand's tenant, with the brand. */
export async function plantBrand({ platform }: TestDatabase, slug: string): Promise<PlantedBrand> {
  const planted = { tenantId: newId<'tenant'>(), brandId: newId<'brand'>() }
  await withPlatform(
    platform,
    platform.insert(tenants).values({ id: planted.tenantId, kind: 'BRAND', slug, name: slug }),
    platform.insert(brands).values({ id: planted.brandId, tenantId: planted.tenantId, slug, name: slug }),
  )
  return planted
}

/** A celebrity's tenant with a row in every table, and an approved campaign of the brand's. */
export async function plantCelebrity(
  database: TestDatabase,
  slug: string,
  brand: PlantedBrand,
): Promise<PlantedCelebrity> {
  const { platform, app } = database
  const planted: PlantedCelebrity = {
    tenantId: newId(),
    celebrityId: newId(),
    deploymentId: newId(),
    visitorId: newId(),
    conversationId: newId(),
    campaignId: newId(),
    keyHash: createHash('sha256').update(slug).digest('hex'),
    slug,
  }
  const { tenantId, celebrityId, deploymentId, visitorId, conversationId, campaignId } = planted
  const userId = newId<'user'>()
  const sourceId = newId<'source'>()
  const startsAt = new Date('2026-01-01T00:00:00Z')
  await withPlatform(
    platform,
    platform.insert(tenants).values({ id: tenantId, kind: 'CELEBRITY', slug, name: slug }),
    platform.insert(users).values({ id: userId, email: `owner@${slug}.example`, name: slug }),
    platform.insert(memberships).values({ userId, tenantId, role: 'OWNER' }),
    platform
      .insert(apiKeys)
      .values({ tenantId, name: slug, prefix: 'vtw_', hash: planted.keyHash, scopes: ['read'], role: 'VIEWER' }),
    platform.insert(celebrities).values({
      id: celebrityId,
      tenantId,
      name: slug,
      slug,
      type: 'COACH',
      status: 'ACTIVE',
      twinConfig: {
        personalityProfile: { tone: 'calm', language: 'en' },
        knowledgeBase: { sources: [], lastUpdated: '2026-01-01' },
        guardrails: { maxResponseLength: 500, bannedTopics: [], contentRating: 'G' },
      },
    }),
    platform.insert(contracts).values({ tenantId, celebrityId, licenceScopes: ['TEXT'], startsAt, signedAt: startsAt }),
    platform.insert(campaigns).values({
      id: campaignId,
      celebrityTenantId: tenantId,
      celebrityId,
      brandTenantId: brand.tenantId,
      brandId: brand.brandId,
      slug: `with-${slug}`,
      name: slug,
      startsAt,
      guidelines: { sentences: [], rules: { avoidTerms: [], mention: [] } },
      approvedVersion: 1,
      approvedAt: startsAt,
      status: 'ACTIVE',
    }),
    platform.insert(deployments).values({
      id: deploymentId,
      tenantId,
      celebrityId,
      type: 'BRAND_CAMPAIGN',
      campaignId,
      brandId: brand.brandId,
      name: slug,
      theme: { accent: '#112233', scheme: 'auto', corner: 'soft', density: 'compact', position: 'top-left' },
      greeting: 'Hello.',
      suggestions: ['Why?'],
    }),
    platform.insert(allowedDomains).values({ tenantId, deploymentId, origin: `https://${slug}.example` }),
    platform.insert(domains).values({
      tenantId,
      deploymentId,
      hostname: `twin.${slug}.example`,
      status: 'ACTIVE',
      verifiedAt: new Date(),
    }),
    platform
      .insert(identityKeys)
      .values({ tenantId, deploymentId, alg: 'HS256', material: `sealed ${slug}`, fingerprint: slug }),
    platform.insert(budgets).values({ tenantId, holderId: deploymentId, holder: 'deployment', rules: [] }),
    platform.insert(knowledgeSources).values({ id: sourceId, tenantId, celebrityId, title: slug, body: 'A text.' }),
    platform.insert(knowledgePassages).values({ tenantId, sourceId, ordinal: 1, text: 'A text.' }),
  )
  await withTenant(
    app,
    tenantId,
    app.insert(visitors).values({ id: visitorId, tenantId, deploymentId }),
    app
      .insert(conversations)
      .values({ id: conversationId, tenantId, deploymentId, visitorId, origin: 'https://a.example' }),
    app.insert(messages).values({
      id: newId(),
      tenantId,
      conversationId,
      position: 1,
      turnId: newId(),
      role: 'visitor',
      text: `A secret of ${slug}.`,
    }),
    app.insert(ratings).values({ tenantId, turnId: newId(), conversationId, rating: 'up' }),
    app
      .insert(flags)
      .values({ tenantId, conversationId, turnId: newId(), rule: 'avoided_term', reason: 'r', excerpt: 'e' }),
    app.insert(modelCalls).values({
      id: newId(),
      tenantId,
      conversationId,
      turnId: newId(),
      attempt: 1,
      model: 'scripted',
      inputTokens: 30,
      outputTokens: 7,
      estimated: false,
      startedAt: new Date(),
    }),
    app.insert(platformEvents).values({
      tenantId,
      eventType: 'SECURITY_EVENT',
      actor: { user_id: null, role: 'test' },
      payload: { about: slug },
    }),
  )
  return planted
}
