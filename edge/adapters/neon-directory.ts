/** Asks Neon what lives where, through the functions that answer public configuration only. */
import { resolveDeployment, resolveHost } from '../../schema/db/resolve.ts'
import type { Database } from '../../schema/db/database.ts'
import type { TwinDirectory } from '../core/ports.ts'
import { inTime } from './in-time.ts'

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
