/** VibeThink is a tenant of its own platform; the migrations put it there. */
import { parseId, type Id } from './id.ts'

/** Slug of the platform's own tenant. */
export const PLATFORM_TENANT_SLUG = 'vito-internal'

/** Id of the platform's own tenant: what belongs to no customer belongs to it. */
export function platformTenantId(): Id<'tenant'> {
  const id = parseId<'tenant'>('00000000-0000-4000-8000-000000000001')
  if (!id) throw new Error('The platform tenant has no valid id.')
  return id
}
