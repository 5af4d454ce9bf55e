/** Stores of people and keys whose changes reach open lines: whoever loses a right loses the lines that were had by it. */
import { errorFields, writeLog } from '../../../schema/domain/log-line.ts'
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
        if (written.ok) await told(() => lines.gone(written.value.userId, 0))
        return written
      },
    },
    keys: {
      ...keys,
      async rotate(id, input) {
        const written = await keys.rotate(id, input)
        if (written.ok) {
          const personId = personIdOf({ userId: written.value.key.userId, keyId: id })
          await told(() => lines.gone(personId, input.overlapSeconds * 1000))
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

/**
 * After what cannot be asked for a second time: a new key's secret is in this answer and in no other. It goes out whether
 * the lines were reached or not; an object that was just restarted is reached at the second call.
 */
async function told(tell: () => Promise<void>): Promise<void> {
  try {
    await tell().catch(tell)
  } catch (error) {
    writeLog('error', 'lines_not_told', errorFields(error))
  }
}
