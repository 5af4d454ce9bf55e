/**
 * One object a deployment: the only place that knows which of its rooms have open lines. Who pauses or revokes something
 * tells it; it asks the database how things stand and tells the rooms. Rooms that are idle sleep on until then.
 */
import { DurableObject } from 'cloudflare:workers'
import type { Id } from '../../../schema/domain/id.ts'
import type { HubCalls, Standing } from '../../../schema/domain/standing.ts'
import { openHubBook } from './hub-book.ts'
import { hubWork, type HubPorts, type HubWork } from './hub-work.ts'

/** The Worker's class adds whom it asks and whom it tells. */
export abstract class DeploymentHubShell<Env extends Cloudflare.Env = Cloudflare.Env>
  extends DurableObject<Env>
  implements HubCalls
{
  #work: HubWork | undefined

  protected abstract composePorts(): HubPorts
  protected abstract report(error: unknown): void

  enter(deploymentId: Id<'deployment'>, conversationId: Id<'conversation'>): Promise<Standing> {
    return this.#begin().enter(deploymentId, conversationId)
  }

  leave(conversationId: Id<'conversation'>): Promise<void> {
    return this.#begin().leave(conversationId)
  }

  look(own: Id<'deployment'>, deploymentIds: readonly Id<'deployment'>[], inMs: number): Promise<void> {
    return this.#begin().look(own, deploymentIds, inMs)
  }

  override async alarm(): Promise<void> {
    await this.#begin().run()
  }

  #begin(): HubWork {
    return (this.#work ??= hubWork({
      book: openHubBook(this.ctx.storage),
      ports: this.composePorts(),
      clock: () => Date.now(),
      setAlarm: (at) => this.ctx.storage.setAlarm(at),
      report: (error) => this.report(error),
    }))
  }
}
