/** What the load process is told and what it answers, over the channel between parent and child. */
import type { ReplyOrder } from './reply-order.ts'

export type Target = 'ours' | 'proxy' | 'aichat'

/** Where the ways begin. */
export interface LoadSettings {
  readonly twinPort: number
  readonly origin: string
  readonly deploymentId: string
  readonly proxyPort: number
  /** Null where it could not be had. */
  readonly aichatPort: number | null
}

export type LoadOrder =
  | { readonly do: 'open'; readonly target: Target; readonly lines: number }
  /** `one-by-one`: `times` questions, never two at once, on each line in turn; `together`: one on each line. */
  | { readonly do: 'ask'; readonly how: 'one-by-one' | 'together'; readonly times: number; readonly reply: ReplyOrder }
  | { readonly do: 'close' }

/** Of all replies of one order. Each was heard in full. */
export interface LoadResult {
  readonly tokens: number
  readonly bytes: number
  readonly firstTokenOverheadMs: { readonly median: number; readonly p95: number }
  readonly relayMs: { readonly median: number; readonly p95: number }
}

export const LOAD_VARIABLE = 'TWIN_BENCH_LOAD'

export function parseLoadSettings(json: string | undefined): LoadSettings {
  const value: unknown = JSON.parse(json ?? 'null')
  const [twinPort, proxyPort] = [member(value, 'twinPort'), member(value, 'proxyPort')]
  const aichatPort = member(value, 'aichatPort')
  const [origin, deploymentId] = [member(value, 'origin'), member(value, 'deploymentId')]
  if (
    typeof twinPort !== 'number' ||
    typeof proxyPort !== 'number' ||
    !(typeof aichatPort === 'number' || aichatPort === null) ||
    typeof origin !== 'string' ||
    typeof deploymentId !== 'string'
  ) {
    throw new Error(`${LOAD_VARIABLE} does not hold the load's settings as JSON.`)
  }
  return { twinPort, proxyPort, aichatPort, origin, deploymentId }
}

export function parseLoadOrder(value: unknown): LoadOrder {
  const [kind, target, lines] = [member(value, 'do'), member(value, 'target'), member(value, 'lines')]
  const [how, times, reply] = [member(value, 'how'), member(value, 'times'), member(value, 'reply')]
  const [tokens, tokensPerSecond, delayMs] = [
    member(reply, 'tokens'),
    member(reply, 'tokensPerSecond'),
    member(reply, 'delayMs'),
  ]
  if (kind === 'close') return { do: kind }
  if (kind === 'open' && (target === 'ours' || target === 'proxy' || target === 'aichat') && typeof lines === 'number')
    return { do: kind, target, lines }
  const ordered = typeof tokens === 'number' && typeof tokensPerSecond === 'number' && typeof delayMs === 'number'
  if (kind === 'ask' && (how === 'one-by-one' || how === 'together') && typeof times === 'number' && ordered) {
    return { do: kind, how, times, reply: { tokens, tokensPerSecond, delayMs } }
  }
  throw new Error('The load was given an order it does not know.')
}

/** The child's answer, or its failure as ours. */
export function parseLoadResult(value: unknown): LoadResult | null {
  const failure = member(value, 'failure')
  if (failure !== undefined) throw new Error(String(failure))
  const result = member(value, 'result')
  if (result === null) return null
  return {
    tokens: number(member(result, 'tokens')),
    bytes: number(member(result, 'bytes')),
    firstTokenOverheadMs: spread(member(result, 'firstTokenOverheadMs')),
    relayMs: spread(member(result, 'relayMs')),
  }
}

function spread(value: unknown): LoadResult['relayMs'] {
  return { median: number(member(value, 'median')), p95: number(member(value, 'p95')) }
}

/** JSON writes NaN as null. */
function number(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
