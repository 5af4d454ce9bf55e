/** Deployments in Neon: the places where a twin lives. Each belongs to the celebrity's tenant. */
import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { campaigns } from '../../../schema/db/tables/brands.ts'
import { celebrities } from '../../../schema/db/tables/celebrities.ts'
import { deployments } from '../../../schema/db/tables/deployments.ts'
import { newId } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Theme } from '../../../schema/wire/embed.ts'
import type { ThemeInput } from '../../core/admin/deployment-rules.ts'
import { mayResume } from '../../core/admin/actor.ts'
import type { DeploymentStore } from '../../core/admin/ports.ts'
import type { FieldError } from '../../core/refusal.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { eventIfChanged, platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'
import { heldByPlatform, unlessHeld } from './unless-held.ts'

const { portalUrl: _portal, branding: _branding, ...columns } = getTableColumns(deployments)
const shown = {
  ...columns,
  celebritySlug: celebrities.slug,
  campaignSlug: sql<string | null>`(select slug from campaigns where campaigns.id = deployments.campaign_id)`,
  allowedOrigins: sql<
    string[]
  >`coalesce((select json_agg(origin order by created_at, id) from allowed_domains where deployment_id = deployments.id), '[]'::json)`,
  hosts: sql<
    string[]
  >`coalesce((select json_agg(hostname order by hostname) from domains where deployment_id = deployments.id and status = 'ACTIVE'), '[]'::json)`,
}

const DEFAULT_THEME: Theme = {
  accent: '#1d4ed8',
  scheme: 'auto',
  corner: 'soft',
  density: 'comfortable',
  position: 'bottom-right',
}

export function neonDeployments(database: Desk): DeploymentStore {
  const selection = () =>
    database.select(shown).from(deployments).innerJoin(celebrities, eq(celebrities.id, deployments.celebrityId))
  const store: DeploymentStore = {
    create: (input) =>
      refusedWrite(async () => {
        const campaignQuery = database
          .select({ id: campaigns.id, brandId: campaigns.brandId, celebrityId: campaigns.celebrityId })
          .from(campaigns)
          .where(input.campaignId === undefined ? sql`false` : eq(campaigns.id, input.campaignId))
        const [[celebrity], [campaign]] = await askPlatform(
          database,
          database
            .select({ tenantId: celebrities.tenantId })
            .from(celebrities)
            .where(eq(celebrities.id, input.celebrityId)),
          campaignQuery,
        )
        const errors: FieldError[] = []
        if (!celebrity) errors.push({ field: 'celebrityId', message: 'is no celebrity' })
        if (input.type === 'BRAND_CAMPAIGN' && input.campaignId === undefined)
          errors.push({ field: 'campaignId', message: 'is required for BRAND_CAMPAIGN' })
        if (input.campaignId !== undefined && campaign?.celebrityId !== input.celebrityId)
          errors.push({ field: 'campaignId', message: 'is no campaign of this celebrity' })
        if (!celebrity || errors.length > 0) return fail({ reason: 'request_invalid', errors })

        const id = newId<'deployment'>()
        const { tenantId } = celebrity
        const [, , [row]] = await askPlatform(
          database,
          database.insert(deployments).values({
            ...input,
            id,
            tenantId,
            brandId: campaign?.brandId,
            theme: themeOf(input.theme, DEFAULT_THEME),
            suggestions: input.suggestions ?? [],
          }),
          platformEvent(database, { tenantId, action: 'created', entity: 'deployment', id, input }),
          selection().where(eq(deployments.id, id)),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async list(page) {
      const [rows] = await askPlatform(
        database,
        selection()
          .where(and(afterRow(deployments, page.after)))
          .orderBy(asc(deployments.createdAt), asc(deployments.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(database, selection().where(eq(deployments.id, id)))
      return row
    },

    async update(id, patch) {
      const present = await store.find(id)
      if (!present) return fail({ reason: 'not_found' })
      if (patch.status && !mayResume(database.actor, present.status)) return fail(heldByPlatform(present.status))
      if (
        patch.consent &&
        patch.consent.text !== present.consent?.text &&
        patch.consent.version === present.consent?.version
      ) {
        // Whoever agreed to this version agreed to its words.
        const message = 'must be another one when the text is another one'
        return fail({ reason: 'request_invalid', errors: [{ field: 'consent.version', message }] })
      }
      const changes = { ...patch, theme: patch.theme && themeOf(patch.theme, present.theme) }
      const [changed, , [row]] = await askPlatform(
        database,
        database
          .update(deployments)
          .set(changes)
          .where(and(eq(deployments.id, id), unlessHeld(database.actor, patch, deployments.status)))
          .returning({ id: deployments.id }),
        eventIfChanged(database, {
          tenantId: present.tenantId,
          action: 'updated',
          entity: 'deployment',
          id,
          input: patch,
        }),
        selection().where(eq(deployments.id, id)),
      )
      if (!row) return fail({ reason: 'not_found' })
      return changed.length > 0 ? ok(row) : fail(heldByPlatform(row.status))
    },

    async revokeSessions(id) {
      const present = await store.find(id)
      if (!present) return fail({ reason: 'not_found' })
      const { tenantId } = present
      const [, , [row]] = await askPlatform(
        database,
        database
          .update(deployments)
          .set({ epoch: sql`${deployments.epoch} + 1` })
          .where(eq(deployments.id, id)),
        platformEvent(database, { tenantId, action: 'updated', entity: 'deployment', id, input: { epoch: true } }),
        selection().where(eq(deployments.id, id)),
      )
      return row ? ok(row) : fail({ reason: 'not_found' })
    },
  }
  return store
}

/** What is given over what is there; a launcher or a label of null takes it away. */
function themeOf(given: ThemeInput | undefined, present: Theme): Theme {
  const launcher = given?.launcher === undefined ? present.launcher : (given.launcher ?? undefined)
  const label = given?.launcherLabel === undefined ? present.launcherLabel : (given.launcherLabel ?? undefined)
  return {
    accent: given?.accent ?? present.accent,
    scheme: given?.scheme ?? present.scheme,
    corner: given?.corner ?? present.corner,
    density: given?.density ?? present.density,
    position: given?.position ?? present.position,
    ...(launcher === undefined ? {} : { launcher }),
    ...(label === undefined ? {} : { launcherLabel: label }),
  }
}
