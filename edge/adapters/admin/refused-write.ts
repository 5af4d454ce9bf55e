/** Turns what the database's own rules refuse into a refusal with words; anything else stays an error. */
import { fail } from '../../../schema/domain/result.ts'
import type { Result } from '../../../schema/domain/result.ts'
import { readCollisions, wordsOfCollision } from '../../core/admin/read-collisions.ts'
import type { Refusal } from '../../core/refusal.ts'

const TAKEN: Readonly<Record<string, string>> = {
  tenants_slug_unique: 'This slug is taken.',
  celebrities_tenant_slug_key: 'This slug is taken.',
  brands_tenant_slug_key: 'This slug is taken.',
  campaigns_brand_slug_key: 'The brand has a campaign with this slug already.',
  allowed_domains_origin_key: 'This origin is allowed already.',
  users_email_key: 'There is somebody with this e-mail address.',
  memberships_tenant_id_user_id_role_pk: 'This person has this role already.',
  api_keys_rotated_from_key: 'This key was rotated already: rotate the one that took its place.',
  domains_held_key: 'This hostname is in use already.', // of the own machine, where nothing is proved
  domains_claim_key: 'This deployment has this hostname already.',
}

/** Runs a write; rows that may not exist beside the present ones are a `conflict`. */
export async function refusedWrite<T>(write: () => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
  try {
    return await write()
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return fail(refusal)
  }
}

const UNIQUE_VIOLATION = '23505'
const CHECK_VIOLATION = '23514'
const EXCLUSION_VIOLATION = '23P01'

/** Whether a row may not exist beside one of the present ones. */
export function violatesUnique(error: unknown): boolean {
  return refusalOf(error)?.reason === 'conflict'
}

function refusalOf(error: unknown): Refusal | undefined {
  // Drizzle wraps the driver's error in one of its own.
  for (let link = error, depth = 0; link instanceof Error && depth < 4; link = link.cause, depth += 1) {
    if (!('code' in link)) continue
    const constraint = 'constraint' in link && typeof link.constraint === 'string' ? link.constraint : ''
    if (link.code === UNIQUE_VIOLATION)
      return { reason: 'conflict', detail: TAKEN[constraint] ?? 'This exists already.' }
    if (link.code === CHECK_VIOLATION && constraint.endsWith('_term_check'))
      return { reason: 'request_invalid', errors: [{ field: 'endsAt', message: 'must be after startsAt' }] }
    if (link.code === EXCLUSION_VIOLATION && constraint === 'campaigns_exclusivity') {
      const collisions = readCollisions('detail' in link && typeof link.detail === 'string' ? link.detail : '')
      return { reason: 'conflict', detail: wordsOfCollision(collisions), ...(collisions.length > 0 && { collisions }) }
    }
  }
  return undefined
}
