/** Lists by the place of the last row seen, so that rows written meanwhile are neither skipped nor repeated. */
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { parseId } from '../../../schema/domain/id.ts'
import type { Page, PageWish } from '../../core/admin/ports.ts'

/** True of rows younger than the one named; of all when none is. */
export function afterRow(
  table: PgTable & { readonly createdAt: PgColumn; readonly id: PgColumn },
  after: string | undefined,
): SQL | undefined {
  const id = parseId(after)
  if (id === undefined) return undefined
  return sql`(${table.createdAt}, ${table.id}) > (select seen.created_at, seen.id from ${table} as seen where seen.id = ${id})`
}

/** A page out of one row more than it holds. */
export function pageOf<T extends { readonly id: string }>(rows: readonly T[], { limit }: PageWish): Page<T> {
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
