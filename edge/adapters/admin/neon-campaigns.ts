/** Campaigns in Neon: a brand's dated context for a twin. Approval is of one version of the guidelines. */
import { asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { brands, campaigns } from '../../../schema/db/tables/brands.ts'
import { celebrities } from '../../../schema/db/tables/celebrities.ts'
import { newId } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { CampaignPatch } from '../../core/admin/inputs.ts'
import type { CampaignStore } from '../../core/admin/ports.ts'
import type { FieldError } from '../../core/refusal.ts'
import { askForPlatform, askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'
import { toDate } from './to-date.ts'

const { celebrityTenantId, brandTenantId: _brandTenant, ...shown } = getTableColumns(campaigns)

export function neonCampaigns(database: Desk): CampaignStore {
  return {
    create: (input) =>
      refusedWrite(async () => {
        // Whoever proposes may know that there is such a celebrity; of the brands, a brand knows its own.
        const [[[celebrity]], [[brand]]] = await Promise.all([
          askForPlatform(
            database,
            database
              .select({ tenantId: celebrities.tenantId })
              .from(celebrities)
              .where(eq(celebrities.id, input.celebrityId)),
          ),
          askPlatform(
            database,
            database.select({ tenantId: brands.tenantId }).from(brands).where(eq(brands.id, input.brandId)),
          ),
        ])
        const errors: FieldError[] = []
        if (!celebrity) errors.push({ field: 'celebrityId', message: 'is no celebrity' })
        if (!brand) errors.push({ field: 'brandId', message: 'is no brand' })
        if (!celebrity || !brand) return fail({ reason: 'request_invalid', errors })
        const id = newId<'campaign'>()
        const [[row]] = await askPlatform(
          database,
          database
            .insert(campaigns)
            .values({
              ...input,
              id,
              celebrityTenantId: celebrity.tenantId,
              brandTenantId: brand.tenantId,
              startsAt: new Date(input.startsAt),
              endsAt: toDate(input.endsAt),
            })
            .returning(shown),
          platformEvent(database, { tenantId: celebrity.tenantId, action: 'created', entity: 'campaign', id, input }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async list(page) {
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(campaigns)
          .where(afterRow(campaigns, page.after))
          .orderBy(asc(campaigns.createdAt), asc(campaigns.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(database, database.select(shown).from(campaigns).where(eq(campaigns.id, id)))
      return row
    },

    update: (id, patch) =>
      refusedWrite(async () => {
        const [[present]] = await askPlatform(
          database,
          database.select({ tenantId: celebrityTenantId }).from(campaigns).where(eq(campaigns.id, id)),
        )
        if (!present) return fail({ reason: 'not_found' })
        const approves = patch.status === 'APPROVED'
        const [[row]] = await askPlatform(
          database,
          database.update(campaigns).set(changesOf(patch)).where(eq(campaigns.id, id)).returning(shown),
          platformEvent(database, {
            type: approves ? 'STAKEHOLDER_APPROVAL' : 'CONFIGURATION_CHANGE',
            tenantId: present.tenantId,
            action: approves ? 'approved' : 'updated',
            entity: 'campaign',
            id,
            input: patch,
          }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),
  }
}

function changesOf(patch: CampaignPatch) {
  const { startsAt, endsAt, ...plain } = patch
  return {
    ...plain,
    startsAt: toDate(startsAt),
    endsAt: toDate(endsAt),
    // What was approved is no longer what stands there: it waits for approval again.
    ...(patch.guidelines
      ? { guidelinesVersion: sql`${campaigns.guidelinesVersion} + 1`, status: patch.status ?? ('REQUESTED' as const) }
      : {}),
    ...approvalBy(patch.status),
  }
}

/** A "no" takes back the "yes" before it: whoever sets the campaign ACTIVE again must have it approved again. */
function approvalBy(status: CampaignPatch['status']) {
  switch (status) {
    case 'APPROVED':
      return { approvedVersion: sql`${campaigns.guidelinesVersion}`, approvedAt: sql`now()` }
    case 'REQUESTED':
    case 'REJECTED':
      return { approvedVersion: null, approvedAt: null }
    case 'SCHEDULED':
    case 'ACTIVE':
    case 'ENDED':
    case undefined:
      return {}
  }
}
