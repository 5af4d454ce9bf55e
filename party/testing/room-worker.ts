/** A Worker that is nothing but the room, with its own adapters on a world the test owns. Never deployed. */
import { builtinReplyModel } from '../adapters/builtin-reply-model.ts'
import { openaiReplyModel } from '../adapters/openai-reply-model.ts'
import type { BudgetAnswer } from '../../schema/domain/budget.ts'
import type { Archive, BudgetGate, FloodGate, RoomPorts, TwinContext, TwinDirectory } from '../core/ports.ts'
import { TwinRoomShell } from '../twin-room.ts'
import { QUIET_HUB } from './quiet-hub.ts'

interface TestEnv extends Cloudflare.Env {
  readonly TwinRoom: DurableObjectNamespace<TwinRoom>
  readonly WORLD_URL: string
  /** Makes the ports themselves fail. */
  readonly BROKEN: string
}

export class TwinRoom extends TwinRoomShell<TestEnv> {
  protected override composePorts(): RoomPorts {
    if (this.env.BROKEN) throw new Error('a secret stands in this message')
    return {
      model: openaiReplyModel({
        apiKey: 'test',
        baseUrl: `${this.env.WORLD_URL}/v1`,
        model: 'scripted',
        firstTokenTimeoutMs: 1_500,
        idleTimeoutMs: 1_500, // far beyond what a stop may take, so that no timeout does a stop's work
      }),
      fallbackModel: builtinReplyModel(),
      directory: worldDirectory(this.env.WORLD_URL),
      archive: worldArchive(this.env.WORLD_URL),
      floodGate: worldFloodGate(this.env.WORLD_URL),
      hub: QUIET_HUB,
      budgets: worldBudgets(this.env.WORLD_URL),
      timing: { turnGuardMs: 400, contextFreshMs: 0, outboxRetryMs: 50, outboxRetryMaxMs: 200, linePatienceMs: 400 },
    }
  }
}

function worldDirectory(url: string): TwinDirectory {
  return {
    async load() {
      const answer = await fetch(`${url}/directory`)
      if (!answer.ok) throw new Error(`The directory answered ${answer.status}.`)
      return answer.json<TwinContext | null>()
    },
  }
}

function worldFloodGate(url: string): FloodGate {
  return {
    async said({ visitorId }) {
      const answer = await fetch(`${url}/flood`, { method: 'POST', body: visitorId })
      if (!answer.ok) throw new Error(`The flood gate answered ${answer.status}.`)
      return answer.json<number>()
    },
  }
}

function worldBudgets(url: string): BudgetGate {
  const ask = async (act: string, body: object): Promise<Response> => {
    const answer = await fetch(`${url}/budget/${act}`, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`The budget answered ${answer.status}.`)
    return answer
  }
  return {
    reserve: async (wish) => (await ask('reserve', wish)).json<BudgetAnswer>(),
    look: async (who) => (await ask('look', who)).json<BudgetAnswer>(),
    settle: async (_tenantId, settlements) => void (await ask('settle', settlements)),
  }
}

function worldArchive(url: string): Archive {
  return {
    async write(batch) {
      const answer = await fetch(`${url}/archive`, { method: 'POST', body: JSON.stringify(batch) })
      if (!answer.ok) throw new Error(`The archive answered ${answer.status}.`)
    },
    async erase({ owner }) {
      const answer = await fetch(`${url}/archive`, { method: 'DELETE', body: JSON.stringify(owner) })
      if (!answer.ok) throw new Error(`The archive answered ${answer.status}.`)
    },
  }
}

export default {
  async fetch(request, env) {
    const name = /\/(?:twin-room|conversations)\/([^/]+)/.exec(new URL(request.url).pathname)?.[1] ?? ''
    return env.TwinRoom.getByName(name).fetch(request)
  },
} satisfies ExportedHandler<TestEnv>
