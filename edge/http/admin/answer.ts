/** The three forms in which the admin route answers: what was written, what was found, a page of a list. */
import type { Page, PageWish } from '../../core/admin/ports.ts'
import type { Refusal } from '../../core/refusal.ts'
import { fail, ok } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { parseId } from '../../../schema/domain/id.ts'
import { problem } from '../problem.ts'

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const MAX_PAGE = 50

export function answerWritten<T>(written: Result<T, Refusal>, status: 200 | 201 = 200): Response {
  return written.ok ? Response.json(written.value, { status, headers: HEADERS }) : problem(written.failure)
}

export function answerFound<T>(found: T | undefined): Response {
  return found === undefined ? problem({ reason: 'not_found' }) : Response.json(found, { headers: HEADERS })
}

export async function answerPage<T>(url: string, list: (wish: PageWish) => Promise<Page<T>>): Promise<Response> {
  const wish = pageWish(new URL(url).searchParams)
  return wish.ok ? Response.json(await list(wish.value), { headers: HEADERS }) : problem(wish.failure)
}

function pageWish(query: URLSearchParams): Result<PageWish, Refusal> {
  const limit = query.get('limit') ?? String(MAX_PAGE)
  const after = query.get('after') ?? undefined
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > MAX_PAGE)
    return fail({
      reason: 'request_invalid',
      errors: [{ field: 'limit', message: `must be a whole number from 1 to ${MAX_PAGE}` }],
    })
  if (after !== undefined && !parseId(after))
    return fail({
      reason: 'request_invalid',
      errors: [{ field: 'after', message: 'must be the `next` of the page before' }],
    })
  return ok({ limit: Number(limit), after })
}
