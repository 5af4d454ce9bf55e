/** Stores of people and keys whose changes reach open lines: whoever loses a right loses the lines that were had by it. */
import { personIdOf } from '../../core/admin/actor.ts'
import type { AdminStores, PeopleLines } from '../../core/admin/ports.ts'

export function partingStores<S extends Pick<AdminStores, 'users' | 'memberships' | 'keys'>>(
  stores: S,
  lines: PeopleLines,
): S {
  const { users, memberships, keys } = stores
  return {
    ...stores,
    users: {
      ...users,
      async update(id, patch) {
        const written = await users.update(id, patch)
        if (written.ok && written.value.deactivatedAt !== null) await lines.gone(id, 0)
        return written
      },
    },
    memberships: {
      ...memberships,
      async remove(id) {
        const written = await memberships.remove(id)
        if (written.ok) await lines.gone(written.value.userId, 0)
        return written
      },
    },
    keys: {
      ...keys,
      async rotate(id, input) {
        const written = await keys.rotate(id, input)
        if (written.ok) {
          await lines.gone(personIdOf({ userId: written.value.key.userId, keyId: id }), input.overlapSeconds * 1000)
        }
        return written
      },
      async revoke(id) {
        const written = await keys.revoke(id)
        if (written.ok) await lines.gone(personIdOf({ userId: written.value.userId, keyId: id }), 0)
        return written
      },
    },
  }
}
