/**
 * What a token costs on its way through the platform, beside a Worker that only pipes the model's stream and beside
 * Cloudflare's AI chat, all fed by one upstream in one run: time to the first token, processor time, latency, bytes.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { LoadResult, Target } from './load-order.ts'
import { processorMs } from './processor-time.ts'
import { reportTokens, type TokenRun } from './report-tokens.ts'
import { startTokenWorld } from './token-world.ts'
import type { TokenWorld } from './token-world.ts'

const CONVERSATIONS: Readonly<Record<Target, readonly number[]>> = {
  ours: [10, 50, 100],
  proxy: [10, 50, 100],
  aichat: [50], // where it is compared; a hundred would keep its processor busy for half a minute a round
}
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

/** Takes four to five minutes. */
export async function token(): Promise<object> {
  const world = await startTokenWorld()
  const interrupted = (): void => void world.stop().finally(() => process.exit(1))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted) // its folders may lie in memory
  const targets: readonly Target[] = world.pids.aichat === null ? ['ours', 'proxy'] : ['ours', 'proxy', 'aichat']
  try {
    for (const target of [...targets, ...targets]) await run(world, target, 20, WARM_UP) // compiles what will run
    const first = new Map<Target, LoadResult>()
    for (const target of targets) first.set(target, await firstTokens(world, target))
    const runs: TokenRun[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const conversations of CONVERSATIONS.ours) {
        for (const target of targets) {
          if (CONVERSATIONS[target].includes(conversations)) runs.push(await run(world, target, conversations))
        }
      }
    }
    console.log(
      `${TOKENS_PER_SECOND} tokens a second a conversation, ${REPLY.tokens} a reply, ${ROUNDS} rounds, medians; every token was counted.\n` +
        `The rooms' SQLite lies in ${world.stateFolder}.`,
    )
    return reportTokens(first, runs, world.aichatMissing)
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

async function run(
  { load, pids }: TokenWorld,
  target: Target,
  conversations: number,
  reply = REPLY,
): Promise<TokenRun> {
  const pid = pids[target]
  if (pid === null) throw new Error(`There is no ${target}.`)
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
  const { relayMs } = busy.value
  return { target, conversations, relayMs, cpuMsPer1k: cpuMs / thousands, bytesPer1k: busy.value.bytes / thousands }
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
