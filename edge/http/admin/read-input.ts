/** A request body as the resource wants it, or the refusal that names every field that is wrong. */
import type { Refusal } from '../../core/refusal.ts'
import { check } from '../../core/validate.ts'
import type { Rule } from '../../core/validate.ts'
import { fail } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { readJson } from '../read-json.ts'

export const MAX_BODY_BYTES = 256 * 1024

export async function readInput<T>(request: Request, rule: Rule<T>): Promise<Result<T, Refusal>> {
  const body = await readJson(request, MAX_BODY_BYTES)
  if (!body.ok) return body
  const checked = check(rule, body.value)
  return checked.ok ? checked : fail({ reason: 'request_invalid', errors: checked.failure })
}

/** As {@link readInput}, and something must change: an empty patch is a mistake worth telling. */
export async function readPatch<T extends object>(request: Request, rule: Rule<T>): Promise<Result<T, Refusal>> {
  const patch = await readInput(request, rule)
  if (!patch.ok || Object.values(patch.value).some((value) => value !== undefined)) return patch
  return fail({ reason: 'request_invalid', errors: [{ field: '', message: 'must change something' }] })
}
