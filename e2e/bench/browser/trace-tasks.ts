/**
 * How long the tasks of a page's main thread ran, in processor time of that thread: on a shared machine the clock on the
 * wall would also count what other programs took.
 */
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

/** Begins; the function returned ends it and answers with each task's milliseconds. One trace at a time. */
export async function traceTasks(browser: Browser): Promise<() => Promise<number[]>> {
  const cdp: CDPSession = await browser.newBrowserCDPSession()
  const events: Traced[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) {
      const traced = tracedOf(event)
      if (traced && (traced.name === 'RunTask' || traced.name === 'thread_name')) events.push(traced)
    }
  })
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordContinuously', includedCategories: CATEGORIES },
  })
  return async () => {
    const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()))
    await cdp.send('Tracing.end')
    await complete
    await cdp.detach()
    const place = ({ pid, tid }: Traced): string => `${pid}:${tid}`
    const main = new Set(events.filter(({ args }) => args?.name === 'CrRendererMain').map(place))
    return events.flatMap((event) =>
      event.name === 'RunTask' && main.has(place(event)) ? [(event.tdur ?? 0) / 1000] : [],
    )
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
