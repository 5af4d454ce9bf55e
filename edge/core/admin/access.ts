/**
 * Who may do what on the admin route: one line a route, and what has no line is done by nobody. It says what kind of tenant
 * a key must be of, in which roles, and how far the key must reach; *whose* rows are seen is the database's to say. Pure.
 */
import type { AdminRole, KeyScope, TenantKind } from '../../../schema/domain/enums.ts'
import type { Refusal } from '../refusal.ts'
import type { Actor } from './actor.ts'

interface Access {
  readonly scope: KeyScope
  readonly may: Readonly<Partial<Record<TenantKind, readonly AdminRole[]>>>
  /** What a role of a kind of tenant may write in the body; left out: everything that the route takes. */
  readonly limits?: Readonly<Partial<Record<TenantKind, ByRole>>>
}

type ByRole = Readonly<Partial<Record<AdminRole, Limits>>>

interface Limits {
  /** The only members that may be given. */
  readonly fields?: readonly string[]
  /** The only words that a member may be given. */
  readonly words?: Readonly<Record<string, readonly string[]>>
}

const EVERYBODY = ['OWNER', 'EDITOR', 'APPROVER', 'VIEWER'] as const
const EDITORS = ['OWNER', 'EDITOR'] as const
const APPROVERS = ['OWNER', 'APPROVER'] as const
/** Whoever may read what visitors say. */
const SPEAKERS = ['OWNER', 'EDITOR', 'APPROVER'] as const
const OWNERS = ['OWNER'] as const

/** The platform's side and the celebrity's. */
const ofTwin = (platform: readonly AdminRole[], celebrity: readonly AdminRole[]): Access['may'] => ({
  PLATFORM: platform,
  CELEBRITY: celebrity,
})
const ofAnyTenant = (roles: readonly AdminRole[]): Access['may'] => ({
  PLATFORM: roles,
  CELEBRITY: roles,
  BRAND: roles,
  ORGANIZATION: roles,
})

/** A tenant pauses and resumes; what VibeThink has suspended or archived, VibeThink alone brings back. */
const TENANTS_STATUSES = ['ACTIVE', 'INACTIVE']
/** Whose key it is comes from the key that makes it. */
const KEY_FIELDS = ['name', 'userId', 'role', 'scopes', 'expiresAt']
const MEMBERSHIP_FIELDS = ['userId', 'role']

const read = (may: Access['may']): Access => ({ scope: 'read', may })
const write = (may: Access['may'], limits?: Access['limits']): Access => ({
  scope: 'write',
  may,
  ...(limits === undefined ? {} : { limits }),
})
const forEveryRole = (limits: Limits): ByRole => ({ OWNER: limits, EDITOR: limits, APPROVER: limits, VIEWER: limits })
const forEveryTenant = (limits: Limits): Access['limits'] => ({
  CELEBRITY: forEveryRole(limits),
  BRAND: forEveryRole(limits),
  ORGANIZATION: forEveryRole(limits),
})

/** Whoever decides a campaign says yes or no to what stands there, and changes nothing of it. */
const DECISIONS: Limits = { fields: ['status', 'guidelinesVersion'], words: { status: ['APPROVED', 'REJECTED'] } }
/** The brand's own words, and its request while it is one: of what kind it must stand for that, the store asks. */
const PROPOSALS: Limits = {
  fields: ['name', 'guidelines', 'startsAt', 'endsAt', 'timeZone', 'status'],
  words: { status: ['ENDED'] },
}

