/** Who may do what: the table says it, and nothing beside the table. */
import { describe, expect, it } from 'vitest'
import { ADMIN_ROLES, TENANT_KINDS } from '../../../schema/domain/enums.ts'
import { newId } from '../../../schema/domain/id.ts'
import { ACCESS, refusedAccess, refusedBody } from './access.ts'
import type { Actor } from './actor.ts'

const holder = (over: Partial<Actor>): Actor => ({
  tenantId: newId(),
  tenantKind: 'CELEBRITY',
  userId: null,
  keyId: newId(),
  roles: ['OWNER'],
  scopes: ['read', 'write'],
  endsAt: null,
  ...over,
})
const routes = Object.keys(ACCESS)
const everyHolder = TENANT_KINDS.flatMap((tenantKind) =>
  ADMIN_ROLES.flatMap((role) => [holder({ tenantKind, roles: [role] })]),
)

describe('the table', () => {
  it('gives every route to the owners of the platform', () => {
    const owner = holder({ tenantKind: 'PLATFORM' })
    expect(routes.filter((route) => refusedAccess(owner, route))).toEqual([])
  })

  it.each(['GET /nothing', 'POST /celebrities/:id', 'toString', '__proto__', ''])(
    'has no line for %j: nobody',
    (route) => {
      for (const actor of everyHolder) expect(refusedAccess(actor, route)).toMatchObject({ reason: 'forbidden' })
    },
  )

  it('lets viewers write nothing, and a key that may only read change nothing', () => {
    const writes = routes.filter((route) => !route.startsWith('GET '))
    for (const tenantKind of TENANT_KINDS) {
      for (const route of writes) {
        expect(refusedAccess(holder({ tenantKind, roles: ['VIEWER'] }), route)).toBeDefined()
        expect(refusedAccess(holder({ tenantKind, scopes: ['read'] }), route)).toBeDefined()
        expect(refusedAccess(holder({ tenantKind, scopes: [] }), route)).toBeDefined()
      }
    }
  })

  it('gives nobody anything who has no role, such as a person who left the tenant', () => {
    for (const tenantKind of TENANT_KINDS) {
      expect(routes.filter((route) => !refusedAccess(holder({ tenantKind, roles: [] }), route))).toEqual([])
    }
  })

  it('keeps a brand from everything that is a celebrity’s, and an organization from both', () => {
    const open = (tenantKind: Actor['tenantKind']) =>
      routes.filter((route) => !refusedAccess(holder({ tenantKind }), route))
    const shared = /^\w+ \/(?:users|memberships|keys|events)/
    expect(open('ORGANIZATION').filter((route) => !shared.test(route))).toEqual([])
    expect(open('BRAND').filter((route) => !shared.test(route) && !/^\w+ \/(?:brands|campaigns)/.test(route))).toEqual(
      [],
    )
  })

  it('makes keys, people and contracts in the hands of owners and of the platform', () => {
    const editor = holder({ roles: ['EDITOR', 'APPROVER', 'VIEWER'] })
    for (const route of ['POST /keys', 'DELETE /keys/:id', 'POST /memberships', 'POST /users', 'PATCH /contracts/:id'])
      expect(refusedAccess(editor, route)).toBeDefined()
    expect(refusedAccess(holder({}), 'POST /celebrities/:celebrityId/contracts')).toBeDefined()
  })
})

describe('a body', () => {
  const brand = holder({ tenantKind: 'BRAND' })
  const celebrity = holder({})
  const approver = holder({ roles: ['APPROVER', 'VIEWER'] })
  const decider = holder({ tenantKind: 'PLATFORM', roles: ['APPROVER'] })
  it.each([
    ['a brand approving', brand, 'PATCH /campaigns/:id', { status: 'APPROVED' }],
    ['a brand making itself exclusive', brand, 'PATCH /campaigns/:id', { name: 'x', exclusive: true }],
    ['a brand setting its fee', brand, 'PATCH /campaigns/:id', { feeMinor: 1 }],
    ['a celebrity ending a campaign', celebrity, 'PATCH /campaigns/:id', { status: 'ENDED' }],
    ['a celebrity’s approver rewriting a text', approver, 'PATCH /knowledge/:id', { status: 'ACTIVE', text: 'x' }],
    ['a platform’s approver ending a campaign', decider, 'PATCH /campaigns/:id', { status: 'ENDED' }],
    ['a platform’s approver setting a fee', decider, 'PATCH /campaigns/:id', { feeMinor: 1 }],
    ['a platform’s approver moving a campaign', decider, 'PATCH /campaigns/:id', { endsAt: null }],
    ['a platform’s approver renaming a campaign', decider, 'PATCH /campaigns/:id', { name: 'x' }],
    ['a platform’s approver making a campaign exclusive', decider, 'PATCH /campaigns/:id', { exclusive: true }],
    ['a celebrity writing the brand’s words', celebrity, 'PATCH /campaigns/:id', { guidelines: {} }],
    ['a celebrity starting a campaign', celebrity, 'PATCH /campaigns/:id', { status: 'ACTIVE' }],
    ['a tenant suspending as VibeThink does', celebrity, 'PATCH /deployments/:id', { status: 'SUSPENDED' }],
    ['a key for another tenant', celebrity, 'POST /keys', { name: 'x', tenantId: newId() }],
    ['a membership elsewhere', brand, 'POST /memberships', { tenantId: newId() }],
  ])('is refused: %s', (_case, actor, route, body) => {
    expect(refusedAccess(actor, route)).toBeUndefined()
    expect(refusedBody(actor, route, body)).toMatchObject({ reason: 'forbidden' })
    expect(refusedBody(holder({ tenantKind: 'PLATFORM' }), route, body)).toBeUndefined()
  })

  it.each([
    [brand, 'PATCH /campaigns/:id', { guidelines: {}, name: 'x' }],
    [brand, 'PATCH /campaigns/:id', { status: 'ENDED' }],
    [brand, 'PATCH /campaigns/:id', { startsAt: '2030-01-01', endsAt: null, timeZone: 'UTC' }],
    [approver, 'PATCH /knowledge/:id', { status: 'ACTIVE' }],
    [holder({ roles: ['APPROVER', 'EDITOR'] }), 'PATCH /knowledge/:id', { status: 'ACTIVE', text: 'x' }],
    [decider, 'PATCH /campaigns/:id', { status: 'APPROVED', guidelinesVersion: 1 }],
    [holder({ tenantKind: 'PLATFORM', roles: ['APPROVER', 'EDITOR'] }), 'PATCH /campaigns/:id', { feeMinor: 1 }],
    [celebrity, 'PATCH /campaigns/:id', { status: 'REJECTED' }],
    [celebrity, 'PATCH /deployments/:id', { status: 'INACTIVE', greeting: 'Hi' }],
    [celebrity, 'PATCH /campaigns/:id', 'no object'],
  ])('passes where it says no more than it may (%#)', (actor, route, body) => {
    expect(refusedBody(actor, route, body)).toBeUndefined()
  })
})
