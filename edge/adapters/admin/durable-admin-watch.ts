/**
 * Counts wrong keys where they come from, in one object an address. Of all that is told, so many an hour are written down
 * and the rest are counted: whoever guesses from a hundred thousand addresses fills no table.
 */
import type { AdminWatch } from '../../core/admin/ports.ts'
import type { AddressDigest } from '../../core/ports.ts'
import { StoreUnavailable } from '../../core/ports.ts'
import type { Look, Miss } from './door-watch.ts'

/** What of a Durable Object namespace is needed here. */
interface WatchNamespace {
  getByName(name: string): {
    look(prefix: string): Promise<Look>
    miss(prefix: string, notable: boolean): Promise<Miss>
    hit(prefix: string): Promise<void>
    isNews(): Promise<boolean>
    mayTell(): Promise<boolean>
  }
}

/** Whoever comes from nowhere, as on an own machine, comes from one place. */
const NOWHERE = 'nowhere'
/** Stands for keys of no form of ours. */
const NO_FORM = 'none'

interface DurableAdminWatch extends AdminWatch {
  /** One security event more of this kind: is there still room for it this hour? */
  mayTell(kind: string): Promise<boolean>
}

export function durableAdminWatch(watches: WatchNamespace, addresses: AddressDigest): DurableAdminWatch {
  const ask = async <T>(question: Promise<T>): Promise<T> => {
    try {
      return await question
    } catch (error) {
      throw new StoreUnavailable('the watch at the door did not answer', { cause: error })
    }
  }
  const digestOf = async (address: string | undefined): Promise<string> =>
    address === undefined ? NOWHERE : addresses.of(address)
  const watchOf = (digest: string) => watches.getByName(`address:${digest}`)
  return {
    async look(address, name) {
      const watch = watchOf(await digestOf(address))
      return ask(watch.look(name ?? NO_FORM))
    },
    async miss(address, name, notable) {
      const digest = await digestOf(address)
      return { ...(await ask(watchOf(digest).miss(name ?? NO_FORM, notable))), from: digest }
    },
    async hit(address, name) {
      await ask(watchOf(await digestOf(address)).hit(name ?? NO_FORM))
    },
    refused: (keyId) => ask(watches.getByName(`key:${keyId}`).isNews()),
    mayTell: (kind) => ask(watches.getByName(`told:${kind}`).mayTell()),
  }
}