/** By method and path under `/admin/v1`, as the routes are written. */
export const ACCESS: Readonly<Record<string, Access>> = {
  'GET /celebrities': read(ofTwin(EVERYBODY, EVERYBODY)),
  'POST /celebrities': write({ PLATFORM: EDITORS }),
  'GET /celebrities/:id': read(ofTwin(EVERYBODY, EVERYBODY)),
  'PATCH /celebrities/:id': write(ofTwin(EDITORS, EDITORS), {
    CELEBRITY: forEveryRole({ words: { status: TENANTS_STATUSES } }),
  }),

  'GET /celebrities/:celebrityId/contracts': read(ofTwin(EVERYBODY, EVERYBODY)),
  'POST /celebrities/:celebrityId/contracts': write({ PLATFORM: EDITORS }),
  'GET /contracts/:id': read(ofTwin(EVERYBODY, EVERYBODY)),
  'PATCH /contracts/:id': write({ PLATFORM: EDITORS }),

  'GET /celebrities/:celebrityId/knowledge': read(ofTwin(EVERYBODY, EVERYBODY)),
  'POST /celebrities/:celebrityId/knowledge': write(ofTwin(EDITORS, EDITORS)),
  'GET /knowledge/:id': read(ofTwin(EVERYBODY, EVERYBODY)),
  'PATCH /knowledge/:id': write(ofTwin(EDITORS, SPEAKERS), { CELEBRITY: { APPROVER: { fields: ['status'] } } }),

  'GET /brands': read({ PLATFORM: EVERYBODY, BRAND: EVERYBODY }),
  'POST /brands': write({ PLATFORM: EDITORS }),
  'GET /brands/:id': read({ PLATFORM: EVERYBODY, BRAND: EVERYBODY }),
  // what kind of brand it is decides beside whom it may stand: not its own to say
  'PATCH /brands/:id': write(
    { PLATFORM: EDITORS, BRAND: EDITORS },
    { BRAND: forEveryRole({ fields: ['name', 'website'] }) },
  ),

  'GET /campaigns': read({ PLATFORM: EVERYBODY, CELEBRITY: EVERYBODY, BRAND: EVERYBODY }),
  'POST /campaigns': write({ PLATFORM: EDITORS, BRAND: EDITORS }),
  'GET /campaigns/:id': read({ PLATFORM: EVERYBODY, CELEBRITY: EVERYBODY, BRAND: EVERYBODY }),
  // the brand proposes, the celebrity decides; what is agreed on and what is paid is changed by the platform
  'PATCH /campaigns/:id': write(
    { PLATFORM: SPEAKERS, CELEBRITY: APPROVERS, BRAND: EDITORS },
    { PLATFORM: { APPROVER: DECISIONS }, CELEBRITY: forEveryRole(DECISIONS), BRAND: forEveryRole(PROPOSALS) },
  ),

  'GET /deployments': read(ofTwin(EVERYBODY, EVERYBODY)),
  'POST /deployments': write(ofTwin(EDITORS, EDITORS)),
  'GET /deployments/:id': read(ofTwin(EVERYBODY, EVERYBODY)),
  'PATCH /deployments/:id': write(ofTwin(EDITORS, EDITORS), {
    CELEBRITY: forEveryRole({ words: { status: [...TENANTS_STATUSES, 'SCHEDULED'] } }),
  }),
  'POST /deployments/:id/revoke-sessions': write(ofTwin(EDITORS, EDITORS)),

  // what may be spent is agreed on with the platform
  'GET /celebrities/:id/budgets': read(ofTwin(EVERYBODY, EVERYBODY)),
  'PUT /celebrities/:id/budgets': write({ PLATFORM: EDITORS }),
  'DELETE /celebrities/:id/budgets': write({ PLATFORM: EDITORS }),
  'GET /deployments/:id/budgets': read(ofTwin(EVERYBODY, EVERYBODY)),
  'PUT /deployments/:id/budgets': write({ PLATFORM: EDITORS }),
  'DELETE /deployments/:id/budgets': write({ PLATFORM: EDITORS }),
  'GET /campaigns/:id/budgets': read(ofTwin(EVERYBODY, EVERYBODY)),
  'PUT /campaigns/:id/budgets': write({ PLATFORM: EDITORS }),
  'DELETE /campaigns/:id/budgets': write({ PLATFORM: EDITORS }),

  'GET /deployments/:id/identity-key': read(ofTwin(EVERYBODY, EVERYBODY)),
  'PUT /deployments/:id/identity-key': write(ofTwin(EDITORS, EDITORS)),
  'DELETE /deployments/:id/identity-key': write(ofTwin(EDITORS, EDITORS)),

  'GET /deployments/:deploymentId/allowed-domains': read(ofTwin(EVERYBODY, EVERYBODY)),
  'POST /deployments/:deploymentId/allowed-domains': write(ofTwin(EDITORS, EDITORS)),
  'GET /allowed-domains/:id': read(ofTwin(EVERYBODY, EVERYBODY)),
  'PATCH /allowed-domains/:id': write(ofTwin(EDITORS, EDITORS)),
  'DELETE /allowed-domains/:id': write(ofTwin(EDITORS, EDITORS)),

  'GET /deployments/:deploymentId/domains': read(ofTwin(EVERYBODY, EVERYBODY)),
  'POST /deployments/:deploymentId/domains': write(ofTwin(EDITORS, EDITORS)),
  'GET /domains/:id': read(ofTwin(EVERYBODY, EVERYBODY)),
  'POST /domains/:id/check': write(ofTwin(EDITORS, EDITORS)),
  'DELETE /domains/:id': write(ofTwin(EDITORS, EDITORS)),

  'GET /conversations': read(ofTwin(SPEAKERS, SPEAKERS)),
  'GET /conversations/:id/stream': read(ofTwin(SPEAKERS, SPEAKERS)),
  'GET /conversations/:id/line': write(ofTwin(SPEAKERS, SPEAKERS)),
  'POST /conversations/:id/frames': write(ofTwin(SPEAKERS, SPEAKERS)),

  'GET /users': read(ofAnyTenant(EVERYBODY)),
  'POST /users': write({ PLATFORM: OWNERS }),
  'GET /users/:id': read(ofAnyTenant(EVERYBODY)),
  'PATCH /users/:id': write({ PLATFORM: OWNERS }),

  'GET /memberships': read(ofAnyTenant(EVERYBODY)),
  'POST /memberships': write(ofAnyTenant(OWNERS), forEveryTenant({ fields: MEMBERSHIP_FIELDS })),
  'GET /memberships/:id': read(ofAnyTenant(EVERYBODY)),
  'DELETE /memberships/:id': write(ofAnyTenant(OWNERS)),

  'GET /keys': read(ofAnyTenant(OWNERS)),
  'POST /keys': write(ofAnyTenant(OWNERS), forEveryTenant({ fields: KEY_FIELDS })),
  'GET /keys/:id': read(ofAnyTenant(OWNERS)),
  'POST /keys/:id/rotation': write(ofAnyTenant(OWNERS)),
  'DELETE /keys/:id': write(ofAnyTenant(OWNERS)),

  'GET /events': read(ofAnyTenant(EVERYBODY)), // without those of keys for whoever may not see keys
}

