/**
 * What a token costs on its way through the platform, beside a Worker that only pipes the model's stream, both fed by one
 * upstream in one run: time to the first token, processor time, latency, bytes.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { printTable } from '../print-table.ts'
import type { LoadResult, Target } from './load-order.ts'
import { processorMs } from './processor-time.ts'
import { median } from './statistics.ts'
import { startTokenWorld } from './token-world.ts'
import type { TokenWorld } from './token-world.ts'

const TARGETS = ['ours', 'proxy'] as const
const CONVERSATIONS = [10, 50, 100] as const
const ROUNDS = 3
const TOKENS_PER_SECOND = 30
/** Five seconds of talk, a usual reply. */
const REPLY = { tokens: 150, tokensPerSecond: TOKENS_PER_SECOND, delayMs: 50 }
const WARM_UP = { ...REPLY, tokens: 45 }
/** First tokens are timed alone: lines in turn, each asked fewer times than the room's limit on messages. */
const FIRST = { lines: 10, times: 4, reply: { tokens: 3, tokensPerSecond: TOKENS_PER_SECOND, delayMs: 50 } }
const IDLE_MS = 800
/** What a reply leaves to do (the outbox) belongs to its cost. */
const SETTLE_MS = 500

interface Run extends LoadResult {
  readonly cpuMsPer1k: number
  readonly bytesPer1k: number
}
type Both<T> = Readonly<Record<Target, T>>

/** Takes three to four minutes. */
export async function token(): Promise<object> {
  const world = await startTokenWorld()
  const interrupted = (): void => void world.stop().finally(() => process.exit(1))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted) // its folders may lie in memory
  try {
    for (const target of [...TARGETS, ...TARGETS]) await run(world, target, 20, WARM_UP) // compiles what will run
    const first = { ours: await firstTokens(world, 'ours'), proxy: await firstTokens(world, 'proxy') }
    const runs: { conversations: number; target: Target; run: Run }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const conversations of CONVERSATIONS) {
        for (const target of TARGETS) runs.push({ conversations, target, run: await run(world, target, conversations) })
      }
    }
    const of = (target: Target, conversations: number): readonly Run[] =>
      runs.filter((one) => one.target === target && one.conversations === conversations).map((one) => one.run)
    return report(world.stateFolder, first, of)
  } finally {
    await world.stop()
  }
}

async function firstTokens({ load }: TokenWorld, target: Target): Promise<LoadResult> {
  await load.give({ do: 'open', target, lines: FIRST.lines })
  await pause(IDLE_MS)
  const result = timed(await load.give({ do: 'ask', how: 'one-by-one', times: FIRST.times, reply: FIRST.reply }))
  await load.give({ do: 'close' })
  return result
}

async function run({ load, pids }: TokenWorld, target: Target, conversations: number, reply = REPLY): Promise<Run> {
  const pid = pids[target]
  await load.give({ do: 'open', target, lines: conversations })
  await pause(IDLE_MS)
  const idle = await using(pid, () => pause(IDLE_MS))
  const busy = await using(pid, async () => {
    const heard = timed(await load.give({ do: 'ask', how: 'together', times: 1, reply }))
    await pause(SETTLE_MS)
    return heard
  })
  await load.give({ do: 'close' })
  const cpuMs = busy.cpuMs - (idle.cpuMs / idle.wallMs) * busy.wallMs
  const thousands = busy.value.tokens / 1000
  return { ...busy.value, cpuMsPer1k: cpuMs / thousands, bytesPer1k: busy.value.bytes / thousands }
}

async function using<T>(pid: number, act: () => Promise<T>): Promise<{ value: T; cpuMs: number; wallMs: number }> {
  const [began, used] = [performance.now(), processorMs(pid)]
  const value = await act()
  return { value, cpuMs: processorMs(pid) - used, wallMs: performance.now() - began }
}

function timed(result: LoadResult | null): LoadResult {
  if (!result) throw new Error('The load timed nothing.')
  return result
}

function report(
  stateFolder: string,
  first: Both<LoadResult>,
  of: (target: Target, conversations: number) => readonly Run[],
): object {
  const cpu = (target: Target, conversations: number): number =>
    median(of(target, conversations).map((run) => run.cpuMsPer1k))
  const relay = (target: Target, conversations: number, q: 'median' | 'p95'): number =>
    median(of(target, conversations).map((run) => run.relayMs[q]))
  const bytes = (target: Target): number => median(of(target, 50).map((run) => run.bytesPer1k))

  const rows: string[][] = []
  const add = (what: string, ours: number, proxy: number, digits: number, spread = ''): void => {
    rows.push([what, ours.toFixed(digits), proxy.toFixed(digits), `${(ours / proxy).toFixed(2)}x`, spread])
  }
  add(
    'first token, overhead ms, median',
    first.ours.firstTokenOverheadMs.median,
    first.proxy.firstTokenOverheadMs.median,
    2,
  )
  add('first token, overhead ms, p95', first.ours.firstTokenOverheadMs.p95, first.proxy.firstTokenOverheadMs.p95, 2)
  for (const conversations of CONVERSATIONS) {
    const range = (target: Target): string => {
      const values = of(target, conversations).map((run) => run.cpuMsPer1k)
      return `${Math.min(...values).toFixed(0)}-${Math.max(...values).toFixed(0)}`
    }
    const spread = `ours ${range('ours')}, proxy ${range('proxy')}`
    add(
      `CPU ms per 1,000 tokens at ${conversations}`,
      cpu('ours', conversations),
      cpu('proxy', conversations),
      0,
      spread,
    )
  }
  for (const conversations of CONVERSATIONS) {
    for (const q of ['median', 'p95'] as const) {
      add(`relay ms at ${conversations}, ${q}`, relay('ours', conversations, q), relay('proxy', conversations, q), 2)
    }
  }
  add('bytes received per 1,000 tokens', bytes('ours'), bytes('proxy'), 0)

  console.log(
    `${TOKENS_PER_SECOND} tokens a second a conversation, ${REPLY.tokens} a reply, ${ROUNDS} rounds, medians; every token was counted.\n` +
      `The rooms' SQLite lies in ${stateFolder}.\n` +
      `CPU is workerd's alone, without what it uses idle; the last line has that of 50 conversations.\n` +
      `Bytes: ours frames with their headers before deflate, the proxy's the event stream.\n`,
  )
  printTable(['', 'ours', 'proxy', 'ours / proxy', 'of all rounds'], rows)
  return {
    ttft_overhead_ms: rounded(first.ours.firstTokenOverheadMs.median, first.proxy.firstTokenOverheadMs.median),
    cpu_ms_per_1k_tokens: rounded(cpu('ours', 50), cpu('proxy', 50)),
    relay_p95_ms_at_100: rounded(relay('ours', 100, 'p95'), relay('proxy', 100, 'p95')),
    socket_bytes_per_1k_tokens: Math.round(bytes('ours')),
  }
}

function rounded(ours: number, proxy: number): Both<number> {
  return { ours: Math.round(ours * 100) / 100, proxy: Math.round(proxy * 100) / 100 }
}
