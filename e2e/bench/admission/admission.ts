/**
 * `npm run bench -- admission`: what the doors cost once they are warm. The Worker as deployed, on real workerd, before a
 * real Postgres whose transactions are counted where they arrive. `--tiny`: a sample.
 *
 * A warm door asks the database nothing for as long as what it knows is fresh: rounds are shorter than that, and the one
 * request that refreshes between two of them is counted apart. `queries_a_minute` is what steady traffic costs in all.
 */
import { Agent, request } from 'node:http'
import { DEMO_PORT, runEdge } from '../../../edge/testing/running-edge.ts'
import type { RunningEdge } from '../../../edge/testing/running-edge.ts'
import { CAST } from '../../../schema/local/cast.ts'
import { printTable } from '../print-table.ts'

const ORIGIN = `http://remyvale.localhost:${DEMO_PORT}`
const PATH = `/v1/embed/${CAST.deployments.remyWidget}`
/** Well within the time that what is known stays fresh. */
const ROUND_MS = 2_000
const LANES = 4

interface Admission {
  readonly requests: number
  readonly queries_when_warm: number
  readonly p50_ms: number
  readonly p99_ms: number
  readonly queries_a_minute: number
}

export async function admission(words: readonly string[]): Promise<{ readonly admission: Admission }> {
  const isTiny = words.includes('--tiny')
  if (words.length > (isTiny ? 1 : 0)) throw new Error('admission takes --tiny and nothing else.')
  const edge = await runEdge({ floodLimit: 10_000_000 })
  const agent = new Agent({ keepAlive: true, maxSockets: LANES })
  try {
    const ask = (): Promise<number> => timed(edge, agent)
    for (let count = 0; count < (isTiny ? 20 : 500); count += 1) await ask() // the engine compiles what is used often
    const rounds = isTiny ? 1 : 5
    const took: number[] = []
    let warmQueries = 0
    for (let round = 0; round < rounds; round += 1) {
      await refresh(edge)
      await ask()
      const before = edge.transactions()
      took.push(...(await steady(ask, isTiny ? 300 : ROUND_MS)))
      warmQueries += edge.transactions() - before
    }
    const minute = isTiny ? 1_000 : 20_000
    const before = edge.transactions()
    await steady(ask, minute)
    const sorted = took.toSorted((one, other) => one - other)
    const figures: Admission = {
      requests: sorted.length,
      queries_when_warm: warmQueries,
      p50_ms: at(sorted, 0.5),
      p99_ms: at(sorted, 0.99),
      queries_a_minute: Math.round(((edge.transactions() - before) * 60_000) / minute),
    }
    printTable(
      ['figure', 'value'],
      Object.entries(figures).map(([name, value]) => [name, String(value)]),
    )
    if (warmQueries > 0) process.exitCode = 1
    return { admission: figures }
  } finally {
    agent.destroy()
    await edge.stop()
  }
}

/** A write makes the door forget, so that a round begins with what has just been asked. */
async function refresh(edge: RunningEdge): Promise<void> {
  const { status } = await edge.ask({
    method: 'PATCH',
    path: `/admin/v1/deployments/${CAST.deployments.remyWidget}`,
    headers: [
      ['Authorization', `Bearer ${edge.adminKey}`],
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify({ greeting: 'Hello.' }),
  })
  if (status !== 200) throw new Error(`The admin route answered ${status}.`)
}

async function steady(ask: () => Promise<number>, forMs: number): Promise<number[]> {
  const end = performance.now() + forMs
  const took: number[] = []
  const lane = async (): Promise<void> => {
    while (performance.now() < end) took.push(await ask())
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return took
}

function timed({ port }: RunningEdge, agent: Agent): Promise<number> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, origin: ORIGIN }
    request({ host: '127.0.0.1', port, path: PATH, headers, agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`The embed answered ${answer.statusCode}.`))
      answer.resume().once('end', () => resolve(performance.now() - began))
    })
      .once('error', reject)
      .end()
  })
}

function at(sorted: readonly number[], share: number): number {
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return Math.round(found * 100) / 100
}
