/** Contracts in Neon: what a celebrity's twin may be used for, and until when. */
import { and, asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { celebrities, contracts } from '../../../schema/db/tables/celebrities.ts'
import { brands } from '../../../schema/db/tables/brands.ts'
import type { ExclusivityRule } from '../../../schema/domain/exclusivity.ts'
import { newId, type Id } from '../../../schema/domain/id.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { ContractStore } from '../../core/admin/ports.ts'
import type { FieldError, Refusal } from '../../core/refusal.ts'
import { askPlatform } from './ask-platform.ts'
import type { Desk } from './desk.ts'
import { afterRow, pageOf } from './page-of.ts'
import { platformEvent } from './platform-event.ts'
import { refusedWrite } from './refused-write.ts'
import { toDate } from './to-date.ts'

const { tenantId: _tenant, exclusivity, ...columns } = getTableColumns(contracts)
const shown = {
  ...columns,
  exclusivity: sql<readonly ExclusivityRule[]>`coalesce(${exclusivity} -> 'rules', '[]'::jsonb)`,
}

export function neonContracts(database: Desk): ContractStore {
  return {
    create: (celebrityId, input) =>
      refusedWrite(async () => {
        if (isAhead(input.signedAt)) return fail(SIGNED_AHEAD)
        const [[celebrity], known] = await askPlatform(
          database,
          database.select({ tenantId: celebrities.tenantId }).from(celebrities).where(eq(celebrities.id, celebrityId)),
          brandsOf(database, input.exclusivity),
        )
        if (!celebrity) return fail({ reason: 'not_found' })
        const errors = unknownBrands(input.exclusivity, known)
        if (errors.length > 0) return fail({ reason: 'request_invalid', errors })
        const id = newId<'contract'>()
        const { licenceScopes, territory, directShareBp, campaignShareBp } = input
        const [[row]] = await askPlatform(
          database,
          database
            .insert(contracts)
            .values({
              id,
              tenantId: celebrity.tenantId,
              celebrityId,
              licenceScopes: [...licenceScopes],
              territory,
              directShareBp,
              campaignShareBp,
              startsAt: new Date(input.startsAt),
              endsAt: toDate(input.endsAt),
              signedAt: toDate(input.signedAt),
              exclusivity: input.exclusivity && { rules: input.exclusivity },
            })
            .returning(shown),
          platformEvent(database, { tenantId: celebrity.tenantId, action: 'created', entity: 'contract', id, input }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),

    async list(celebrityId, page) {
      const [rows] = await askPlatform(
        database,
        database
          .select(shown)
          .from(contracts)
          .where(and(eq(contracts.celebrityId, celebrityId), afterRow(contracts, page.after)))
          .orderBy(asc(contracts.createdAt), asc(contracts.id))
          .limit(page.limit + 1),
      )
      return pageOf(rows, page)
    },

    async find(id) {
      const [[row]] = await askPlatform(database, database.select(shown).from(contracts).where(eq(contracts.id, id)))
      return row
    },

    update: (id, patch) =>
      refusedWrite(async () => {
        if (isAhead(patch.signedAt)) return fail(SIGNED_AHEAD)
        if (isAhead(patch.terminatedAt)) return fail(TERMINATED_AHEAD)
        const [[present], known] = await askPlatform(
          database,
          database.select({ tenantId: contracts.tenantId }).from(contracts).where(eq(contracts.id, id)),
          brandsOf(database, patch.exclusivity),
        )
        if (!present) return fail({ reason: 'not_found' })
        const errors = unknownBrands(patch.exclusivity, known)
        if (errors.length > 0) return fail({ reason: 'request_invalid', errors })
        const changes = {
          endsAt: toDate(patch.endsAt),
          signedAt: toDate(patch.signedAt),
          terminatedAt: toDate(patch.terminatedAt),
          exclusivity: patch.exclusivity && { rules: patch.exclusivity },
        }
        const [[row]] = await askPlatform(
          database,
          database.update(contracts).set(changes).where(eq(contracts.id, id)).returning(shown),
          platformEvent(database, {
            tenantId: present.tenantId,
            action: 'updated',
            entity: 'contract',
            id,
            input: patch,
          }),
        )
        return row ? ok(row) : fail({ reason: 'not_found' })
      }),
  }
}

type Rules = readonly ExclusivityRule[] | undefined

function brandsOf(database: Desk, rules: Rules = []) {
  const named = rules.flatMap(({ brandId }) => brandId ?? [])
  return database.select({ id: brands.id }).from(brands).where(inArray(brands.id, named))
}

/** A rule for a brand that is none would reserve its category for nobody, without saying so. */
function unknownBrands(rules: Rules = [], known: readonly { readonly id: Id<'brand'> }[]): FieldError[] {
  return rules.flatMap(({ brandId }, index) =>
    brandId === null || known.some(({ id }) => id === brandId)
      ? []
      : [{ field: `exclusivity[${index}].brandId`, message: 'is no brand' }],
  )
}

/** The doors take a contract with a signature as signed, so a signature that is still to come must not stand there. */
const SIGNED_AHEAD: Refusal = {
  reason: 'request_invalid',
  errors: [{ field: 'signedAt', message: 'must not be in the future' }],
}

/** The doors take a contract that was terminated as over, whenever that was, and nobody takes it back. */
const TERMINATED_AHEAD: Refusal = {
  reason: 'request_invalid',
  errors: [{ field: 'terminatedAt', message: 'must not be in the future: set `endsAt` instead' }],
}

function isAhead(instant: string | undefined): boolean {
  return instant !== undefined && Date.parse(instant) > Date.now()
}
