/** What a page's main thread has used so far, in its own processor time: other programs of the machine do not count. */
import type { CDPSession } from 'playwright-core'

export interface MainThread {
  readonly atMs: number
  readonly taskMs: number
  /** Style and layout. */
  readonly layoutMs: number
}

export async function countMainThread(cdp: CDPSession): Promise<() => Promise<MainThread>> {
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    const seconds = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
    return {
      atMs: performance.now(),
      taskMs: seconds('TaskDuration') * 1000,
      layoutMs: (seconds('LayoutDuration') + seconds('RecalcStyleDuration')) * 1000,
    }
  }
}

/** What was used from `from` to `to`, beyond what the same time costs at rest. */
export function usedBeyondRest(from: MainThread, to: MainThread, rest: readonly [MainThread, MainThread]): MainThread {
  const atMs = to.atMs - from.atMs
  const share = atMs / (rest[1].atMs - rest[0].atMs)
  const used = (of: (one: MainThread) => number): number => of(to) - of(from) - (of(rest[1]) - of(rest[0])) * share
  return { atMs, taskMs: used((m) => m.taskMs), layoutMs: used((m) => m.layoutMs) }
}
