/** Identity keys, remembered in the isolate, apart from the records that pages are answered with. */
import { parseId } from '../../schema/domain/id.ts'
import type { Clock, IdentityKeys } from '../core/ports.ts'
import { remembered } from './remembered.ts'

/** One that forgets on demand: a key set in this isolate must hold for the next request in it. */
interface RememberedIdentityKeys extends IdentityKeys {
  clear(): void
}

export function rememberedIdentityKeys(source: IdentityKeys, clock: Clock): RememberedIdentityKeys {
  const memory = remembered(
    async (owner: string) => {
      const [tenant, deployment] = owner.split('/')
      const tenantId = parseId<'tenant'>(tenant)
      const id = parseId<'deployment'>(deployment)
      return tenantId && id && source.keyOf({ id, tenantId })
    },
    (key) => key !== undefined,
    clock,
  )
  return {
    keyOf: ({ id, tenantId }) => memory.ask(`${tenantId}/${id}`),
    clear: () => memory.clear(),
  }
}
