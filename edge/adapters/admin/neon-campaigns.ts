/**
 * Campaigns in Neon: a brand's dated context for a twin. Approval is of one version of it; the database itself raises the
 * version when what was approved is changed, and refuses what collides with an exclusivity.
 */
import { and, asc, eq, getTableColumns, isNull, ne, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { brands, campaigns } from '../../../schema/db/tables/brands.ts'
import { celebrities } from '../../../schema/db/tables/celebrities.ts'
import type { CampaignStatus } from '../../../schema/domain/enums.ts'
import { newId } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import type { Actor } from '../../core/admin/actor.ts'
import { localTime, momentIn } from '../../core/admin/campaign-moment.ts'
import { campaignPhase } from '../../core/admin/campaign-phase.ts'
import type { CampaignPatch } from '../../core/admin/inputs.ts'
import type { CampaignStore } from '../../core/admin/ports.ts'
import type { CampaignView } from '../../core/admin/views.ts'
import type { FieldError, Refusal } from '../../core/refusal.ts'
import { askForPlatform, askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { eventIfChanged, platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'

const { celebrityTenantId, brandTenantId: _brandTenant, status: decision, ...columns } = getTableColumns(campaigns)
const shown = { ...columns, decision }

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
        const { timeZone = 'UTC' } = input
        const startsAt = dateIn(timeZone, input.startsAt)
        const endsAt = optionalDateIn(timeZone, input.endsAt)
        errors.push(...errorsOf({ startsAt, endsAt }))
        if (!celebrity || !brand || !startsAt.ok || !endsAt.ok) return fail({ reason: 'request_invalid', errors })
        const id = newId<'campaign'>()
        const [[row]] = await askPlatform(
          database,
          database
            .insert(campaigns)
            .values({
              ...input,
              startsAt: startsAt.value,
              endsAt: endsAt.value,
              id,
              celebrityTenantId: celebrity.tenantId,
              brandTenantId: brand.tenantId,
            })
            .returning(shown),
          platformEvent(database, { tenantId: celebrity.tenantId, action: 'created', entity: 'campaign', id, input }),
        )
        return row ? ok(viewOf(row)) : fail({ reason: 'not_found' })
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
      return pageOf(rows.map(viewOf), page)
    },

    async find(id) {
      const [[row]] = await askPlatform(database, database.select(shown).from(campaigns).where(eq(campaigns.id, id)))
      return row && viewOf(row)
    },

    update: (id, patch) =>
      refusedWrite(async () => {
        const [[present]] = await askPlatform(
          database,
          database
            .select({ ...shown, tenantId: celebrityTenantId })
            .from(campaigns)
            .where(eq(campaigns.id, id)),
        )
        if (!present) return fail({ reason: 'not_found' })
        const { status, guidelinesVersion, ...plain } = patch
        const timeZone = patch.timeZone ?? present.timeZone
        const startsAt = patch.startsAt === undefined ? ok(undefined) : dateIn(timeZone, patch.startsAt)
        const endsAt = optionalDateIn(timeZone, patch.endsAt)
        if (!startsAt.ok || !endsAt.ok)
          return fail({ reason: 'request_invalid', errors: errorsOf({ startsAt, endsAt }) })
        const approves = status === 'APPROVED'
        if (guidelinesVersion !== undefined && guidelinesVersion !== present.guidelinesVersion) {
          const detail = `The campaign is at version ${present.guidelinesVersion}: read it again, and approve what stands there.`
          return fail({ reason: 'conflict', detail })
        }
        const [[row], , [now]] = await askPlatform(
          database,
          database
            .update(campaigns)
            .set({
              ...plain,
              startsAt: startsAt.value,
              endsAt: endsAt.value,
              status,
              ...approvalBy(status, present.guidelinesVersion),
            })
            .where(and(eq(campaigns.id, id), standingFor(database.actor, patch)))
            .returning(shown),
          eventIfChanged(database, {
            type: approves ? 'STAKEHOLDER_APPROVAL' : 'CONFIGURATION_CHANGE',
            tenantId: present.tenantId,
            action: approves ? 'approved' : 'updated',
            entity: 'campaign',
            id,
            input: patch,
          }),
          database.select({ decision }).from(campaigns).where(eq(campaigns.id, id)),
        )
        if (!now) return fail({ reason: 'not_found' })
        return row ? ok(viewOf(row)) : fail(settled(database.actor, now.decision))
      }),
  }
}

/**
 * For the `where` of an update: as what a campaign must stand for somebody to write this. What has ended the platform alone
 * takes up again; a brand withdraws what waits, and moves what nobody has approved yet.
 */
function standingFor({ tenantKind }: Actor, { status, startsAt, endsAt, timeZone }: CampaignPatch): SQL | undefined {
  if (tenantKind === 'PLATFORM') return undefined
  if (tenantKind !== 'BRAND') return status && ne(decision, 'ENDED')
  const moves = startsAt !== undefined || endsAt !== undefined || timeZone !== undefined
  return and(
    status || moves ? eq(decision, 'REQUESTED') : undefined,
    // what was approved holds its period until it is taken back: its dates are the platform's to change
    moves ? isNull(campaigns.approvedVersion) : undefined,
  )
}

function settled({ tenantKind }: Actor, standing: CampaignStatus): Refusal {
  const detail =
    tenantKind === 'BRAND'
      ? 'A brand withdraws a campaign while it is REQUESTED, and changes its dates until it is approved: from then on VibeThink does.'
      : `This campaign is ${standing}: VibeThink alone takes it up again.`
  return { reason: 'conflict', detail }
}

type Row = Omit<CampaignView, 'status' | 'startsAtLocal' | 'endsAtLocal'>

function viewOf(row: Row): CampaignView {
  const { startsAt, endsAt, timeZone } = row
  return {
    ...row,
    startsAtLocal: localTime(startsAt, timeZone),
    endsAtLocal: endsAt && localTime(endsAt, timeZone),
    status: campaignPhase(row, Date.now()),
  }
}

function dateIn(timeZone: string, moment: string): Result<Date, string> {
  const found = momentIn(moment, timeZone)
  return found.ok ? ok(new Date(found.value)) : found
}

/** Null and "left out" stay what they are. */
function optionalDateIn(timeZone: string, moment: string | null | undefined): Result<Date | null | undefined, string> {
  return typeof moment === 'string' ? dateIn(timeZone, moment) : ok(moment)
}

function errorsOf(dates: Readonly<Record<string, Result<unknown, string>>>): FieldError[] {
  return Object.entries(dates).flatMap(([field, date]) => (date.ok ? [] : [{ field, message: date.failure }]))
}

/** A "no" takes back the "yes" before it. What is approved is what was read, also when it has changed in this moment. */
function approvalBy(status: CampaignPatch['status'], version: number) {
  switch (status) {
    case 'APPROVED':
      return { approvedVersion: version, approvedAt: sql`now()` }
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
