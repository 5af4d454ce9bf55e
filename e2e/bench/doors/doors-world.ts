/**
 * What the suites of the doors ask: the Worker as deployed, in production's own mode, on real workerd, before a real
 * Postgres with the demo's several tenants. Requests are written byte by byte, so that Host and Origin are as a suite says.
 */
import { PRODUCTION_HOST, runEdge } from '../../../edge/testing/running-edge.ts'
import type { RunningEdge } from '../../../edge/testing/running-edge.ts'
import { rawRequest } from '../../wire/raw-request.ts'
import type { RawAnswer } from '../../wire/raw-request.ts'
import type { Chance } from '../faults/chance.ts'
import { startPaidModel } from './paid-model.ts'
import type { PaidModel } from './paid-model.ts'

export interface DoorsAsk {
  readonly method?: string
  readonly path: string
  /** {@link PRODUCTION_HOST} unless another is named. */
  readonly host?: string
  /** Each becomes a header of its own. */
  readonly origins?: readonly string[]
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
}

export interface AdminAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export interface DoorsWorld {
  readonly edge: RunningEdge
  readonly chance: Chance
  /** Who answers, and what it costs. */
  readonly model: PaidModel
  ask(wish: DoorsAsk): Promise<RawAnswer>
  /** With the platform's own key. */
  admin(method: string, path: string, body?: unknown): Promise<AdminAnswer>
}

/** More than any bench asks: what floods meet is told elsewhere. */
const FLOOD_LIMIT = 10_000_000

export async function startDoorsWorld(chance: Chance): Promise<DoorsWorld> {
  const model = await startPaidModel()
  const vars = { OPENAI_API_KEY: 'paid', OPENAI_BASE_URL: model.baseUrl }
  const edge = await runEdge({ production: true, floodLimit: FLOOD_LIMIT, vars })
  const stop = async (): Promise<void> => {
    await edge.stop()
    await model.close()
  }
  const ask: DoorsWorld['ask'] = ({
    method = 'GET',
    path,
    host = PRODUCTION_HOST,
    origins = [],
    headers = [],
    body = '',
  }) => {
    const named = origins.map((origin) => ['Origin', origin] as const)
    return rawRequest({ port: edge.port, method, path, headers: [['Host', host], ...named, ...headers], body })
  }
  return {
    edge: { ...edge, stop },
    chance,
    model,
    ask,
    admin: async (method, path, body) => {
      const answer = await ask({
        method,
        path: `/admin/v1${path}`,
        headers: [
          ['Authorization', `Bearer ${edge.adminKey}`],
          ['Content-Type', 'application/json'],
        ],
        body: body === undefined ? '' : JSON.stringify(body),
      })
      return { status: answer.status, body: recordOf(answer.body) }
    },
  }
}

function recordOf(json: string): Readonly<Record<string, unknown>> {
  const value: unknown = json === '' ? {} : JSON.parse(json)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
