/** The way to deployments' hubs: for rooms that open and close, for the admin route, and from one hub to another. */
import type { Id } from '../../../schema/domain/id.ts'
import type { HubCalls, Standing } from '../../../schema/domain/standing.ts'
import { StoreUnavailable } from '../../core/ports.ts'
import type { DeploymentHubs } from '../../core/admin/ports.ts'

/** What of the namespace is needed here. */
interface Hubs {
  getByName(name: string): HubCalls
}

interface Place {
  readonly deploymentId: Id<'deployment'>
  readonly conversationId: Id<'conversation'>
}

interface DurableHubs extends DeploymentHubs {
  enter(place: Place): Promise<Standing>
  leave(place: Place): Promise<void>
}

/** Each hub that is asked keeps the whole list and sees to it, so one that hears is enough. */
const MAX_ASKED = 4

export function durableHubs(hubs: Hubs): DurableHubs {
  return {
    enter: ({ deploymentId, conversationId }) => hubs.getByName(deploymentId).enter(deploymentId, conversationId),
    leave: ({ deploymentId, conversationId }) => hubs.getByName(deploymentId).leave(conversationId),
    async look(deploymentIds, inMs) {
      let cause: unknown
      const [first] = deploymentIds
      if (first === undefined) return
      const asked = [...deploymentIds.slice(0, MAX_ASKED), first]
      for (const id of asked) {
        try {
          return await hubs.getByName(id).look(id, deploymentIds, inMs)
        } catch (error) {
          cause = error // an object that moves or restarts is there again in a moment
        }
      }
      throw new StoreUnavailable('no hub could be told', { cause })
    },
  }
}
