/**
 * Which deployments a change of something is felt at, whoever made it: a brand's campaign runs in a celebrity's place. The
 * ids go to hubs and into no answer.
 */
import { eq } from 'drizzle-orm'
import type { Database } from '../../../schema/db/database.ts'
import { contracts } from '../../../schema/db/tables/celebrities.ts'
import { deployments } from '../../../schema/db/tables/deployments.ts'
import type { Reach } from '../../core/admin/ports.ts'
import { askForPlatform } from './ask-platform.ts'

export function neonReach(database: Database): Reach {
  const idsWhere = async (condition: ReturnType<typeof eq>) => {
    const [rows] = await askForPlatform(
      database,
      database.select({ id: deployments.id }).from(deployments).where(condition),
    )
    return rows.map(({ id }) => id)
  }
  return {
    celebrities: (id) => idsWhere(eq(deployments.celebrityId, id)),
    brands: (id) => idsWhere(eq(deployments.brandId, id)),
    campaigns: (id) => idsWhere(eq(deployments.campaignId, id)),
    async contracts(id) {
      const [[contract]] = await askForPlatform(
        database,
        database.select({ celebrityId: contracts.celebrityId }).from(contracts).where(eq(contracts.id, id)),
      )
      return contract ? idsWhere(eq(deployments.celebrityId, contract.celebrityId)) : []
    },
    deployments: (id) => Promise.resolve([id]),
  }
}
