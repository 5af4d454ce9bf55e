/**
 * What a turn must know of a twin, read from Neon through the tenant's door in one round trip. Knows nothing of caching:
 * the room keeps the answer.
 */
import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Id } from '../../schema/domain/id.ts'
import { placeInTerm } from '../../schema/domain/place-in-term.ts'
import { parseDeploymentRecord } from '../../schema/domain/parse-deployment-record.ts'
import { campaigns } from '../../schema/db/tables/brands.ts'
import { celebrities } from '../../schema/db/tables/celebrities.ts'
import { deployments } from '../../schema/db/tables/deployments.ts'
import { knowledgePassages, knowledgeSources } from '../../schema/db/tables/knowledge.ts'
import type { Database } from '../../schema/db/database.ts'
import { withTenant } from '../../schema/db/with-tenant.ts'
import type { Passage, TwinContext, TwinDirectory } from '../core/ports.ts'

const MAX_PASSAGES = 200
const MAX_KNOWLEDGE_BYTES = 256 * 1024

/** The directory of twins in Neon. */
export function neonTwinDirectory(db: Database): TwinDirectory {
  return {
    async load({ tenantId, deploymentId }): Promise<TwinContext | null> {
      const [{ rows: places }, [persona], texts] = await withTenant(
        db,
        tenantId,
        // the resolver names the brand, whose own rows are not the celebrity's to read
        db.execute<{ answer: unknown }>(sql`select resolve_deployment(${deploymentId}::uuid) as answer`),
        personaOf(db, tenantId, deploymentId),
        passagesOf(db, tenantId, deploymentId),
      )
      const place = parseDeploymentRecord(places[0]?.answer)
      if (!place || !persona || place.tenantId !== tenantId) return null
      if (place.status !== 'ACTIVE' || place.celebrity.status !== 'ACTIVE') return null
      // the doors asked the same; an open socket outlives what they let in
      const now = Date.now()
      if (!place.contracts.some((term) => placeInTerm(now, term) === 'inside')) return null
      if (place.campaign && !(place.campaign.approved && persona.guidelines)) return null
      if (place.campaign?.status === 'ENDED') return null
      if (place.campaign && placeInTerm(now, place.campaign) !== 'inside') return null
      return {
        twin: { name: place.celebrity.name, tagline: place.celebrity.tagline, type: persona.type },
        config: persona.config,
        campaign:
          place.campaign && persona.guidelines
            ? { name: place.campaign.name, brand: place.campaign.brand.name, guidelines: persona.guidelines }
            : null,
        passages: withinBounds(texts.map(passage)),
        questions: place.suggestions,
        contextKeys: place.contextKeys,
      }
    },
  }
}

function personaOf(db: Database, tenantId: Id<'tenant'>, deploymentId: Id<'deployment'>) {
  return db
    .select({ type: celebrities.type, config: celebrities.twinConfig, guidelines: campaigns.guidelines })
    .from(deployments)
    .innerJoin(
      celebrities,
      and(eq(celebrities.tenantId, deployments.tenantId), eq(celebrities.id, deployments.celebrityId)),
    )
    .leftJoin(campaigns, eq(campaigns.id, deployments.campaignId))
    .where(and(eq(deployments.tenantId, tenantId), eq(deployments.id, deploymentId)))
}

function passagesOf(db: Database, tenantId: Id<'tenant'>, deploymentId: Id<'deployment'>) {
  const { tenantId: sourceTenantId, celebrityId, campaignId, status, approvedAt } = knowledgeSources
  return db
    .select({
      title: knowledgeSources.title,
      url: knowledgeSources.url,
      heading: knowledgePassages.heading,
      text: knowledgePassages.text,
    })
    .from(deployments)
    .innerJoin(
      knowledgeSources,
      and(eq(sourceTenantId, deployments.tenantId), eq(celebrityId, deployments.celebrityId)),
    )
    .innerJoin(
      knowledgePassages,
      and(eq(knowledgePassages.tenantId, sourceTenantId), eq(knowledgePassages.sourceId, knowledgeSources.id)),
    )
    .where(
      and(
        eq(deployments.tenantId, tenantId),
        eq(deployments.id, deploymentId),
        eq(status, 'ACTIVE'),
        isNotNull(approvedAt),
        or(isNull(campaignId), eq(campaignId, deployments.campaignId)),
      ),
    )
    .orderBy(
      sql`${campaignId} nulls last`, // the campaign's own texts first, should the bound cut some
      asc(knowledgeSources.createdAt),
      asc(knowledgeSources.id),
      asc(knowledgePassages.ordinal),
    )
    .limit(MAX_PASSAGES)
}

function passage(row: { title: string; url: string | null; heading: string | null; text: string }): Passage {
  const text = row.heading ? `${row.heading}\n${row.text}` : row.text
  return { title: row.title, text, ...(row.url !== null && { url: row.url }) }
}

/** A room keeps this in its SQLite and reads it a turn: bounded, whatever was uploaded. */
function withinBounds(passages: readonly Passage[]): Passage[] {
  const encoder = new TextEncoder()
  let bytes = 0
  return passages.filter(({ title, text }) => {
    bytes += encoder.encode(title + text).length
    return bytes <= MAX_KNOWLEDGE_BYTES
  })
}
