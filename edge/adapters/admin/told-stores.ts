/**
 * Stores whose changes reach open lines: whatever may end a visitor's right to talk is told to the hubs of the deployments
 * it is felt at. They hear of it before it is written, so that a Worker that dies between the two leaves an alarm behind,
 * and once it is.
 */
import type { AdminStores, DeploymentHubs, Reach, Written } from '../../core/admin/ports.ts'
import type { Id } from '../../../schema/domain/id.ts'

/** A hub that hears nothing more looks by itself after so long. */
const FORETOLD_MS = 10_000

export function toldStores<S extends Pick<AdminStores, keyof Reach | 'allowedDomains'>>(
  stores: S,
  reach: Reach,
  hubs: DeploymentHubs,
): S {
  const { brands, celebrities, contracts, campaigns, deployments, allowedDomains } = stores
  const revokeSessions = told(deployments, deployments.revokeSessions, reach.deployments, hubs)
  /** Whoever talks there asks for a new session: pages that are still allowed are given one, and the others are told why not. */
  const asking = async <T extends { readonly deploymentId: Id<'deployment'> }>(writing: Written<T>): Written<T> => {
    const written = await writing
    if (written.ok) await revokeSessions(written.value.deploymentId)
    return written
  }
  return {
    ...stores,
    brands: { ...brands, update: told(brands, brands.update, reach.brands, hubs) },
    celebrities: { ...celebrities, update: told(celebrities, celebrities.update, reach.celebrities, hubs) },
    contracts: { ...contracts, update: told(contracts, contracts.update, reach.contracts, hubs) },
    campaigns: { ...campaigns, update: told(campaigns, campaigns.update, reach.campaigns, hubs) },
    deployments: {
      ...deployments,
      update: told(deployments, deployments.update, reach.deployments, hubs),
      revokeSessions,
    },
    allowedDomains: {
      ...allowedDomains,
      update: (id, changes) => asking(allowedDomains.update(id, changes)),
      remove: (id) => asking(allowedDomains.remove(id)),
    },
  }
}

function told<I extends string, A extends readonly unknown[], T>(
  store: { find(id: I): Promise<unknown> },
  write: (id: I, ...rest: A) => Written<T>,
  reach: (id: I) => Promise<readonly Id<'deployment'>[]>,
  hubs: DeploymentHubs,
): (id: I, ...rest: A) => Written<T> {
  return async (id, ...rest) => {
    // what is not theirs is looked for no further: it must take no longer than what is not there
    const concerned = (await store.find(id)) === undefined ? [] : await reach(id)
    // a hub that cannot be reached must not stand in the way of a pause: it is told again below
    await hubs.look(concerned, FORETOLD_MS).catch(() => undefined)
    const written = await write(id, ...rest)
    if (written.ok) await hubs.look(concerned, 0)
    return written
  }
}