/** May this be done with that key at all? Asked before anything is looked up, so that the answer tells of no row. */
export function refusedAccess({ tenantKind, roles, scopes }: Actor, route: string): Refusal | undefined {
  const access = Object.hasOwn(ACCESS, route) ? ACCESS[route] : undefined
  if (!access) return { reason: 'forbidden', detail: 'No key may do this.' }
  const may = access.may[tenantKind]
  if (!may) return { reason: 'forbidden', detail: 'This is not for keys of this kind of tenant.' }
  if (!roles.some((role) => may.includes(role)))
    return { reason: 'forbidden', detail: `This needs one of the roles ${may.join(', ')}.` }
  if (!scopes.includes(access.scope))
    return { reason: 'forbidden', detail: `This needs a key that may ${access.scope}.` }
  return undefined
}

/** May keys be seen with that key: in the list of keys, and in that of what happened? */
export function mayReadKeys(actor: Actor): boolean {
  return refusedAccess(actor, 'GET /keys') === undefined
}

/** Does the route take less from this key than from others? */
export function hasLimits(actor: Actor, route: string): boolean {
  return limitsOf(actor, route).length > 0
}

/**
 * The first thing in a body that this key may not write: one of its roles must allow all of it. What is no object is the
 * route's to refuse.
 */
export function refusedBody(actor: Actor, route: string, body: unknown): Refusal | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const refusals = limitsOf(actor, route).map((limits) => beyond(limits, body))
  return refusals.includes(undefined) ? undefined : refusals[0]
}

/** The limits of each role by which somebody may do this; none, if one of the roles has none. */
function limitsOf({ tenantKind, roles }: Actor, route: string): readonly Limits[] {
  const access = Object.hasOwn(ACCESS, route) ? ACCESS[route] : undefined
  const acting = roles.filter((role) => access?.may[tenantKind]?.includes(role))
  const limits = acting.flatMap((role) => access?.limits?.[tenantKind]?.[role] ?? [])
  return limits.length === acting.length ? limits : []
}

function beyond({ fields, words }: Limits, body: object): Refusal | undefined {
  for (const [field, value] of Object.entries(body)) {
    if (fields && !fields.includes(field))
      return { reason: 'forbidden', detail: `Keys of this kind and role may give ${fields.join(', ')} alone.` }
    const allowed = words && Object.hasOwn(words, field) ? words[field] : undefined
    if (allowed && !allowed.some((word) => word === value))
      return {
        reason: 'forbidden',
        detail: `Keys of this kind and role may set ${field} to ${allowed.join(' or ')} alone.`,
      }
  }
  return undefined
}
