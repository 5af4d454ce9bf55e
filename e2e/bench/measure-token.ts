/**
 * What the platform adds to a token: delay before the first, delay of each, processor time and bytes; beside a Worker that
 * only proxies the upstream's stream, in the same run on the same runtime.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPlatform } from '../../edge/local/build-platform.ts'
import { spawnService } from '../../edge/local/spawn-service.ts'
import { startWorker } from '../../edge/local/start-worker.ts'
import { startStack } from '../stack.ts'
import { HeardReply } from './heard-reply.ts'
import { askOurs, askProxy } from './speakers.ts'
import type { Speaker } from './speakers.ts'

const TOKENS_PER_SECOND = 30
const TOKENS = 150
const CONVERSATIONS = [10, 50, 100] as const
const FIRST_TOKEN_SAMPLES = 15
const WARM_UP_CONVERSATIONS = 10

interface Pair<T> {
  readonly ours: T
  readonly proxy: T
}

export interface TokenCost {
  readonly ttft_overhead_ms: Pair<number>
  readonly cpu_ms_per_1k_tokens: Pair<Readonly<Record<string, number>>>
  readonly relay_p95_ms_at_100: Pair<number>
  readonly socket_bytes_per_1k_tokens: number
}

interface Measured {
  readonly ttft: number
  readonly cpu: Readonly<Record<string, number>>
  readonly relayP95At100: number
  readonly bytesPer1k: number
}

export async function measureToken(): Promise<TokenCost> {
  await buildPlatform()
  const folder = await mkdtemp(join(tmpdir(), 'twin-bench-'))
  const upstream = await spawnService({
    name: 'The upstream',
    program: fileURLToPath(new URL('processes/timed-upstream.ts', import.meta.url)),
    env: { BENCH_TOKENS: String(TOKENS), BENCH_TOKENS_PER_SECOND: String(TOKENS_PER_SECOND) },
    say: console.error,
  })
  const stack = await startStack({ openai: true, vars: { OPENAI_BASE_URL: upstream.readyLine } })
  const proxy = await startWorker(
    {
      port: 0,
      stateFolder: join(folder, 'proxy'),
      script: fileURLToPath(new URL('processes/proxy-worker.mjs', import.meta.url)),
      vars: { UPSTREAM: upstream.readyLine },
    },
    console.error,
  )
  try {
    console.log(`${TOKENS} tokens a reply at ${TOKENS_PER_SECOND} a second`)
    const floor = await measure('proxy', () => Promise.resolve(askProxy(proxy.port)), proxy.workerdPid, upstream.readyLine)
    const ours = await measure('ours', () => askOurs(stack), stack.workerdPid(), upstream.readyLine)
    return {
      ttft_overhead_ms: { ours: ours.ttft, proxy: floor.ttft },
      cpu_ms_per_1k_tokens: { ours: ours.cpu, proxy: floor.cpu },
      relay_p95_ms_at_100: { ours: ours.relayP95At100, proxy: floor.relayP95At100 },
      socket_bytes_per_1k_tokens: ours.bytesPer1k,
    }
  } finally {
    await Promise.allSettled([stack.stop(), proxy.stop(), upstream.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(
  name: string,
  open: () => Promise<Speaker>,
  workerdPid: number | null,
  upstreamUrl: string,
): Promise<Measured> {
  await speak(open, WARM_UP_CONVERSATIONS) // compiled code and open connections, for both alike
  const firsts: number[] = []
  for (let sample = 0; sample < FIRST_TOKEN_SAMPLES; sample += 1) {
    const speaker = await open()
    const reply = new HeardReply()
    await speaker.ask(reply, 'first-token')
    firsts.push((await reply.delays(upstreamUrl)).firstTokenOverheadMs)
  }
  const ttft = round(quantile(firsts, 0.5))
  console.log(`${name.padEnd(6)} first token  ${ttft} ms over the upstream's own (median of ${firsts.length})`)
  const cpu: Record<string, number> = {}
  let relayP95At100 = Number.NaN
  let bytesPer1k = Number.NaN
  for (const conversations of CONVERSATIONS) {
    const { replies, spentMs } = await speak(open, conversations, workerdPid)
    const delays = (await Promise.all(replies.map(({ reply }) => reply.delays(upstreamUrl)))).flatMap(({ relayMs }) => relayMs)
    const wanted = conversations * TOKENS
    if (delays.length !== wanted) throw new Error(`${name}: ${delays.length} instead of ${wanted} tokens arrived.`)
    cpu[String(conversations)] = round((spentMs / delays.length) * 1000)
    relayP95At100 = round(quantile(delays, 0.95))
    bytesPer1k = Math.round((replies.reduce((sum, { bytes }) => sum + bytes, 0) / delays.length) * 1000)
    const figures = `${cpu[String(conversations)]} ms CPU and ${bytesPer1k} B per 1,000 tokens`
    const relay = `relay median ${round(quantile(delays, 0.5))} ms, p95 ${relayP95At100} ms`
    console.log(`${name.padEnd(6)} ${String(conversations).padStart(3)} at once  ${figures}, ${relay}`)
  }
  return { ttft, cpu, relayP95At100, bytesPer1k }
}

/** So many conversations at once, each to the end of one reply. */
async function speak(open: () => Promise<Speaker>, conversations: number, workerdPid: number | null = null) {
  const speakers: Speaker[] = []
  for (let index = 0; index < conversations; index += 1) speakers.push(await open())
  const before = await cpuMs(workerdPid)
  const replies = await Promise.all(
    speakers.map(async (speaker) => {
      const reply = new HeardReply()
      return { reply, bytes: await speaker.ask(reply, 'whole') }
    }),
  )
  return { replies, spentMs: (await cpuMs(workerdPid)) - before }
}

/** User and system time of a process so far. Linux counts in hundredths of a second. */
async function cpuMs(pid: number | null): Promise<number> {
  if (pid === null) return Number.NaN
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
