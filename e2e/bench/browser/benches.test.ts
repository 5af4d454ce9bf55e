/** Each bench of the browser, once and with little of everything: it measures, and its last line has the keys it promises. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBenchOptions } from '../bench-options.ts'
import { bytes } from '../bytes.ts'
import { history } from './history.ts'
import { open } from './open.ts'
import { replyTokens } from './reply-text.ts'
import { stream } from './stream.ts'
import { startWorld, type World } from './world.ts'

const TINY = readBenchOptions(['--tiny'])
let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.stop())
const number = expect.any(Number)

describe('the benches of the browser', () => {
  it('open tells when the launcher was painted, when one could write, and what it cost', async () => {
    const line = throughJson(await open(world, TINY))
    expect(line).toMatchObject({
      open: { ours: { launcher_ms: number, usable_ms: number, tbt_ms: number, cls: number, heap_mb: number } },
      ratios: { launcher_to_typebot: null, usable_to_deep_chat: null },
      budgets_met: { launcher_to_typebot: null },
    })
    const { launcher_ms, usable_from_navigation_ms } = figures(line, 'open')
    // The line alone has 150 ms of latency, and the script comes before the launcher.
    expect(launcher_ms).toBeGreaterThan(300)
    expect(usable_from_navigation_ms).toBeGreaterThan(Number(launcher_ms))
  })

  it('stream tells what a thousand tokens cost and how many frames were lost', async () => {
    const line = throughJson(await stream(world, TINY))
    expect(line).toMatchObject({
      stream: { ours: { cpu_ms_per_1k_tokens: number, dropped_percent: number, dropped_percent_4x: number } },
      ratios: { cpu_to_deep_chat: null },
    })
    expect(figures(line, 'stream')['tokens_per_second']).toBeGreaterThan(10)
  })

  it('history tells how long opening on a conversation takes', async () => {
    const line = throughJson(await history(world, TINY))
    expect(line).toMatchObject({ history: { ours: { open_ms: number, open_1000_ms: number, heap_mb: number } } })
    expect(figures(line, 'history')['open_ms']).toBeGreaterThan(0)
  })

  it('bytes weighs the launcher, the panel, what comes later and every language', async () => {
    const line = throughJson(await bytes(world))
    expect(line).toMatchObject({
      launcher_brotli_bytes: number,
      panel_brotli_bytes: number,
      total_brotli_bytes: number,
      language_brotli_bytes: { en: number, ar: number },
      fetched_until_usable_bytes: number,
    })
    const { launcher_brotli_bytes: launcher, panel_brotli_bytes: panel, total_brotli_bytes: total } = line
    expect(Number(launcher)).toBeLessThan(Number(panel))
    expect(Number(panel)).toBeLessThan(Number(total))
  })
})

describe('what a bench is asked', () => {
  it('gives exactly as many tokens as wanted, within what a room says at once', () => {
    const tokens = replyTokens(2_000)
    expect(tokens).toHaveLength(2_000)
    expect(tokens.join('').length).toBeLessThan(7_800)
  })

  it.each([[['--runs', '0']], [['--runs']], [['--only', '']], [['twice']]])('refuses %j', (words) => {
    expect(() => readBenchOptions(words)).toThrow(/A bench takes/)
  })
})

/** As it stands in the last line. */
function throughJson(value: object): Record<string, unknown> {
  const parsed: unknown = JSON.parse(JSON.stringify(value))
  return { ...Object(parsed) }
}

function figures(line: Record<string, unknown>, bench: string): Record<string, unknown> {
  const candidates: unknown = line[bench]
  return { ...Object(Object(candidates)['ours']) }
}
