/** What follows a change of people and keys, when the lines it ends cannot be reached. */
import { describe, expect, it, vi } from 'vitest'
import { ok } from '../../../schema/domain/result.ts'
import { uuid } from '../../testing/nova.ts'
import { partingStores } from './parting-stores.ts'

const ID = uuid<'key'>('60000000-0000-8000-8000-000000000001')
const key = {
  id: ID,
  tenantId: uuid<'tenant'>('60000000-0000-8000-8000-000000000002'),
  userId: null,
  name: 'k',
  prefix: 'vtw_test_00000000',
  scopes: [],
  role: 'VIEWER' as const,
  createdAt: new Date(0),
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  rotatedFrom: null,
}
const membership = {
  id: uuid<'membership'>('60000000-0000-8000-8000-000000000003'),
  userId: uuid<'user'>('60000000-0000-8000-8000-000000000004'),
  tenantId: key.tenantId,
  role: 'VIEWER' as const,
  createdAt: new Date(0),
}
const unused = (..._given: readonly unknown[]): Promise<never> => Promise.reject(new Error('is not asked here'))
const stores = {
  users: { create: unused, update: unused, list: unused, find: unused },
  memberships: {
    create: unused,
    list: unused,
    find: unused,
    remove: (..._given: readonly unknown[]) => Promise.resolve(ok(membership)),
  },
  keys: {
    create: unused,
    list: unused,
    find: unused,
    rotate: (..._given: readonly unknown[]) => Promise.resolve(ok({ key, secret: 'the new one' })),
    revoke: (..._given: readonly unknown[]) => Promise.resolve(ok(key)),
  },
}
/** Lines that cannot be reached so many times. */
function unreachable(times: number) {
  const told: string[] = []
  const gone = (personId: string): Promise<void> => {
    told.push(personId)
    return told.length <= times ? Promise.reject(new Error('the object was restarted')) : Promise.resolve()
  }
  return { told, lines: { enter: unused, gone } }
}

describe('lines that cannot be reached', () => {
  it('do not cost whoever rotates a key its successor, which no other answer holds', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { lines } = unreachable(Infinity)
    const rotated = await partingStores(stores, lines).keys.rotate(ID, { overlapSeconds: 0 })
    expect(rotated).toMatchObject({ ok: true, value: { secret: 'the new one' } })
    expect(said.mock.calls.join()).toContain('lines_not_told')
    said.mockRestore()
  })

  it('are told at the second call when the first met a restart', async () => {
    const { lines, told } = unreachable(1)
    await partingStores(stores, lines).memberships.remove(membership.id)
    expect(told).toEqual([membership.userId, membership.userId])
  })

  it('leave a revocation, which can be sent again, unanswered', async () => {
    const { lines } = unreachable(Infinity)
    await expect(partingStores(stores, lines).keys.revoke(ID)).rejects.toThrow('restarted')
  })
})
