/**
 * How long the tasks of a page's main thread ran, in processor time of that thread: on a shared machine the clock on the
 * wall would also count what other programs took.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, CDPSession } from 'playwright-core'

interface Traced {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Processor time in microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

const CATEGORIES = ['disabled-by-default-devtools.timeline', '__metadata']

/** On a busy machine a process of the browser may not answer in time, and the browser waits for all of them. */
const ATTEMPTS = 4
const REST_MS = 500
const PATIENCE_MS = 20_000

/**
 * Begins; the function returned ends it and answers with each task's milliseconds, or with undefined when the browser could
 * not trace: a run goes without this figure rather than not at all. One trace at a time.
 */
export async function traceTasks(browser: Browser): Promise<() => Promise<number[] | undefined>> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const cdp = await browser.newBrowserCDPSession()
    try {
      const end = await begin(cdp)
      let ended: Promise<number[] | undefined> | undefined
      return () => (ended ??= end().catch(() => undefined))
    } catch {
      // A trace that half began is in the way of the next one.
      await within(cdp.send('Tracing.end')).catch(() => {})
      await within(cdp.detach()).catch(() => {})
      await pause(REST_MS)
    }
  }
  return () => Promise.resolve(undefined)
}

async function begin(cdp: CDPSession): Promise<() => Promise<number[]>> {
  const events: Traced[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) {
      const traced = tracedOf(event)
      if (traced && (traced.name === 'RunTask' || traced.name === 'thread_name')) events.push(traced)
    }
  })
  await within(
    cdp.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { recordMode: 'recordContinuously', includedCategories: CATEGORIES },
    }),
  )
  return async () => {
    const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()))
    await within(Promise.all([cdp.send('Tracing.end'), complete]))
    await cdp.detach()
    const place = ({ pid, tid }: Traced): string => `${pid}:${tid}`
    const main = new Set(events.filter(({ args }) => args?.name === 'CrRendererMain').map(place))
    return events.flatMap((event) =>
      event.name === 'RunTask' && main.has(place(event)) ? [(event.tdur ?? 0) / 1000] : [],
    )
  }
}

/** What the browser never answers is a failure, and not a bench that hangs. */
async function within<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const waited = new AbortController()
  const late = pause(PATIENCE_MS, undefined, waited).then(() => {
    throw new Error('The browser did not answer about its trace.')
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    waited.abort()
    late.catch(() => {}) // called off
  }
}

function tracedOf(value: object): Traced | undefined {
  const name: unknown = Reflect.get(value, 'name')
  const [pid, tid]: unknown[] = [Reflect.get(value, 'pid'), Reflect.get(value, 'tid')]
  if (typeof name !== 'string' || typeof pid !== 'number' || typeof tid !== 'number') return
  const tdur: unknown = Reflect.get(value, 'tdur')
  const args: unknown = Reflect.get(value, 'args')
  const thread: unknown = typeof args === 'object' && args !== null ? Reflect.get(args, 'name') : undefined
  return {
    name,
    pid,
    tid,
    ...(typeof tdur === 'number' && { tdur }),
    ...(typeof thread === 'string' && { args: { name: thread } }),
  }
}
