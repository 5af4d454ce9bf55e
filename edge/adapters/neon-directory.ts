/** Asks Neon what lives where, through the functions that answer public configuration only. */
import { resolveDeployment, resolveHost } from '../../schema/db/resolve.ts'
import type { Database } from '../../schema/db/database.ts'
import { StoreUnavailable } from '../core/ports.ts'
import type { TwinDirectory } from '../core/ports.ts'

/** A visitor waits at a door for so long; then what is remembered answers, or an honest "not now". */
const TIMEOUT_MS = 4_000

export function neonDirectory(database: Database): TwinDirectory {
  return {
    findById: (deploymentId) => inTime(resolveDeployment(database, deploymentId)),
    findByHost: async (host) => {
      const [record, second] = await inTime(resolveHost(database, { host }))
      return second ? undefined : record // hostnames are unique; two would mean that one of them is not the host's
    },
    findBySlug: (celebritySlug) => inTime(resolveHost(database, { celebritySlug })),
  }
}

async function inTime<T>(question: Promise<T>): Promise<T> {
  let stopWaiting = (): void => {}
  const tooLate = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new StoreUnavailable('the database did not answer in time')), TIMEOUT_MS)
    stopWaiting = () => clearTimeout(timer)
  })
  try {
    return await Promise.race([question, tooLate])
  } finally {
    stopWaiting()
  }
}
